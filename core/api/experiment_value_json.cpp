#include "core/api/experiment_value_json.h"

#include "core/api/approximate.h"

namespace kpi {
namespace {

Json or_null(const std::optional<double>& value) { return value ? approximate(*value) : Json(nullptr); }

Object with_interval(double value, const Interval& interval) {
  Object json;
  json.put("value", approximate(value)).put("low", approximate(interval.low)).put("high", approximate(interval.high));
  return json;
}

Json arm_json(const ArmValue& arm) {
  Object json;
  json.put("visitors", arm.visitors).put("sum", approximate(arm.sum)).put("mean", or_null(arm.mean)).put("deviation", or_null(arm.deviation));
  json.put("payers", or_null(arm.payers)).put("negative", or_null(arm.negative)).put("largest_share", or_null(arm.largest_share));
  return json.put("orders", or_null(arm.orders)).put("per_order", or_null(arm.per_order)).take();
}

Json cuped_json(const ValuePair& pair) {
  if (!pair.cuped) return nullptr;
  Object json = with_interval(pair.cuped->difference.difference, pair.cuped->difference.interval);
  return json.put("theta", approximate(pair.cuped->theta)).put("reduction", approximate(pair.cuped->variance_reduction)).take();
}

Json bootstrap_json(const ValuePair& pair) {
  if (!pair.bootstrap) return nullptr;
  const Bootstrap& drawn = *pair.bootstrap;
  Object json;
  json.put("low", approximate(drawn.interval.low)).put("high", approximate(drawn.interval.high)).put("draws", std::uint64_t{pair.replicates});
  json.put("corrected_low", drawn.corrected ? approximate(drawn.corrected->low) : Json(nullptr));
  return json.put("corrected_high", drawn.corrected ? approximate(drawn.corrected->high) : Json(nullptr)).take();
}

Json pair_json(const ValuePair& pair) {
  Object json;
  json.put("arm", std::uint64_t{pair.arm}).put("verdict", pair.verdict).put("tested", pair.is_tested);
  json.put("p", pair.is_tested ? approximate(pair.p) : Json(nullptr)).put("holm", or_null(pair.holm));
  json.put("difference", pair.welch ? with_interval(pair.welch->difference, pair.welch->interval).take() : Json(nullptr));
  json.put("welch_p", pair.welch ? approximate(pair.welch->p_two_sided) : Json(nullptr));
  json.put("degrees_of_freedom", pair.welch ? approximate(pair.welch->degrees_of_freedom) : Json(nullptr));
  json.put("cuped", cuped_json(pair)).put("bootstrap", bootstrap_json(pair)).put("without_largest", or_null(pair.p_without_largest));
  if (!pair.ratio) return json.put("ratio", Json(nullptr)).take();
  Object ratio = with_interval(pair.ratio->difference, pair.ratio->interval);
  return json.put("ratio", std::move(ratio.put("p", approximate(pair.ratio->p_two_sided)))).take();
}

}  // namespace

Json experiment_value_json(const Experiment& experiment, const ValueEvidence& e) {
  Json arms = Json::array(), pairs = Json::array();
  for (const ArmValue& arm : e.arms) append(arms, arm_json(arm));
  for (const ValuePair& pair : e.pairs) append(pairs, pair_json(pair));
  Object left;
  left.put("without_revenue", experiment.use.without_revenue).put("without_before", experiment.use.without_before);
  left.put("doubtful_before", experiment.use.doubtful_before).put("without_orders", experiment.use.without_orders);
  Object json;
  json.put("verdict", e.verdict).put("currency", experiment.currency).put("basis", experiment.revenue == RevenueBasis::kVisitors ? "visitors" : "sums");
  json.put("p", or_null(e.p)).put("p_of_many", or_null(e.p_of_many)).put("arms", std::move(arms)).put("pairs", std::move(pairs));
  return json.put("left_out", std::move(left)).take();
}

}  // namespace kpi
