#include "core/api/funnel_json.h"

#include <algorithm>
#include <cmath>

#include "core/api/outcome_json.h"
#include "core/api/report_request.h"
#include "core/engine/funnel_leaks.h"
#include "core/engine/response_times.h"
#include "core/engine/row_values.h"
#include "core/engine/sales_cycles.h"

namespace kpi {
namespace {

struct FunnelRequest {
  ReportRequest report;
  std::int64_t stale_days = 90;
  ResponseRequest response;
};

constexpr std::array<std::pair<LeadStage, std::string_view>, 6> kStageIds = {{{LeadStage::kLead, "lead"},
                                                                              {LeadStage::kMql, "mql"},
                                                                              {LeadStage::kSal, "sal"},
                                                                              {LeadStage::kSql, "sql"},
                                                                              {LeadStage::kOpportunity, "opportunity"},
                                                                              {LeadStage::kCustomer, "customer"}}};

std::string_view stage_id(LeadStage stage) {
  for (const auto& [one, id] : kStageIds) {
    if (one == stage) return id;
  }
  return {};
}

Result<BusinessCalendar> read_hours(const Json& json) {
  BusinessCalendar calendar{0, 0, 0, {}, {}};
  RequestReader read(json);
  const std::int64_t opens = read.integer("opens").value_or(-1), closes = read.integer("closes").value_or(-1);
  const Json* days = member(json, "days");
  if (read.error() != nullptr) return *read.error();
  if (days == nullptr || !days->is_array() || days->size() > 7) return request_invalid("hours.days", "days");
  for (const Json& day : *days) {
    const std::int64_t number = day.is_number_integer() ? day.get<std::int64_t>() : 0;
    if (number < 1 || number > 7) return request_invalid("hours.days", "1..7");
    calendar.working_days = static_cast<std::uint8_t>(calendar.working_days | 1U << static_cast<unsigned>(number - 1));
  }
  if (calendar.working_days == 0 || opens < 0 || closes <= opens || closes > 1440) return request_invalid("hours", "opens before closes");
  calendar.opens_minute = static_cast<std::int32_t>(opens);
  calendar.closes_minute = static_cast<std::int32_t>(closes);
  return calendar;
}

Result<FunnelRequest> read_request(const Dataset& dataset, const Json& request) {
  Result<ReportRequest> report = read_report_request(request);
  if (!report.ok()) return report.error();
  FunnelRequest out{std::move(report).value(), 90, {}};
  RequestReader read(request);
  const std::string* by = read.text("by");
  const std::string* goal = read.text("goal");
  out.stale_days = read.integer("stale_days").value_or(90);
  if (read.error() != nullptr) return *read.error();
  if (out.stale_days < 1 || out.stale_days > 3650) return request_invalid("stale_days", "1..3650");
  if (const Json* limit = member(request, "limit_hours")) {
    out.response.limit_hours = limit->is_number() ? limit->get<double>() : 0;
    if (!(out.response.limit_hours > 0) || !(out.response.limit_hours <= 8760)) return request_invalid("limit_hours", "0..8760");
  }
  if (goal != nullptr) {
    out.response.goal = stage_from_id(*goal);
    if (out.response.goal <= LeadStage::kLead) return request_invalid("goal", "mql|sal|sql|opportunity|customer");
  }
  if (const Json* hours = member(request, "hours")) {
    Result<BusinessCalendar> calendar = read_hours(*hours);
    if (!calendar.ok()) return calendar.error();
    out.response.hours = std::move(calendar).value();
  }
  const std::vector<std::string> known = available_dimensions(dataset);
  const bool has_channel = std::find(known.begin(), known.end(), "channel") != known.end();
  out.report.group_by = by == nullptr ? has_channel ? "channel" : "" : *by == "none" ? "" : *by;
  return out;
}

Object member_json(const Dimension* by, std::uint32_t number) {
  Object json;
  if (by == nullptr) return std::move(json.put("key", "").put("label", "").put("canonical", false));
  const Member& one = by->members()[number];
  return std::move(json.put("key", one.key).put("label", one.label).put("canonical", one.is_canonical));
}

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

Outcome<double> share_of(const Outcome<ShareWithError>& share) {
  return share.ok() ? Outcome<double>(share.value().share) : Outcome<double>(share.reason());
}

template <class Days>
Json shares_json(const Days& days, const std::vector<Outcome<ShareWithError>>& shares) {
  Json list = Json::array();
  for (std::size_t i = 0; i < shares.size(); ++i) {
    Object one;
    put_outcome(one.put("days", days[i]), share_of(shares[i]));
    one.put("error", shares[i].ok() ? approximate(shares[i].value().standard_error) : Json());
    append(list, std::move(one));
  }
  return list;
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
  return std::move(json.put("shares", shares_json(kStageDays, times.advanced_by)).put("quantiles", std::move(quantiles)));
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
  json.put("members", std::move(members)).put("rest", std::uint64_t{leaks.rest_members});
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
    Json row = Json::array();
    append(row, approximate(point.days));
    append(row, Json(static_cast<std::int64_t>(point.at_risk)));
    for (const double share : {point.won, point.won_error, point.lost, point.open, point.won_censored}) append(row, approximate(share));
    append(points, std::move(row));
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

Object proportion_json(const Proportion& counts) {
  Object json;
  return std::move(json.put("leads", static_cast<std::int64_t>(counts.n)).put("converted", static_cast<std::int64_t>(counts.k)));
}

Object figures_json(const ResponseFigures& figures) {
  static constexpr std::array<const char*, kResponseTimes> kBuckets = {"under_5m", "under_30m", "under_1h", "up_to_24h", "over_24h", "never"};
  Json buckets = Json::array();
  for (std::size_t b = 0; b < kResponseTimes; ++b) {
    const ResponseBucket& bucket = figures.buckets[b];
    Object one;
    one.put("id", kBuckets[b]).put("leads", bucket.leads).put("converted", bucket.converted);
    put_outcome(one, bucket.conversion_rate);
    const auto leads = static_cast<double>(bucket.leads);
    const Interval ends = leads > 0 ? wilson_interval(static_cast<double>(bucket.converted), leads) : Interval{NAN, NAN};
    append(buckets, std::move(one.put("low", approximate(ends.low)).put("high", approximate(ends.high))));
  }
  const ServiceLevel& level = figures.level;
  Object kept;
  kept.put("due", level.due).put("in_time", level.in_time).put("late", level.late).put("never", level.never_answered);
  kept.put("not_yet_due", level.not_yet_due).put("set_aside", level.set_aside);
  put_outcome(kept, level.compliance);
  Object json;
  json.put("level", std::move(kept)).put("buckets", std::move(buckets)).put("waiting", figures.waiting);
  json.put("quick", proportion_json(figures.quick)).put("slow", proportion_json(figures.slow)).put("p", outcome_json(figures.p));
  json.put("low", figures.difference ? approximate(figures.difference->low) : Json());
  return std::move(json.put("high", figures.difference ? approximate(figures.difference->high) : Json()));
}

Object responses_json(const ResponseTimes& times, double limit_hours) {
  Object left;
  left.put("rows", times.rows).put("repeats", times.repeats).put("filtered", times.filtered).put("not_handed", times.not_handed);
  left.put("outside", times.outside).put("untimed", times.untimed).put("before_handover", times.before_handover);
  Object json;
  json.put("goal", stage_id(times.goal)).put("limit_hours", approximate(limit_hours)).put("leads", times.leads);
  json.put("clock", figures_json(times.clock)).put("left_out", std::move(left));
  if (times.working) json.put("working", figures_json(*times.working));
  else json.put_null("working");
  return json;
}

}  // namespace

Result<Json> analyse_funnel(const Dataset& dataset, const Json& request) {
  Result<FunnelRequest> asked = read_request(dataset, request);
  if (!asked.ok()) return asked.error();
  const FunnelRequest& funnel = asked.value();
  const Result<ReportScope> opened = open_scope(dataset, funnel.report);
  if (!opened.ok()) return opened.error();
  const ReportScope& scope = opened.value();
  const Dimension* by = scope.group.get();
  const std::size_t members = by == nullptr ? 1 : by->members().size();
  const FunnelVisits visits = funnel_visits(dataset, scope, by, funnel.report.stages);
  const Outcome<FunnelLeaks> leaks = funnel_leaks(visits, static_cast<double>(funnel.stale_days), members);
  const Outcome<DealCycles> deals = deal_cycles(dataset, scope, by);
  const Outcome<SalesCycles> cycles = deals.ok() ? sales_cycles(deals.value(), members) : Outcome<SalesCycles>(deals.reason());
  const Outcome<ResponseTimes> times = response_times(dataset, scope, funnel.report.stages, funnel.response);
  Object json;
  json.put("by", funnel.report.group_by).put("stale_days", funnel.stale_days).put_date("as_of", visits.as_of);
  json.put("leaks", leaks.ok() ? leaks_json(visits, leaks.value(), by) : undefined_object(leaks.reason()));
  json.put("cycles", cycles.ok() ? cycles_json(deals.value(), cycles.value(), by) : undefined_object(cycles.reason()));
  json.put("responses", times.ok() ? responses_json(times.value(), funnel.response.limit_hours) : undefined_object(times.reason()));
  const bool has_none = !leaks.ok() && !deals.ok() && !times.ok();
  if (has_none) json.put("undefined", reason_json(leaks.reason()));
  return json.take();
}

}  // namespace kpi
