#include "core/engine/funnel_visits.h"

#include <algorithm>
#include <array>

#include "core/engine/lead_drops.h"
#include "core/engine/lead_funnel.h"
#include "core/engine/stage_dates.h"

namespace kpi {
namespace {

/// A stage that a file of leads tells apart.
struct Step {
  std::uint8_t stage;   // index in FunnelVisits::stages
  LeadStage id;
  DaySource entered;
  const Column* own;    // the file's own dates of the stage, or null
  bool is_dated;
};

/// The visits of one file's leads.
class Visitor {
 public:
  Visitor(const Dataset& dataset, const FileTable& t, const ReportScope& scope, const Dimension* by, StageRule rule, const LostDeals& deals, DropReasons& reasons, FunnelVisits& into)
      : t_(t), scope_(scope), by_(by), into_(into), funnel_(dataset, t, rule), drops_(dataset, t, deals, reasons) {
    for (const char* field : {"created_at", "handoff_at", "first_response_at"}) {
      if (const Column* column = t.date(field)) changes_.push_back(column);
    }
    for (std::size_t s = 0; s < into.stages.size(); ++s) {
      const LeadStage stage = into.stages[s].stage;
      if (!LeadFunnel::knows(dataset, t, stage)) continue;
      steps_.push_back({static_cast<std::uint8_t>(s), stage, funnel_.entered(stage), t.date(stage_date(stage)->field), funnel_.is_dated(stage)});
    }
  }

  void visit() {
    const std::vector<std::uint8_t>& reached = funnel_.reached();
    for (std::size_t row = 0; row < t_.table.row_count; ++row) {
      if (is_repeated(t_, row)) {
        ++into_.repeats;
      } else if (is_filtered_out(scope_.filters, t_, row)) {
        ++into_.filtered;
      } else if (steps_.size() < 2) {
        ++into_.untold;
      } else {
        visit_lead(row, reached[row]);
      }
    }
    into_.rows += t_.table.row_count;
  }

 private:
  void visit_lead(std::size_t row, std::uint8_t reached) {
    std::size_t in = 0;  // steps that the lead is or was in; everybody is a lead
    while (in < steps_.size() && (steps_[in].id == LeadStage::kLead || static_cast<std::uint8_t>(steps_[in].id) <= reached)) ++in;
    if (in == 0) return;
    const LeadDrops::Drop drop = drops_.of(row);
    const Day changed = last_change(row, in);
    const std::uint32_t member = member_of(by_, t_, row);
    for (std::size_t i = 0; i < in && i + 1 < steps_.size(); ++i) {
      const Day entered = steps_[i].entered.exists() ? steps_[i].entered.at(row) : kNoDay;
      if (!scope_.window.is_unbounded && entered == kNoDay) ++into_.undated;
      if (!scope_.window.is_unbounded && (entered == kNoDay || entered < scope_.window.first || entered > scope_.window.last)) continue;
      const StageFate fate = i + 1 < in ? StageFate::kAdvanced : drop.is_dropped ? StageFate::kDisqualified : StageFate::kOpen;
      FunnelVisit visit{member, 0, 0, DropReasons::kNone, steps_[i].stage, fate, VisitTime::kUndated};
      if (fate == StageFate::kDisqualified) visit.reason = drop.reason;
      if (changed != kNoDay && changed <= into_.as_of) visit.idle = into_.as_of - changed;
      Day end = fate == StageFate::kOpen ? into_.as_of : kNoDay;
      if (fate == StageFate::kAdvanced && steps_[i + 1].is_dated) end = steps_[i + 1].entered.at(row);
      if (fate == StageFate::kDisqualified) end = drop.day == kNoDay ? changed : drop.day;
      if (fate == StageFate::kDisqualified && drop.day == kNoDay) ++into_.drops_undated;
      if (steps_[i].is_dated && entered != kNoDay && end != kNoDay) {
        const bool is_skipped = steps_[i].own != nullptr && steps_[i].own->days[row] == kNoDay;
        visit.time = is_skipped ? VisitTime::kSkipped : end < entered ? VisitTime::kOutOfOrder : VisitTime::kKnown;
        if (visit.time == VisitTime::kKnown) visit.days = end - entered;
      }
      into_.visits.push_back(visit);
    }
  }

  Day last_change(std::size_t row, std::size_t in) const {
    Day last = drops_.last_deal(row);
    for (const Column* column : changes_) last = std::max(last, column->days[row]);
    for (std::size_t i = 0; i < in; ++i) {
      if (steps_[i].entered.exists()) last = std::max(last, steps_[i].entered.at(row));
    }
    return last;
  }

  const FileTable& t_;
  const ReportScope& scope_;
  const Dimension* by_;
  FunnelVisits& into_;
  LeadFunnel funnel_;
  LeadDrops drops_;
  std::vector<const Column*> changes_;
  std::vector<Step> steps_;
};

}  // namespace

Day last_day_of_funnel(const Dataset& dataset) {
  Day last = kNoDay;
  for (const auto& t : dataset.tables()) {
    if (t->table.kind == "leads" || t->table.kind == "opportunities") last = std::max(last, t->last_day);
  }
  return last;
}

bool is_filtered_out(const std::vector<Filter>& filters, const FileTable& table, std::size_t row) {
  return std::any_of(filters.begin(), filters.end(), [&](const Filter& f) {
    const DimensionView* view = f.dimension->view(table);
    return view == nullptr || !f.is_allowed[view->member(row)];
  });
}

std::uint32_t member_of(const Dimension* by, const FileTable& table, std::size_t row) {
  const DimensionView* view = by == nullptr ? nullptr : by->view(table);
  return view == nullptr ? Dimension::kBlank : view->member(row);
}

FunnelVisits funnel_visits(const Dataset& dataset, const ReportScope& scope, const Dimension* by, StageRule rule) {
  FunnelVisits all;
  all.as_of = last_day_of_funnel(dataset);
  constexpr std::size_t kStages = kStageDates.size();
  std::array<bool, kStages> is_known = {}, is_dated = {};
  for (const auto& t : dataset.tables()) {
    if (t->table.kind != "leads") continue;
    const LeadFunnel funnel(dataset, *t, rule);
    for (std::size_t s = 0; s < kStages; ++s) {
      if (!LeadFunnel::knows(dataset, *t, kStageDates[s].stage)) continue;
      is_known[s] = true;
      is_dated[s] = is_dated[s] || funnel.is_dated(kStageDates[s].stage);
    }
  }
  for (std::size_t s = 0; s < kStages; ++s) {
    if (is_known[s]) all.stages.push_back({kStageDates[s].stage, is_dated[s]});
  }
  DropReasons reasons;
  const LostDeals deals = deals_of_leads(dataset, reasons);
  for (const auto& t : dataset.tables()) {
    if (t->table.kind == "leads") Visitor(dataset, *t, scope, by, rule, deals, reasons, all).visit();
  }
  all.reasons = reasons.labels();
  all.knows_reasons = knows_drop_reasons(dataset);
  return all;
}

}  // namespace kpi
