#include "core/engine/cohort_completion.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/base/sum.h"
#include "core/engine/lead_funnel.h"
#include "core/engine/maturity.h"
#include "core/engine/stage_dates.h"

namespace kpi {
namespace {

/// People and conversions by the day of entry.
struct Entries {
  std::uint64_t entered = 0, converted = 0;
};

class Reader {
 public:
  Reader(const Dataset& dataset, const ReportScope& scope, StageRule rule, CohortCompletion& into) : dataset_(dataset), scope_(scope), rule_(rule), into_(into) {}

  void read(const FileTable& t) {
    const LeadFunnel funnel(dataset_, t, rule_);
    const auto dates = [&](LeadStage stage) { return LeadFunnel::knows(dataset_, t, stage) && funnel.is_dated(stage); };
    const bool tells = dates(into_.step.from) && dates(into_.step.to);
    const DaySource entered = tells ? funnel.entered(into_.step.from) : DaySource{}, converted = tells ? funnel.entered(into_.step.to) : DaySource{};
    const bool is_everybody = into_.step.from == LeadStage::kLead;
    into_.rows += t.table.row_count;
    for (std::size_t row = 0; row < t.table.row_count; ++row) {
      if (is_repeated(t, row)) {
        ++into_.repeats;
      } else if (is_filtered_out(scope_.filters, t, row)) {
        ++into_.filtered;
      } else if (!tells) {
        ++into_.untold;
      } else if (!is_everybody && funnel.reached()[row] < static_cast<std::uint8_t>(into_.step.from)) {
        ++into_.not_entered;
      } else if (entered.at(row) == kNoDay) {
        ++into_.undated;
      } else {
        const bool has_converted = funnel.reached()[row] >= static_cast<std::uint8_t>(into_.step.to);
        add(entered.at(row), has_converted, has_converted ? converted.at(row) : kNoDay);
      }
    }
  }

  const std::map<Day, Entries>& by_day() const { return by_day_; }

  /// At the rate and by the curve of all people; none of them was seen.
  double expected_before(Day first) const {
    Sum seen, before;
    for (const auto& [day, people] : people_) {
      seen.add(static_cast<double>(people) * into_.curve.completed(into_.as_of - day));
      if (day < first) before.add(static_cast<double>(people) * into_.curve.completed(first - 1 - day));
    }
    return seen.value() > 0 ? static_cast<double>(into_.curve.conversions()) / seen.value() * before.value() : 0;
  }

 private:
  void add(Day entered, bool has_converted, Day converted) {
    if (entered > into_.as_of) {
      ++into_.outside;
      return;
    }
    if (has_converted && converted != kNoDay) {
      into_.curve.add(into_.as_of - entered, converted - entered);
      into_.first_converted = into_.first_converted == kNoDay ? converted : std::min(into_.first_converted, converted);
    }
    ++people_[entered];
    const Window& window = scope_.window;
    if (!window.is_unbounded && (entered < window.first || entered > window.last)) {
      ++into_.outside;
      return;
    }
    into_.converted_undated += has_converted && converted == kNoDay ? 1 : 0;
    into_.out_of_order += has_converted && converted != kNoDay && converted < entered ? 1 : 0;
    Entries& day = by_day_[entered];
    ++day.entered;
    day.converted += has_converted ? 1 : 0;
  }

  const Dataset& dataset_;
  const ReportScope& scope_;
  StageRule rule_;
  CohortCompletion& into_;
  std::map<Day, Entries> by_day_;       // of the window
  std::map<Day, std::uint64_t> people_; // of all
};

/// The days of one cohort, put together.
class CohortBuilder {
 public:
  CohortBuilder(const CompletionCurve& curve, Day as_of) : curve_(curve), as_of_(as_of) {}

  /// The youngest last: of two ages the curve's error at the older one is part of that at the younger one, so that their covariance is
  /// F(a) F(b) Var(log F) of the older one.
  void add(Day day, const Entries& entries) {
    if (cohort_.entered == 0) cohort_.first = day;
    cohort_.last = day;
    cohort_.entered += entries.entered;
    cohort_.converted += entries.converted;
    days_.push_back({as_of_ - day, static_cast<double>(entries.entered)});
  }

