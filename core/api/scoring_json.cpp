#include "core/api/scoring_json.h"

#include <cmath>

#include "core/api/approximate.h"
#include "core/api/report_request.h"
#include "core/engine/score_model.h"

namespace kpi {
namespace {

constexpr std::size_t kMostRules = 50;
constexpr std::int64_t kMostCapacity = 1000000000;
constexpr double kMostPoints = 1e6;

std::optional<double> points(const Json* json) {
  if (json == nullptr || !json->is_number()) return std::nullopt;
  const double value = json->get<double>();
  return std::abs(value) <= kMostPoints ? std::optional<double>(value) : std::nullopt;
}

ScoringSettings read_settings(const Json& request, RequestReader& read) {
  ScoringSettings settings;
  if (const std::optional<std::int64_t> capacity = read.integer("capacity")) {
    if (*capacity < 1 || *capacity > kMostCapacity) read.fail(request_invalid("capacity", "1.."));
    else settings.capacity = static_cast<std::size_t>(*capacity);
  }
  if (member(request, "use_score") != nullptr) settings.is_score_used = read.flag("use_score");
  if (const Json* limit = member(request, "qualified_at")) {
    settings.qualified_at = points(limit);
    if (!settings.qualified_at) read.fail(request_invalid("qualified_at", "number"));
  }
  const Json* rules = member(request, "rules");
  if (rules == nullptr) return settings;
  if (!rules->is_array() || rules->size() > kMostRules) {
    read.fail(request_invalid("rules", "at most 50"));
    return settings;
  }
  for (const Json& entry : *rules) {
    RequestReader of_rule(entry);
    PointsOfValue rule{of_rule.text_or_empty("field"), of_rule.text_or_empty("key"), 0};
    const std::optional<double> given = points(member(entry, "points"));
    if (of_rule.error() != nullptr || rule.field.empty() || !given) read.fail(request_invalid("rules", "field, key, points"));
    rule.points = given.value_or(0);
    settings.rules.push_back(std::move(rule));
  }
  return settings;
}

Json undefined_json(const Undefined& reason) { return reason.code.empty() ? Json(nullptr) : undefined_or_null(Value(reason)); }

Json or_null(const std::optional<double>& value) { return value ? approximate(*value) : Json(nullptr); }

Json count(std::size_t value) { return static_cast<std::int64_t>(value); }

void put_interval(const std::optional<Interval>& interval, Object& json) {
  json.put("low", interval ? approximate(interval->low) : Json(nullptr)).put("high", interval ? approximate(interval->high) : Json(nullptr));
}

Json auc_json(const std::optional<Auc>& auc) {
  if (!auc) return nullptr;
  Object json;
  put_interval(auc->interval, json.put("value", approximate(auc->value)));
  return json.take();
}

Json selection_json(const Outcome<Confusion>& selection) {
  Object json;
  json.put("undefined", selection.ok() ? Json(nullptr) : undefined_json(selection.reason()));
  if (!selection.ok()) return json.take();
  const Confusion& c = selection.value();
  json.put("threshold", approximate(c.threshold)).put("selected", count(c.selected)).put("converted", count(c.true_positives));
  return json.put("precision", or_null(c.precision)).put("recall", approximate(c.recall)).take();
}

Json score_json(const Outcome<FileScore>& judged, const ScoringSettings& settings) {
  Object json;
  json.put("undefined", judged.ok() ? Json(nullptr) : undefined_json(judged.reason()));
  if (!judged.ok()) return json.take();
  const FileScore& score = judged.value();
  Json gains = Json::array(), bands = Json::array();
  for (const GainsBin& bin : score.gains) {
    Object one;
    one.put("people", count(bin.people)).put("converted", count(bin.converted)).put("rate", approximate(bin.rate)).put("gain", approximate(bin.cumulative_gain));
    append(gains, std::move(one.put("lift", approximate(bin.lift)).put("cumulative_lift", approximate(bin.cumulative_lift)).put("least_score", approximate(bin.least_score))));
  }
  for (const ScoreBand& band : score.bands) {
    Object one;
    one.put("from", or_null(band.from)).put("people", count(band.people)).put("converted", count(band.converted)).put("rate", or_null(band.rate));
    put_interval(band.interval, one);
    append(bands, std::move(one));
  }
  json.put("auc", auc_json(score.auc)).put("gains", std::move(gains)).put("bands", std::move(bands));
  return json.put("capacity", settings.capacity > 0 ? selection_json(score.capacity) : Json(nullptr)).take();
}

Object trait_json(const FittedTrait& trait) {
  Object json;
  json.put("field", trait.field).put("key", trait.key).put("label", trait.label).put("canonical", trait.is_canonical);
  return std::move(json.put("leads", count(trait.leads)));
}

Json fitted_json(const Outcome<FittedScore>& outcome) {
  Object json;
  json.put("undefined", outcome.ok() ? Json(nullptr) : undefined_json(outcome.reason()));
  if (!outcome.ok()) return json.take();
  const FittedScore& fitted = outcome.value();
  Json traits = Json::array(), references = Json::array(), bins = Json::array();
  for (const FittedTrait& trait : fitted.traits) {
    const Interval& of_log = trait.coefficient.interval;
    Object one = trait_json(trait);
    one.put("odds_ratio", or_null(trait.coefficient.odds_ratio)).put("low", approximate(std::exp(of_log.low)));
    append(traits, std::move(one.put("high", approximate(std::exp(of_log.high)))));
  }
  for (const FittedTrait& trait : fitted.references) append(references, trait_json(trait));
  json.put_date("split", fitted.split).put("fitted", count(fitted.fitted)).put("fitted_converted", count(fitted.fitted_converted));
  json.put("held", count(fitted.held)).put("held_converted", count(fitted.held_converted));
  json.put("auc", auc_json(fitted.auc)).put("file_auc", auc_json(fitted.file_auc)).put("base_brier", approximate(fitted.base_brier));
  if (fitted.quality) {
    for (const CalibrationBin& bin : fitted.quality->bins) {
      Object one;
      append(bins, std::move(one.put("people", count(bin.people)).put("predicted", approximate(bin.mean_predicted)).put("observed", approximate(bin.observed_rate))));
    }
    json.put("brier", approximate(fitted.quality->brier)).put("slope", fitted.quality->line ? approximate(fitted.quality->line->slope) : Json(nullptr));
  }
  return json.put("bins", std::move(bins)).put("traits", std::move(traits)).put("references", std::move(references)).take();
}

Json points_json(const ScoredLeads& leads, const ScoringSettings& settings) {
  if (settings.rules.empty()) return nullptr;
  const Outcome<PointScore> judged = judge_points(leads, settings);
  Object json;
  json.put("undefined", judged.ok() ? Json(nullptr) : undefined_json(judged.reason()));
  if (!judged.ok()) return json.take();
  Json matched = Json::array();
  for (const std::uint64_t leads_of_rule : judged.value().matched) append(matched, Json(static_cast<std::int64_t>(leads_of_rule)));
  json.put("auc", auc_json(judged.value().auc)).put("held_auc", auc_json(judged.value().held_auc)).put("matched", std::move(matched));
  return json.put("qualified", judged.value().qualified ? selection_json(*judged.value().qualified) : Json(nullptr)).take();
}

Json rows_json(const ScoredLeads& leads) {
  Object json;
  json.put("used", count(leads.scores.size())).put("converted", leads.converted).put("repeated", leads.repeated).put("outside", leads.outside);
  return json.put("unscored", leads.unscored).put("open", leads.open).put("young", leads.young).take();
}

Undefined reason_of(const ScoredLeads& leads) {
  if (!leads.has_leads) return {"missing_input", {"new_leads"}};
  if (!leads.has_score) return {"missing_input", {"scored_leads"}};
  if (!leads.has_outcome) return {"missing_input", {"new_customers"}};
  if (leads.scores.empty()) return {"no_rows", {}};
  return {};
}

}  // namespace

Result<Json> analyse_scoring(const Dataset& dataset, const Json& request) {
  const Result<ReportRequest> report = read_report_request(request);
  if (!report.ok()) return report.error();
  RequestReader read(request);
  const ScoringSettings settings = read_settings(request, read);
  if (read.error() != nullptr) return *read.error();
  const Result<ScoredLeads> read_leads = scored_leads(dataset, report.value());
  if (!read_leads.ok()) return read_leads.error();
  const ScoredLeads& leads = read_leads.value();
  const Undefined reason = reason_of(leads);
  Object json;
  json.put("undefined", undefined_json(reason)).put("rows", rows_json(leads)).put("median_days", or_null(leads.median_days)).put_date("data_last", leads.data_last);
  if (!reason.code.empty()) return json.take();
  Json excluded = Json::array();
  for (const ScoredLeads::Excluded& one : leads.excluded) {
    Object entry;
    append(excluded, std::move(entry.put("field", one.field).put("reason", one.reason)));
  }
  json.put("score", score_json(judge_file_score(leads, settings), settings)).put("fitted", fitted_json(fit_score(leads, settings)));
  return json.put("points", points_json(leads, settings)).put("excluded", std::move(excluded)).take();
}

}  // namespace kpi
