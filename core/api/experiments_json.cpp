#include "core/api/experiments_json.h"

#include <cmath>

#include "core/api/approximate.h"
#include "core/api/experiment_value_json.h"
#include "core/api/report_request.h"
#include "core/engine/experiment_evidence.h"
#include "core/models/sample_size.h"

namespace kpi {
namespace {

constexpr std::size_t kMostShown = 60, kMostArms = 50;

/// A member that must be a number above 0 and below `end`.
std::optional<double> positive(const Json& request, const char* key, double end, RequestReader& read) {
  const Json* json = member(request, key);
  if (json == nullptr) return std::nullopt;
  const double value = json->is_number() ? json->get<double>() : NAN;
  if (value > 0 && value < end) return value;
  read.fail(request_invalid(key, "number in range"));
  return std::nullopt;
}

bool is_relative(const char* key, RequestReader& read) {
  const std::string kind = read.text_or_empty(key);
  if (!kind.empty() && kind != "relative" && kind != "points") read.fail(request_invalid(key, "relative, points"));
  return kind != "points";
}

ExperimentSettings read_settings(const Json& request, RequestReader& read) {
  ExperimentSettings settings;
  settings.alpha = positive(request, "alpha", 1, read).value_or(settings.alpha);
  settings.power = positive(request, "power", 1, read).value_or(settings.power);
  if (settings.power <= settings.alpha) read.fail(request_invalid("power", "above alpha"));
  settings.is_least_relative = is_relative("least_effect_is", read);
  settings.least_effect = positive(request, "least_effect", settings.is_least_relative ? 1e6 : 1, read);
  settings.visitors_per_arm = positive(request, "planned_visitors", kMostVisitors, read);
  if (const Json* split = member(request, "split")) {
    if (!split->is_array() || split->size() > kMostArms) read.fail(request_invalid("split", "numbers"));
    for (const Json& share : split->is_array() ? *split : Json::array()) {
      const double value = share.is_number() ? share.get<double>() : NAN;
      if (!(value > 0) || !(value < kMostVisitors)) read.fail(request_invalid("split", "numbers above 0"));
      settings.split.push_back(value);
    }
  }
  return settings;
}

Json undefined_json(const Undefined& reason) { return reason.code.empty() ? Json(nullptr) : undefined_or_null(Value(reason)); }

Json or_null(const std::optional<double>& value) { return value ? approximate(*value) : Json(nullptr); }

Json with_interval(Json&& value, const Interval& interval) {
  Object json;
  return json.put("value", std::move(value)).put("low", approximate(interval.low)).put("high", approximate(interval.high)).take();
}

Json arms_json(const ExperimentEvidence& e) {
  Json arms = Json::array();
  for (std::size_t a = 0; a < e.experiment->arms.size(); ++a) {
    const ExperimentArm& arm = e.experiment->arms[a];
    Object json;
    json.put("name", arm.name).put("visitors", arm.counts.n).put("conversions", arm.counts.k);
    json.put("rate", arm.counts.n > 0 ? approximate(arm.counts.k / arm.counts.n) : Json(nullptr));
    append(arms, std::move(json.put("low", approximate(e.rates[a].low)).put("high", approximate(e.rates[a].high))));
  }
  return arms;
}

void put_two(const ExperimentEvidence& e, Object& json) {
  if (!e.judged) return;
  const ExperimentVerdict& v = *e.judged;
  json.put("exact", v.is_exact).put("planned_share", or_null(v.planned_share));
  json.put("difference", with_interval(approximate(v.counts.difference), v.difference));
  if (e.uplift) json.put("uplift", with_interval(or_null(v.counts.relative_uplift), *e.uplift));
  if (e.bayes) {
    Object bayes;
    bayes.put("probability", approximate(e.bayes->probability_b_greater)).put("loss_control", approximate(e.bayes->expected_loss_of_a));
    bayes.put("loss_variant", approximate(e.bayes->expected_loss_of_b)).put("low", approximate(e.bayes->credible_difference.low));
    json.put("bayes", std::move(bayes.put("high", approximate(e.bayes->credible_difference.high))));
  }
  if (e.always_valid) {
    Object early;
    early.put("p", approximate(e.always_valid->p)).put("low", approximate(e.always_valid->interval.low)).put("high", approximate(e.always_valid->interval.high));
    json.put("always_valid", std::move(early.put("looks", std::uint64_t{e.looks}).put("tau", approximate(e.tau))));
  }
  if (!e.reach) return;
  Object reach;
  reach.put("effect", or_null(e.reach->effect)).put("power", or_null(e.reach->power)).put("visitors", or_null(e.reach->visitors_needed));
  json.put("reach", std::move(reach.put("detectable", or_null(e.reach->detectable)).put("of_setting", e.reach->is_of_setting)));
}

void put_many(const ExperimentEvidence& e, Object& json) {
  if (!e.many) return;
  Json pairs = Json::array();
  for (std::size_t i = 0; i < e.many->pairs.size(); ++i) {
    const ArmPair& pair = e.many->pairs[i];
    Object one;
    one.put("arm", std::uint64_t{pair.b}).put("difference", approximate(pair.difference)).put("low", approximate(e.differences[i].low));
    one.put("high", approximate(e.differences[i].high)).put("p", approximate(pair.p)).put("exact", pair.is_exact).put("holm", approximate(pair.p_adjusted));
    append(pairs, std::move(one.put("benjamini_hochberg", i < e.benjamini_hochberg.size() ? approximate(e.benjamini_hochberg[i]) : Json(nullptr))));
  }
  Object many;
  many.put("statistic", approximate(e.many->overall.statistic)).put("degrees_of_freedom", e.many->overall.degrees_of_freedom);
  json.put("many", std::move(many.put("poor", e.many->is_approximation_poor).put("pairs", std::move(pairs))));
}

/// Of rows that name their visitors; null of others.
Json visitors_json(const Experiment& experiment) {
  if (!experiment.is_of_visitors) return nullptr;
  const VisitorUse& use = experiment.use;
  Object json;
  json.put("in_several_arms", use.in_several_arms).put("without_outcome", use.without_outcome).put("by_amount", use.by_amount);
  json.put("rows_with_counts", use.rows_with_counts).put("counted_visitors", use.with_counts.n);
  return json.put("counted_conversions", use.with_counts.k).take();
}

Object experiment_json(const ExperimentEvidence& e) {
  Object json;
  json.put("name", e.experiment->name).put("control_assumed", e.experiment->is_control_assumed).put_date("from", e.experiment->first).put_date("to", e.experiment->last);
  json.put("undated", e.experiment->undated).put("split_used", e.is_split_used).put("arms", arms_json(e)).put("undefined", undefined_json(e.reason));
  json.put_or_null("verdict", !e.verdict.empty(), e.verdict);
  json.put("p", e.verdict.empty() ? Json(nullptr) : approximate(e.p)).put("p_of_many", or_null(e.p_of_many));
  if (e.sample_ratio) {
    Object ratio;
    json.put("sample_ratio", std::move(ratio.put("p", approximate(e.sample_ratio->p)).put("alarm", e.sample_ratio->p < kSampleRatioAlarm)));
  }
  put_two(e, json);
  put_many(e, json);
  json.put("visitors", visitors_json(*e.experiment)).put("revenue", e.revenue ? experiment_value_json(*e.experiment, *e.revenue) : Json(nullptr));
  return json;
}

/// What a test that is still to come needs, or null where it is not asked.
Json plan_json(const Json& request, const ExperimentSettings& settings, RequestReader& read) {
  const bool is_of_rate = is_relative("plan_effect_is", read);
  const std::optional<double> rate = positive(request, "plan_rate", 1, read), effect = positive(request, "plan_effect", is_of_rate ? 1e6 : 1, read);
  if (!rate || !effect) return nullptr;
  const double other = is_of_rate ? *rate * (1 + *effect) : *rate + *effect;
  const Outcome<double> visitors = sample_size_of_proportions(*rate, other, {settings.alpha, settings.power, true});
  Object json;
  json.put("other_rate", approximate(other)).put("visitors", visitors.ok() ? approximate(std::ceil(visitors.value())) : Json(nullptr));
  return json.put("undefined", visitors.ok() ? Json(nullptr) : undefined_json(visitors.reason())).take();
}

Json rows_json(const ExperimentCounts& counts) {
  Object json;
  json.put("used", counts.used).put("outside", counts.outside).put("repeated", counts.repeated).put("incomplete", counts.refused.incomplete);
  json.put("negative", counts.refused.negative).put("not_whole", counts.refused.not_whole).put("too_large", counts.refused.too_large);
  return json.put("more_conversions", counts.refused.more_conversions).put("beside_visitors", counts.beside_visitors).take();
}

Json visitor_rows_json(const ExperimentCounts& counts) {
  const VisitorRows& rows = counts.visitor_rows;
  Object json;
  json.put("rows", rows.rows).put("used", counts.visitor_used).put("outside", counts.visitor_outside).put("in_several_arms", counts.in_several_arms);
  json.put("without_outcome", counts.without_outcome).put("without_visitor", rows.without_visitor).put("without_arm", rows.without_arm);
  return json.put("unreadable", rows.unreadable).put("too_large", rows.too_large).put("same", counts.same_rows).take();
}

Undefined reason_of(const ExperimentCounts& counts) {
  if (!counts.has_table) return {"missing_input", {"control_visitors", "variant_visitors"}};
  if (counts.experiments.empty()) return {"no_rows", {}};
  return {};
}

}  // namespace

Result<Json> analyse_experiments(const Dataset& dataset, const Json& request) {
  const Result<ReportRequest> report = read_report_request(request);
  if (!report.ok()) return report.error();
  RequestReader read(request);
  const ExperimentSettings settings = read_settings(request, read);
  Json plan = plan_json(request, settings, read);
  if (read.error() != nullptr) return *read.error();
  Result<ExperimentCounts> counted = count_experiments(dataset, report.value());
  if (!counted.ok()) return counted.error();
  ExperimentCounts counts = std::move(counted).value();
  const std::uint64_t total = counts.experiments.size();
  if (total > kMostShown) counts.experiments.resize(kMostShown);
  Json experiments = Json::array();
  for (const ExperimentEvidence& e : weigh_experiments(counts, settings)) append(experiments, experiment_json(e));
  Object json;
  json.put("undefined", undefined_json(reason_of(counts))).put("alpha", settings.alpha).put("power", settings.power).put("rows", rows_json(counts));
  json.put("visitor_rows", visitor_rows_json(counts));
  json.put("shown", std::uint64_t{counts.experiments.size()}).put("total", total).put("experiments", std::move(experiments));
  return json.put("plan", std::move(plan)).take();
}

}  // namespace kpi
