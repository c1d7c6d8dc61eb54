#include "core/api/attribution_json.h"

#include <cmath>

#include "core/api/approximate.h"
#include "core/api/reconciliation_json.h"
#include "core/api/report_request.h"
#include "core/engine/attribution_analysis.h"

namespace kpi {
namespace {

constexpr double kMostDays = 3660;

Result<double> read_days(const Json& request, const char* key, double least, double fallback) {
  const Json* days = member(request, key);
  if (days == nullptr) return fallback;
  if (!days->is_number()) return request_invalid(key, "number");
  const double value = days->get<double>();
  if (!(value >= least) || !(value <= kMostDays)) return request_invalid(key, "0..3660");
  return value;
}

/// Shares of the user's own, each 0..1, that are not there 0; all of them together 1.
Result<PositionShares> read_weights(const Json& json) {
  PositionShares shares;
  const std::pair<const char*, double*> members[] = {{"first", &shares.first}, {"lead", &shares.lead}, {"opportunity", &shares.opportunity},
                                                     {"close", &shares.close}, {"last", &shares.last}, {"others", &shares.others}};
  if (!json.is_object()) return request_invalid("weights", "object");
  for (const auto& [key, share] : members) {
    const Json* typed = member(json, key);
    if (typed == nullptr) continue;
    if (!typed->is_number()) return request_invalid("weights", "number");
    *share = typed->get<double>();
  }
  if (!custom_position_model(shares).ok()) return request_invalid("weights", "0..1, together 1");
  return shares;
}

Result<AttributionRequest> read_request(const Json& json) {
  AttributionRequest out;
  RequestReader read(json);
  const std::string by = read.text_or_empty("by"), unit = read.text_or_empty("unit"), repeats = read.text_or_empty("repeats");
  const std::optional<std::int64_t> order = read.integer("markov_order");
  if (member(json, "after_opportunity") != nullptr) out.journeys.journeys.without_touches_after_opportunity = !read.flag("after_opportunity");
  if (read.error() != nullptr) return *read.error();
  if (!by.empty()) out.by = by;
  if (!unit.empty() && unit != "account" && unit != "person") return request_invalid("unit", "account, person");
  if (unit == "person") out.journeys.unit = TouchUnit::kPerson;
  if (!repeats.empty() && repeats != "since_previous" && repeats != "all_in_window") return request_invalid("repeats", "since_previous, all_in_window");
  if (repeats == "all_in_window") out.journeys.journeys.repeats = RepeatConversions::kAllInWindow;
  if (order && (*order < 1 || *order > 3)) return request_invalid("markov_order", "1..3");
  if (order) out.markov_order = static_cast<std::int32_t>(*order);
  const Result<double> look_back = read_days(json, "look_back_days", 1, out.journeys.journeys.look_back_days), half_life = read_days(json, "half_life_days", 0.1, out.half_life_days);
  if (!look_back.ok()) return look_back.error();
  if (!half_life.ok()) return half_life.error();
  out.journeys.journeys.look_back_days = look_back.value();
  out.half_life_days = half_life.value();
  if (const Json* typed = member(json, "weights")) {
    const Result<PositionShares> weights = read_weights(*typed);
    if (!weights.ok()) return weights.error();
    out.has_weights = true;
    out.weights = weights.value();
  }
  return out;
}

/// The number of a model, or null.
Json about(const Value& value) {
  const Quantity* q = std::get_if<Quantity>(&value);
  return q == nullptr ? Json(nullptr) : approximate(q->value);
}

std::string_view currency_of(const Value& value) {
  const Quantity* q = std::get_if<Quantity>(&value);
  return q == nullptr ? std::string_view() : std::string_view(q->currency);
}

const char* agreement_name(Agreement agreement) {
  switch (agreement) {
    case Agreement::kAgrees: return "agrees";
    case Agreement::kModelsDisagree: return "models_disagree";
    case Agreement::kUncertain: return "uncertain";
  }
  return "uncertain";
}

Object member_json(const AttributedMember& row) {
  Json credits = Json::array();
  for (const MemberCredit& credit : row.credits) {
    Object json;
    json.put("conversions", approximate(credit.conversions)).put("value", about(credit.value)).put("return", about(credit.media_return));
    json.put("return_undefined", undefined_or_null(credit.media_return)).put("cost_per_win", about(credit.cost_per_win));
    append(credits, std::move(json.put("cost_per_win_undefined", undefined_or_null(credit.cost_per_win))));
  }
  Object json;
  json.put("key", row.member.key).put("label", row.member.label).put("canonical", row.member.is_canonical).put("others", row.others);
  json.put("has_touches", row.has_touches).put("touches", row.touches);
  json.put("spend", about(row.spend)).put("spend_undefined", undefined_or_null(row.spend)).put("spend_currency", currency_of(row.spend));
  json.put("self_reported", about(row.self_reported));
  json.put_or_null("agreement", row.has_agreement, agreement_name(row.agreement));
  json.put("lowest", row.has_agreement ? approximate(row.lowest) : Json(nullptr)).put("highest", row.has_agreement ? approximate(row.highest) : Json(nullptr));
  json.put("kept", row.has_agreement ? approximate(row.least_kept) : Json(nullptr));
  return std::move(json.put("credits", std::move(credits)));
}

Object touches_json(const TouchUse& use) {
  Object json;
  json.put("used", use.used).put("of_null_journeys", use.of_null_journeys).put("of_other_deals", use.of_other_deals);
  json.put("after_conversion", use.after_conversion).put("after_opportunity", use.after_opportunity).put("before_window", use.before_window);
  json.put("of_undated", use.of_undated).put("unreadable", use.unreadable).put("of_nobody", use.of_nobody);
  return std::move(json.put("repeats", use.repeats));
}

Object answer(const AttributionAnalysis& found) {
  Json models = Json::array(), members = Json::array();
  for (const AttributionModelInfo& model : found.models) {
    Object json;
    json.put("id", model.id).put("undefined", undefined_or_null(model.reason)).put("conversions", approximate(model.unattributed_conversions));
    json.put("value", about(model.unattributed_value)).put("without_milestone", approximate(model.without_milestone));
    json.put("return", about(model.media_return)).put("return_undefined", undefined_or_null(model.media_return));
    append(models, std::move(json.put("cost_per_win", about(model.cost_per_win)).put("cost_per_win_undefined", undefined_or_null(model.cost_per_win))));
  }
  for (const AttributedMember& row : found.members) append(members, member_json(row));
  Object stability, deals, json;
  stability.put("samples", static_cast<std::uint64_t>(found.samples)).put("all_agree", found.all_agree).put("undefined", undefined_or_null(found.stability));
  deals.put("touched", found.deals_touched).put("untouched", found.deals_untouched).put("undated", found.deals_undated).put("without_value", found.deals_without_value);
  deals.put("without_lead", found.without_lead).put("without_opportunity", found.without_opportunity);
  json.put_date("from", found.window.first).put_date("to", found.window.last).put("by", found.by).put("currency", found.currency);
  json.put("conversions", approximate(found.conversions)).put("value", about(found.value)).put("value_undefined", undefined_or_null(found.value));
  json.put("spend", about(found.spend)).put("spend_undefined", undefined_or_null(found.spend)).put("spend_currency", currency_of(found.spend));
  json.put("covered_spend", about(found.covered_spend)).put("covered_currency", currency_of(found.covered_spend));
  json.put("models", std::move(models)).put("members", std::move(members)).put("stability", std::move(stability));
  json.put("touches", touches_json(found.touches)).put("deals", std::move(deals)).put("null_journeys", found.null_journeys);
  return std::move(json.put("has_null_journeys", found.has_null_journeys));
}

/// By channel, whatever the attribution is split by.
Json reconciled_json(const Dataset& dataset, const ReportRequest& report, const AttributionRequest& own, const Outcome<AttributionAnalysis>& found) {
  const Result<ReportScope> scope = open_scope(dataset, report);
  if (!scope.ok()) return {};
  if (own.by == "channel") return reconciliation_json(reconcile(dataset, report, scope.value(), found));
  AttributionRequest by_channel = own;
  by_channel.by = "channel";
  by_channel.only_credits = true;
  const Result<Outcome<AttributionAnalysis>> credits = analyse_attribution(dataset, report, by_channel);
  return credits.ok() ? reconciliation_json(reconcile(dataset, report, scope.value(), credits.value())) : Json();
}

}  // namespace

Result<Json> attribution_json(const Dataset& dataset, const Json& request) {
  const Result<ReportRequest> report = read_report_request(request);
  if (!report.ok()) return report.error();
  const Result<AttributionRequest> own = read_request(request);
  if (!own.ok()) return own.error();
  const Result<Outcome<AttributionAnalysis>> found = analyse_attribution(dataset, report.value(), own.value());
  if (!found.ok()) return found.error();
  Json reconciled = reconciled_json(dataset, report.value(), own.value(), found.value());
  if (found.value().ok()) return std::move(answer(found.value().value()).put("reconciliation", std::move(reconciled))).take();
  Object json;
  json.put("undefined", undefined_or_null(Value(found.value().reason())));
  return json.put("reconciliation", std::move(reconciled)).take();
}

}  // namespace kpi
