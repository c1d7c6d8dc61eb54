#include "core/api/target_json.h"

namespace kpi {
namespace {

void put_attainment(Object& json, const Judged& judged) {
  judged.attainment ? json.put("attainment", *judged.attainment) : json.put_null("attainment");
}

Json target_json(const Judged& judged) {
  const Target& t = judged.target;
  const Quantity* q = std::get_if<Quantity>(&t.value);
  Object json;
  json.put("value", number_or_null(t.value)).put("undefined", undefined_or_null(t.value)).put("currency", q == nullptr ? std::string_view() : q->currency);
  json.put_date("from", t.first).put_date("to", t.last).put("by_days", t.is_by_days);
  t.is_by_days ? json.put("whole", number_or_null(t.whole)) : json.put_null("whole");
  t.limit ? json.put("limit", *t.limit) : json.put_null("limit");
  json.put("owner", t.owner);
  judged.difference ? json.put("difference", *judged.difference) : json.put_null("difference");
  put_attainment(json, judged);
  judged.attainment ? json.put_null("attainment_undefined") : json.put("attainment_undefined", undefined_or_null(judged.no_attainment));
  return json.put("status", target_status_name(judged.status)).take();
}

Json member_target_json(const Judged& judged) {
  if (judged.status == TargetStatus::kNoTarget) return nullptr;
  Object json;
  json.put("value", number_or_null(judged.target.value)).put("by_days", judged.target.is_by_days);
  put_attainment(json, judged);
  return json.put("status", target_status_name(judged.status)).take();
}

}  // namespace

Status add_targets(Json& report_json, const Dataset& dataset, const Report& report, const ReportRequest& made_for, const Json& request) {
  double tolerance = kUsualTolerance;
  if (const Json* given = member(request, "target_tolerance")) {
    if (!given->is_number() || !(given->get<double>() >= 0 && given->get<double>() <= 1)) return request_invalid("target_tolerance", "0..1");
    tolerance = given->get<double>();
  }
  Json& kpis = report_json["kpis"];
  for (const KpiTargets& targets : make_targets(dataset, report, made_for, tolerance)) {
    Json& kpi = kpis[targets.kpi];
    kpi["target"] = target_json(targets.total);
    Json series = Json::array();
    for (const Value& value : targets.series) append(series, number_or_null(value));
    kpi["target_series"] = std::move(series);
    if (targets.by_member.empty()) continue;
    Json members = Json::array();
    for (const Judged& judged : targets.by_member) append(members, member_target_json(judged));
    kpi["target_by_member"] = std::move(members);
  }
  return Ok{};
}

}  // namespace kpi
