#include "core/engine/response_times.h"

#include <cmath>

#include "core/base/order.h"
#include "core/engine/lead_funnel.h"
#include "core/models/fisher_exact.h"
#include "core/models/kaplan_meier.h"

namespace kpi {
namespace {

constexpr double kHour = 3600, kLeastExpected = 5;

LeadStage usual_goal(const Dataset& dataset) {
  LeadStage goal = LeadStage::kUnknown;
  for (const LeadStage stage : {LeadStage::kMql, LeadStage::kSal, LeadStage::kSql, LeadStage::kCustomer, LeadStage::kOpportunity}) {
    for (const auto& t : dataset.tables()) {
      if (has_response_times(*t) && LeadFunnel::knows(dataset, *t, stage)) goal = stage;
    }
  }
  return goal;
}

void compare(ResponseFigures& figures) {
  const Outcome<TwoProportions> compared = compare_proportions(figures.slow, figures.quick);
  if (!compared.ok()) {
    figures.p = compared.reason();
    return;
  }
  figures.difference = difference_interval(figures.quick, figures.slow);
  if (compared.value().pooled && compared.value().least_expected >= kLeastExpected) {
    figures.p = compared.value().pooled->p_two_sided;
    return;
  }
  const Outcome<FisherExact> exact = fisher_exact(figures.slow, figures.quick);
  figures.p = exact.ok() ? Outcome<double>(exact.value().p_two_sided) : Outcome<double>(exact.reason());
}

/// What a part of the leads is judged by.
struct Judge {
  WorkingTime hours;
  std::int64_t limit, now;
};

WaitQuantiles waits_of(const std::vector<const HandedRow*>& rows, const Judge& judge) {
  std::vector<Duration> waits;
  for (const HandedRow* row : rows) {
    const std::int64_t from = row->lead.handed_over_at;
    if (from > judge.now) continue;
    const bool is_answered = row->lead.answered_at && *row->lead.answered_at <= judge.now;
    waits.push_back({static_cast<double>(judge.hours.seconds_between(from, is_answered ? *row->lead.answered_at : judge.now)), is_answered});
  }
  const Outcome<SurvivalCurve> curve = kaplan_meier(std::move(waits));
  if (!curve.ok()) return {curve.reason(), curve.reason()};
  return {survival_quantile(curve.value(), 0.5).time, survival_quantile(curve.value(), 0.9).time};
}

Outcome<ServiceLevel> level_of(const std::vector<const HandedRow*>& rows, const Judge& judge) {
  std::vector<HandedLead> leads;
  for (const HandedRow* row : rows) leads.push_back(row->lead);
  return service_level(leads, judge.hours, judge.limit, judge.now);
}

Outcome<Judge> judge_by(const BusinessCalendar& calendar, double limit_hours, std::int64_t now) {
  Outcome<WorkingTime> hours = WorkingTime::from_calendar(calendar);
  if (!hours.ok()) return hours.reason();
  return Judge{std::move(hours).value(), std::llround(limit_hours * kHour), now};
}

Outcome<ResponseFigures> figures_of(const std::vector<const HandedRow*>& rows, const Judge& judge) {
  std::vector<Response> responses;
  std::uint64_t waiting = 0;
  Proportion quick{0, 0}, slow{0, 0};
  for (const HandedRow* row : rows) {
    const HandedLead& lead = row->lead;
    const std::int64_t limit = lead.limit_seconds.value_or(judge.limit);
    if (!lead.answered_at) {
      const bool is_due = judge.hours.seconds_between(lead.handed_over_at, judge.now) > limit;
      if (is_due) responses.push_back({std::nullopt, row->has_converted});
      waiting += is_due ? 0 : 1;
      continue;
    }
    const std::int64_t seconds = judge.hours.seconds_between(lead.handed_over_at, *lead.answered_at);
    responses.push_back({seconds, row->has_converted});
    Proportion& side = seconds <= limit ? quick : slow;
    side.n += 1;
    side.k += row->has_converted ? 1 : 0;
  }
  const Outcome<ServiceLevel> level = level_of(rows, judge);
  if (!level.ok()) return level.reason();
  ResponseFigures figures{level.value(), conversion_by_response_time(responses), waiting, quick, slow};
  compare(figures);
  figures.waits = waits_of(rows, judge);
  return figures;
}

/// One group for each key that has leads, in the order of the keys.
template <class Key>
std::vector<ResponseGroup> groups_of(const std::vector<HandedRow>& rows, const Judge& judge, std::size_t keys, Key key_of) {
  std::vector<std::vector<const HandedRow*>> by_key(keys);
  for (const HandedRow& row : rows) by_key[key_of(row)].push_back(&row);
  std::vector<ResponseGroup> groups;
  for (std::size_t key = 0; key < keys; ++key) {
    const Outcome<ServiceLevel> level = level_of(by_key[key], judge);
    if (!level.ok()) continue;
    ResponseGroup group{static_cast<std::uint32_t>(key), {0, static_cast<double>(by_key[key].size())}, level.value(), waits_of(by_key[key], judge)};
    for (const HandedRow* row : by_key[key]) group.converted.k += row->has_converted ? 1 : 0;
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

Outcome<ResponseTimes> response_times(const Dataset& dataset, const ReportScope& scope, StageRule rule, const Dimension& channels, const ResponseRequest& request) {
  ResponseTimes result;
  result.goal = request.goal == LeadStage::kUnknown ? usual_goal(dataset) : request.goal;
  const std::vector<AgreedTime> agreed = read_agreed_times(dataset, channels);
  result.handed = handed_leads(dataset, scope, rule, {result.goal, request.clock, agreed, channels, request.by});
  if (result.handed.rows == 0) return Undefined{"missing_input", {"median_response_hours"}};
  result.agreed = agreed_levels(dataset, scope, channels, agreed);
  const std::int64_t now = end_of_data(dataset, request.clock);
  const Outcome<Judge> always = judge_by({0x7F, 0, 1440, {}, {}}, request.limit_hours, now);
  if (!always.ok()) return always.reason();
  std::vector<const HandedRow*> all;
  for (const HandedRow& row : result.handed.leads) all.push_back(&row);
  Outcome<ResponseFigures> clock = figures_of(all, always.value());
  if (!clock.ok()) return clock.reason();
  result.clock = std::move(clock).value();
  Outcome<Judge> judge = always;
  if (request.hours) {
    BusinessCalendar calendar = *request.hours;
    calendar.offsets = request.clock.offsets;
    judge = judge_by(calendar, request.limit_hours, now);
    if (!judge.ok()) return judge.reason();
    Outcome<ResponseFigures> working = figures_of(all, judge.value());
    if (!working.ok()) return working.reason();
    result.working = std::move(working).value();
  }
  if (request.by != nullptr) {
    result.by_member = groups_of(result.handed.leads, judge.value(), request.by->members().size(), [](const HandedRow& row) { return row.member; });
    const std::size_t members = result.by_member.size();
    sort_list(result.by_member, [](const ResponseGroup& a, const ResponseGroup& b) { return a.converted.n > b.converted.n; }, kMaxResponseGroups);
    result.rest_members = members - result.by_member.size();
  }
  result.by_hour = groups_of(result.handed.leads, judge.value(), 24, [](const HandedRow& row) { return row.hour; });
  return result;
}

}  // namespace kpi
