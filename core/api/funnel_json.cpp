#include "core/api/funnel_json.h"

#include <array>

#include "core/api/funnel_parts.h"
#include "core/api/funnel_request.h"
#include "core/api/maturity_json.h"
#include "core/api/responses_json.h"
#include "core/engine/funnel_leaks.h"
#include "core/engine/sales_cycles.h"
#include "core/engine/stage_dates.h"

namespace kpi {
namespace {

void put_share(Object& json, const char* key, const Outcome<double>& share) {
  if (share.ok()) json.put(key, approximate(share.value()));
  else json.put_null(key);
}

Object cell_json(const LeakageCell& cell) {
  Object json;
  json.put("entered", cell.entered).put("advanced", cell.advanced).put("disqualified", cell.disqualified).put("stale", cell.stale);
  json.put("open", cell.still_open).put("leaked", cell.leaked());
  put_share(json, "of_decided", cell.leakage_of_decided());
  put_share(json, "of_entered", cell.leakage_of_entered());
  return json;
}

Object times_json(const StageTimes& times) {
  Json quantiles = Json::array();
  for (std::size_t i = 0; i < times.days_until.size(); ++i) {
    Object one;
    put_outcome(one.put("share", kStageShares[i]), times.days_until[i]);
    append(quantiles, std::move(one));
  }
  Object json;
  json.put("timed", times.timed).put("advanced", times.advanced).put("disqualified", times.disqualified).put("open", times.open);
  json.put("undated", times.undated).put("skipped", times.skipped).put("out_of_order", times.out_of_order);
  Json points = Json::array();
  for (const StagePoint& p : times.points) {
    append(points, row_json(std::array<double, 7>{p.days, static_cast<double>(p.at_risk), p.advanced, p.advanced_error, p.disqualified, p.disqualified_error, p.open}));
  }
  json.put("shares", shares_json(kStageDays, times.advanced_by)).put("dropped", shares_json(kStageDays, times.disqualified_by));
  return std::move(json.put("quantiles", std::move(quantiles)).put("points", std::move(points)));
}

Object reason_counts_json(const ReasonCounts& reason) {
  Json stages = Json::array();
  for (const std::uint64_t count : reason.by_stage) append(stages, Json(count));
  Object json;
  return std::move(json.put("label", reason.label).put("all", reason.all).put("stages", std::move(stages)));
}

/// Null where no file has a column of reasons.
Json reasons_json(const FunnelLeaks& leaks) {
  if (!leaks.knows_reasons) return {};
  Json top = Json::array();
  for (const ReasonCounts& reason : leaks.reasons) append(top, reason_counts_json(reason));
  Object json;
  json.put("top", std::move(top)).put("rest", reason_counts_json(leaks.rest_reasons)).put("rest_count", std::uint64_t{leaks.rest_reason_count});
  return json.put("none", reason_counts_json(leaks.no_reason)).take();
}

Object leaks_json(const FunnelVisits& visits, const FunnelLeaks& leaks, const Dimension* by) {
  Json members = Json::array(), stages = Json::array();
  for (const std::uint32_t one : leaks.members) append(members, member_json(by, one));
  for (const StageLeaks& stage : leaks.stages) {
    Json cells = Json::array();
    for (const LeakageCell& cell : stage.by_member) append(cells, cell_json(cell));
    Object json;
    json.put("stage", stage_id(stage.stage)).put("next", stage_id(stage.next)).put("dated", stage.is_dated);
    json.put("all", cell_json(stage.all)).put("cells", std::move(cells));
    append(stages, std::move(json.put("times", times_json(stage.times))));
  }
  Object left;
  left.put("rows", visits.rows).put("repeats", visits.repeats).put("filtered", visits.filtered).put("untold", visits.untold);
  left.put("undated", visits.undated).put("drops_undated", visits.drops_undated);
  Object json;
  json.put("members", std::move(members)).put("rest", std::uint64_t{leaks.rest_members}).put("reasons", reasons_json(leaks));
  return std::move(json.put("stages", std::move(stages)).put("left_out", std::move(left)));
}

Object summary_json(const CycleSummary& summary) {
  Object json;
  json.put("deals", summary.deals).put("won", summary.won).put("lost", summary.lost).put("open", summary.open);
  json.put("shares", shares_json(kCycleDays, summary.won_by)).put("median", outcome_json(summary.median));
  json.put("median_censored", outcome_json(summary.median_censored)).put("median_decided", outcome_json(summary.median_decided));
  return std::move(json.put("naive_median", outcome_json(summary.naive_median)).put("naive_mean", outcome_json(summary.naive_mean)));
}

Object difference_json(const Outcome<LogRank>& difference) {
  if (!difference.ok()) return undefined_object(difference.reason());
  const LogRank& test = difference.value();
  Object json;
  json.put("chi_square", approximate(test.chi_square)).put("degrees_of_freedom", std::int64_t{test.degrees_of_freedom});
  return std::move(json.put("p", approximate(test.p)));
}

Object cycles_json(const DealCycles& deals, const SalesCycles& cycles, const Dimension* by) {
  Json points = Json::array(), groups = Json::array();
  for (const CyclePoint& point : cycles.points) {
    append(points, row_json(std::array<double, 7>{point.days, static_cast<double>(point.at_risk), point.won, point.won_error, point.lost, point.open, point.won_censored}));
  }
  for (const CycleGroup& group : cycles.groups) {
    Object json = summary_json(group.summary);
    append(groups, std::move(json.put("member", member_json(by, group.member))));
  }
  Object left;
  left.put("rows", deals.rows).put("repeats", deals.repeats).put("filtered", deals.filtered).put("outside", deals.outside);
  left.put("undated", deals.undated).put("unclosed", deals.unclosed).put("out_of_order", deals.out_of_order);
  Object json;
  json.put("all", summary_json(cycles.all)).put("points", std::move(points)).put("groups", std::move(groups));
  json.put("rest", std::uint64_t{cycles.rest_groups}).put("difference", difference_json(cycles.difference));
  return std::move(json.put("knows_losses", deals.knows_losses).put("left_out", std::move(left)));
}

}  // namespace

Result<Json> analyse_funnel(const Dataset& dataset, const Json& request) {
  Result<FunnelRequest> asked = read_funnel_request(dataset, request);
  if (!asked.ok()) return asked.error();
  FunnelRequest funnel = std::move(asked).value();
  const Result<ReportScope> opened = open_scope(dataset, funnel.report);
  if (!opened.ok()) return opened.error();
  const ReportScope& scope = opened.value();
  const Dimension* by = scope.group.get();
  const std::size_t members = by == nullptr ? 1 : by->members().size();
  const FunnelVisits visits = funnel_visits(dataset, scope, by, funnel.report.stages);
  const Outcome<FunnelLeaks> leaks = funnel_leaks(visits, static_cast<double>(funnel.stale_days), members);
  const Outcome<DealCycles> deals = deal_cycles(dataset, scope, by);
  const Outcome<SalesCycles> cycles = deals.ok() ? sales_cycles(deals.value(), members) : Outcome<SalesCycles>(deals.reason());
  const Dimension channels(dataset, "channel");
  funnel.response.by = by;
  const Outcome<ResponseTimes> times = response_times(dataset, scope, funnel.report.stages, channels, funnel.response);
  const std::vector<LeadStage> dated = dated_stages(dataset, funnel.report.stages);
  const Outcome<CohortCompletion> completion = cohort_completion(dataset, scope, funnel.report.stages, dated, funnel.completion);
  Object json;
  json.put("by", funnel.report.group_by).put("stale_days", funnel.stale_days).put_date("as_of", visits.as_of);
  json.put("leaks", leaks.ok() ? leaks_json(visits, leaks.value(), by) : undefined_object(leaks.reason()));
  json.put("cycles", cycles.ok() ? cycles_json(deals.value(), cycles.value(), by) : undefined_object(cycles.reason()));
  json.put("responses", times.ok() ? responses_json(times.value(), funnel, channels) : undefined_object(times.reason()));
  json.put("completion", completion.ok() ? completion_json(completion.value()) : undefined_object(completion.reason()));
  Json stages = Json::array();
  for (const LeadStage stage : dated) append(stages, stage_id(stage));
  json.put("dated", std::move(stages));
  const bool has_none = !leaks.ok() && !deals.ok() && !times.ok();
  if (has_none) json.put("undefined", reason_json(leaks.reason()));
  return json.take();
}

}  // namespace kpi
