// What an experiment's revenue says, as JSON.
#pragma once

#include "core/api/json.h"
#include "core/engine/experiment_values.h"

namespace kpi {

/// {"verdict","currency","basis" "visitors" or "sums","p","p_of_many",
///  "arms":[{"visitors","sum","mean","deviation","payers","negative","largest_share","orders","per_order"}] as the experiment's arms, null where
///  not known; empty where there are no amounts,
///  "pairs":[{"arm","verdict","tested","p","holm","difference":{"value","low","high"},"welch_p","degrees_of_freedom",
///   "cuped":{"value","low","high","theta","reduction"} or null,
///   "bootstrap":{"low","high","corrected_low","corrected_high","draws"} or null, "without_largest", "ratio":{"value","low","high","p"} or null}],
///  "left_out":{"without_revenue","without_before","doubtful_before","without_orders"}}
Json experiment_value_json(const Experiment& experiment, const ValueEvidence& e);

}  // namespace kpi
