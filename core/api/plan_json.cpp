#include "core/api/plan_json.h"

#include <cmath>

namespace kpi {
namespace {

std::string_view source_name(PlanSource source) {
  switch (source) {
    case PlanSource::kNone: return "none";
    case PlanSource::kData: return "data";
    case PlanSource::kTyped: return "typed";
    case PlanSource::kAssumed: return "assumed";
    case PlanSource::kBridge: return "bridge";
  }
  return "none";
}

std::string_view currency_of(const Value& value) {
  const Quantity* q = std::get_if<Quantity>(&value);
  return q == nullptr ? std::string_view() : q->currency;
}

Json interval_json(const std::optional<Interval>& interval) {
  if (!interval) return nullptr;
  Json ends = Json::array();
  append(ends, Json(interval->low));
  append(ends, Json(interval->high));
  return ends;
}

Object quantity_json(const Value& value) {
  Object json;
  return std::move(json.put("value", number_or_null(value)).put("undefined", undefined_or_null(value)).put("currency", currency_of(value)));
}

Json rate_json(const PlanRate& rate) {
  if (rate.id.empty()) return nullptr;
  const bool is_money = rate.id == "average_deal_size" || rate.id.substr(0, 5) == "cost_";
  Object json = quantity_json(rate.value);
  json.put("id", rate.id).put("source", source_name(rate.source)).put("display", is_money ? "money" : "percent");
  json.put("interval", interval_json(rate.interval)).put("small", rate.is_small);
  if (rate.numerator) json.put("numerator", *rate.numerator);
  if (rate.denominator) json.put("denominator", *rate.denominator);
  json.put("cohort", rate.is_cohort);
  rate.completed ? json.put("completed", *rate.completed) : json.put_null("completed");
  return json.take();
}

Object row_json(const PlanRow& row) {
  Object json;
  json.put("id", row.id).put("display", row.id == "roi" ? "percent" : row.is_money ? "money" : "count").put("after", row.after);
  json.put("needed", number_or_null(row.needed)).put("undefined", undefined_or_null(row.needed)).put("interval", interval_json(row.interval));
  json.put("currency", currency_of(row.needed)).put("actual", number_or_null(row.actual)).put("actual_currency", currency_of(row.actual));
  return std::move(json.put("brings", number_or_null(row.brings)).put("rate", rate_json(row.rate)));
}

std::optional<double> finite(const Json* json) {
  if (json == nullptr || !json->is_number() || !std::isfinite(json->get<double>())) return std::nullopt;
  return json->get<double>();
}

}  // namespace

Result<PlanRequest> read_plan_request(const Json& request) {
  PlanRequest out;
  RequestReader read(request);
  out.currency = read.text_or_empty("currency");
  const std::string* day = read.text("day");
  const std::string* rates = read.text("rates");
  if (read.error() != nullptr) return *read.error();
  if (out.currency.size() > 12) return request_invalid("currency", "code");
  if (rates != nullptr && *rates != "period" && *rates != "cohort") return request_invalid("rates", "period|cohort");
  if (rates != nullptr && *rates == "cohort") out.rates = Basis::kCohort;
  if (day != nullptr) {
    out.day = parse_iso_date(*day);
    if (!out.day) return Error{Code::date_invalid, {{"at", std::string("day")}, {"text", *day}}};
  }
  if (const Json* goal = member(request, "goal")) {
    out.goal = finite(goal);
    if (!out.goal) return request_invalid("goal", "number");
  }
  if (const Json* change = member(request, "change")) {
    out.change = finite(change).value_or(0);
    if (!(out.change > 0) || !(out.change < 1)) return request_invalid("change", "0..1");
  }
  if (const Json* segment = member(request, "segment")) {
    RequestReader of_segment(*segment);
    out.dimension = of_segment.text_or_empty("dimension");
    out.key = of_segment.text_or_empty("key");
    if (of_segment.error() != nullptr) return *of_segment.error();
    if (out.dimension.empty()) return request_invalid("segment", "dimension");
  }
  const Json* typed = member(request, "typed");
  if (typed == nullptr) return out;
  if (!typed->is_object()) return request_invalid("typed", "object");
  for (const auto& [id, value] : typed->items()) {
    if (!is_plan_input(id)) return request_invalid("typed", "rates");
    const std::optional<double> number = finite(&value);
    if (!number) return request_invalid("typed", "numbers");
    out.typed[id] = *number;
  }
  return out;
}

Json to_json(const Plan& plan, const PlanRequest& request) {
  Json rows = Json::array(), levers = Json::array(), times = Json::array();
  for (const PlanRow& row : plan.rows) append(rows, row_json(row));
  for (const PlanLever& lever : plan.levers) {
    Object json = quantity_json(lever.value);
    json.put("kpi", lever.kpi->id).put("display", lever.kpi->display).put("source", source_name(lever.source));
    append(levers, std::move(json.put("gain", number_or_null(lever.gain))));
  }
  for (const PlanLeadTime& time : plan.lead_times) {
    Object json;
    json.put("kpi", time.kpi->id).put("days", time.days).put_date("day", time.day.value_or(kNoDay));
    append(times, std::move(json));
  }
  Object json;
  request.goal ? json.put("goal", *request.goal) : json.put_null("goal");
  json.put("change", request.change).put_date("from", plan.window.first).put_date("to", plan.window.last);
  json.put("rows", std::move(rows)).put("check", row_json(plan.check)).put("velocity", quantity_json(plan.velocity));
  return json.put("levers", std::move(levers)).put("lead_times", std::move(times)).take();
}

}  // namespace kpi
