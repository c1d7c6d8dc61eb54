#include "core/engine/maturity.h"

#include <algorithm>

#include "core/base/sum.h"
#include "core/engine/lead_funnel.h"

namespace kpi {

namespace {

/// Whose conversions a measure counts: when they entered, when they converted, and who is in at all.
struct Cohort {
  const FileTable* table;
  DaySource entered, converted;
  const std::vector<std::uint8_t>* stages = nullptr;  // null: everybody who has a day of entry is in
  std::uint8_t in = 0, out = 0;                       // the stage that belongs to the cohort, and the one that counts as converted
  std::uint8_t status = 0;                            // or the deal status that does
};

Cohort cohort_of(const Dataset& dataset, const FileTable& t, const MeasureSource& source, const LeadFunnel* funnel) {
  const Condition& where = source.where;
  Cohort cohort{&t, {}, {}, nullptr, 0, 0, 0};
  if (funnel != nullptr) {
    cohort.entered = funnel->entered(stage_from_id(where.entered));
    cohort.stages = &funnel->reached();
    cohort.in = where.entered == "lead" ? 0 : static_cast<std::uint8_t>(stage_from_id(where.entered));
    cohort.out = static_cast<std::uint8_t>(stage_from_id(where.reached));
    if (!where.present.empty()) {
      cohort.converted = day_source(dataset, t, where.present.front(), "");
    } else if (const LeadStage reached = stage_from_id(where.reached); funnel->is_dated(reached)) {
      cohort.converted = funnel->entered(reached);
    }
    return cohort;
  }
  cohort.entered = day_source(dataset, t, source.date_field, where.deal_status);
  const bool is_won = where.deal_status == "won";
  cohort.converted = day_source(dataset, t, is_won ? "closed_at" : where.present.empty() ? "" : where.present.back(), where.deal_status);
  cohort.status = is_won ? static_cast<std::uint8_t>(DealStatus::kWon) : 0;
  return cohort;
}

/// On a known day: only such conversions tell how long it takes.
bool has_converted(const Cohort& c, std::size_t row) {
  if (!c.converted.exists() || c.converted.at(row) == kNoDay) return false;
  if (c.stages != nullptr && (*c.stages)[row] < c.out) return false;
  return c.status == 0 || c.table->deal_status[row] == c.status;
}

class CohortWatch {
 public:
  CohortWatch(const Window& window, const std::vector<Filter>& filters, Day as_of)
      : filters_(filters), slots_(window), as_of_(as_of) {}

  void add(const Cohort& c) {
    std::vector<const DimensionView*> views;
    for (const Filter& f : filters_) views.push_back(f.dimension->view(*c.table));
    if (std::find(views.begin(), views.end(), nullptr) != views.end() || !c.entered.exists() || !c.converted.exists()) return;
    for (std::size_t row = 0; row < c.table->table.row_count; ++row) {
      const Day entered = c.entered.at(row);
      if (entered == kNoDay || entered > as_of_ || (c.stages != nullptr && (*c.stages)[row] < c.in) || !is_counted(c, views, row)) continue;
      const std::int32_t age = as_of_ - entered;
      if (has_converted(c, row)) curve_.add(age, c.converted.at(row) - entered);
      // By age alone: the age tells the day, and the day its period. A table by both would miss the cache at every row.
      if (people_.size() <= static_cast<std::size_t>(age)) people_.resize(static_cast<std::size_t>(age) + 1, 0);
      ++people_[static_cast<std::size_t>(age)];
    }
  }

  Maturity finish(const std::string& measure, std::size_t buckets) {
    curve_.finish();
    Maturity maturity{Undefined{"too_few_rows", {measure}}, {}};
    const bool has_curve = curve_.conversions() >= kLeastConversions;
    Share all;
    std::vector<Share> shares(slots_.slot_count() + 1);
    for (std::size_t age = 0; age < people_.size(); ++age) {
      const std::uint16_t slot = slots_.slot(as_of_ - static_cast<Day>(age));
      if (people_[age] == 0 || slot == SlotMap::kOutside) continue;
      shares[slot].add(people_[age], curve_.completed(static_cast<std::int32_t>(age)));
    }
    for (std::size_t b = 0; b < shares.size(); ++b) {
      if (b < buckets) maturity.series.push_back(has_curve ? shares[b].value(measure) : maturity.total);
      all.people += shares[b].people;
      all.completed.add(shares[b].completed);
    }
    if (has_curve) maturity.total = all.value(measure);
    return maturity;
  }

 private:
  struct Share {
    Sum completed;
    std::uint64_t people = 0;
    void add(std::uint32_t count, double share) {
      people += count;
      completed.add(count * share);
    }
    Value value(const std::string& measure) const {
      if (people == 0) return Undefined{"no_rows", {measure}};
      return Quantity{completed.value() / static_cast<double>(people), {}};
    }
  };

  bool is_counted(const Cohort& c, const std::vector<const DimensionView*>& views, std::size_t row) const {
    if (!c.table->is_repeat.empty() && c.table->is_repeat[row] != 0) return false;
    for (std::size_t f = 0; f < views.size(); ++f) {
      if (!filters_[f].is_allowed[views[f]->member(row)]) return false;
    }
    return true;
  }

  const std::vector<Filter>& filters_;
  SlotMap slots_;
  Day as_of_;
  CompletionCurve curve_;
  std::vector<std::uint32_t> people_;  // by age in days
};

}  // namespace

Maturity cohort_maturity(const Dataset& dataset, const Window& window, const std::vector<Filter>& filters, const Expression& cohort, StageRule stages) {
  const std::string& id = cohort.left->reference;
  Day as_of = kNoDay;
  for (const auto& t : dataset.tables()) {
    const bool is_of_funnel = t->table.kind == "leads" || t->table.kind == "opportunities";
    if (is_of_funnel && t->last_day != kNoDay) as_of = as_of == kNoDay ? t->last_day : std::max(as_of, t->last_day);
  }
  const Measure* measure = dataset.catalog().measure(id);
  if (measure == nullptr || as_of == kNoDay) return {Undefined{"no_date", {id}}, {}};
  CohortWatch seen(window, filters, as_of);
  for (const auto& [table, source] : sources_in_force(dataset, *measure)) {
    if (source->aggregate == Aggregate::kCohort) {
      const LeadFunnel funnel(dataset, *table, stages);
      seen.add(cohort_of(dataset, *table, *source, &funnel));
    } else {
      seen.add(cohort_of(dataset, *table, *source, nullptr));
    }
  }
  return seen.finish(id, window.buckets.size());
}

}  // namespace kpi