  EntryCohort finish() {
    if (cohort_.entered == 0) return cohort_;
    Sum completed, variance;
    for (std::size_t i = days_.size(); i-- > 0;) {  // from the youngest on
      const double part = days_[i].people * curve_.completed(days_[i].age);
      variance.add(curve_.log_variance(days_[i].age) * part * (2 * completed.value() + part));
      completed.add(part);
    }
    cohort_.completed = std::min(1.0, completed.value() / static_cast<double>(cohort_.entered));
    if (completed.value() > 0) cohort_.log_variance = variance.value() / (completed.value() * completed.value());
    cohort_.expected = expected_final({static_cast<double>(cohort_.entered), static_cast<double>(cohort_.converted), cohort_.completed, cohort_.log_variance});
    return cohort_;
  }

 private:
  struct OneDay {
    std::int32_t age;
    double people;
  };
  const CompletionCurve& curve_;
  Day as_of_;
  EntryCohort cohort_;
  std::vector<OneDay> days_;
};

void make_cohorts(const std::map<Day, Entries>& by_day, const Calendar& calendar, CohortCompletion& into) {
  std::map<Day, CohortBuilder> months;
  for (const auto& [day, entries] : by_day) months.try_emplace(calendar.start(day, Grain::kMonth), into.curve, into.as_of).first->second.add(day, entries);
  CohortBuilder earlier(into.curve, into.as_of);
  const Day shown_from = months.size() > kMaxCohorts ? std::prev(months.end(), kMaxCohorts)->first : kNoDay;
  for (const auto& [day, entries] : by_day) {
    if (shown_from != kNoDay && day < shown_from) earlier.add(day, entries);
  }
  into.earlier = earlier.finish();
  for (auto& [month, builder] : months) {
    if (shown_from == kNoDay || month >= shown_from) into.cohorts.push_back(builder.finish());
  }
}

Outcome<CohortCompletion> of_step(const Dataset& dataset, const ReportScope& scope, StageRule rule, const CompletionStep& step) {
  CohortCompletion made;
  made.step = step;
  made.as_of = last_day_of_funnel(dataset);
  Reader reader(dataset, scope, rule, made);
  for (const auto& t : dataset.tables()) {
    if (t->table.kind == "leads") reader.read(*t);
  }
  if (made.curve.conversions() < kLeastConversions) return Undefined{"too_few_rows", {"conversions"}};
  made.curve.finish();
  made.expected_before = reader.expected_before(made.first_converted);
  make_cohorts(reader.by_day(), scope.window.calendar, made);
  return made;
}

}  // namespace

std::vector<LeadStage> dated_stages(const Dataset& dataset, StageRule rule) {
  std::array<bool, kStageDates.size()> is_dated = {};
  for (const auto& t : dataset.tables()) {
    if (t->table.kind != "leads") continue;
    const LeadFunnel funnel(dataset, *t, rule);
    for (std::size_t s = 0; s < kStageDates.size(); ++s) {
      const LeadStage stage = kStageDates[s].stage;
      is_dated[s] = is_dated[s] || (LeadFunnel::knows(dataset, *t, stage) && funnel.is_dated(stage));
    }
  }
  std::vector<LeadStage> stages;
  for (std::size_t s = 0; s < kStageDates.size(); ++s) {
    if (is_dated[s]) stages.push_back(kStageDates[s].stage);
  }
  return stages;
}

Outcome<CohortCompletion> cohort_completion(const Dataset& dataset, const ReportScope& scope, StageRule rule, const std::vector<LeadStage>& dated,
                                            const CompletionStep& asked) {
  if (!dataset.has_kind("leads")) return Undefined{"missing_input", {"new_leads"}};
  if (dated.size() < 2) return Undefined{"missing_input", {"mqls"}};
  const auto is_dated = [&](LeadStage stage) { return std::find(dated.begin(), dated.end(), stage) != dated.end(); };
  const LeadStage from = asked.from == LeadStage::kUnknown ? dated.front() : asked.from;
  if (asked.to != LeadStage::kUnknown || from >= dated.back()) {
    if (!is_dated(from) || !is_dated(asked.to) || from >= asked.to) return Undefined{"out_of_range", {"step"}};
    return of_step(dataset, scope, rule, {from, asked.to});
  }
  if (!is_dated(from)) return Undefined{"out_of_range", {"step"}};
  for (std::size_t s = dated.size(); s-- > 0 && dated[s] > from;) {
    Outcome<CohortCompletion> made = of_step(dataset, scope, rule, {from, dated[s]});
    if (made.ok()) return made;
  }
  return Undefined{"too_few_rows", {"conversions"}};
}

}  // namespace kpi
