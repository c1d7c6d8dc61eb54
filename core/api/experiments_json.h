// The method analyse_experiments.
#pragma once

#include "core/api/analyses.h"

namespace kpi {

/// Own members, all optional: "alpha" and "power" (above 0, below 1; power above alpha), "least_effect" (above 0) with "least_effect_is"
/// "relative" or "points" (a difference of rates), "planned_visitors" per arm, "split" [shares, the control first],
/// "plan_rate" with "plan_effect" and "plan_effect_is": what a test that is still to come needs.
/// Answer {"undefined","alpha","power","rows":{"used","outside","repeated","incomplete","negative","not_whole","too_large","more_conversions","beside_visitors"},
///  "visitor_rows":{"rows","used","outside","in_several_arms","without_outcome","without_visitor","without_arm","unreadable","too_large","same"}: rows that
///  name their visitors, all but "same" adding up to "rows"; "shown","total",
///  "experiments":[{"name","control_assumed","from","to","undated","split_used","undefined","verdict","p","exact","p_of_many",
///   "arms":[{"name","visitors","conversions","rate","low","high"}], "sample_ratio":{"p","alarm"}, "difference":{"value","low","high"},
///   "uplift":{"value","low","high"}, "bayes":{"probability","loss_control","loss_variant","low","high"},
///   "always_valid":{"p","low","high","looks","tau"}, "reach":{"effect","power","visitors","detectable","of_setting"}, "planned_share",
///   "many":{"statistic","degrees_of_freedom","poor","pairs":[{"arm","difference","low","high","p","exact","holm","benjamini_hochberg"}]},
///   "visitors":{"in_several_arms","without_outcome","by_amount","rows_with_counts","counted_visitors","counted_conversions"} or null,
///   "revenue": see experiment_value_json, or null}],
///  "plan":{"visitors","other_rate","undefined"} or null}. Errors: those of a report; request_invalid.
Result<Json> analyse_experiments(const Dataset& dataset, const Json& request);

}  // namespace kpi
