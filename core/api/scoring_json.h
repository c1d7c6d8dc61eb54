// The method analyse_scoring.
#pragma once

#include "core/api/analyses.h"

namespace kpi {

/// Own members, all optional: "capacity" (whole, from 1), "use_score" (default true), "qualified_at" (number), "judged_after" (whole days, default 0),
/// "bands" (falling numbers), "list" {"count" (default 50), "all" (default false: open leads only)},
/// "rules" at most 50: [{"field","test","key","from","to","points"}] about leads, with "table", "half_life", "cap" about their activities; see LeadRule.
/// "test" is "is" (default), "is_not", "contains", "known", "unknown" or "between"; "from" and "to" are numbers or days as text.
/// Answer {"undefined","rows":{"used","converted","repeated","outside","scored","unscored","open","young"},"median_days","data_last",
///  "score":{"undefined","auc":{"value","low","high"},"gains":[{"people","converted","rate","gain","lift","cumulative_lift","least_score"}],
///   "bands":[{"from","people","converted","rate","low","high"}],"capacity":{"undefined","threshold","selected","converted","precision","recall"} or null},
///  "fitted":{"undefined","split","fitted","fitted_converted","held","held_converted","auc","file_auc","brier","base_brier","slope","capacity","file_capacity",
///   "against_file":{"people","first","second","difference","low","high","p"} or null,"penalty":{"l2","chosen","foretold","tried":[{"l2","log_loss"}]},
///   "bins":[{"people","predicted","observed","low","high"}],"traits":[{"field","key","label","canonical","leads","odds_ratio","low","high"}],"references":[...]},
///  "points":{"undefined","uses":["used"|"missing"|"forbidden"|"unfit"],"matched":[],"judged","converted","decided","unwatched","undated","undated_outcomes",
///   "untied","undated_activities","auc","held_auc","bands","qualified","capacity","against_file","against_fitted","open","open_by_band","open_qualified",
///   "listable","list":[{"file","record","offset","created","account","state","points","band","by":[[rule,points]]}]} or null,
///  "subjects":{"traits","fields","activities":[{"table","fields"}]}, "excluded":[{"field","reason"}]}
/// Errors: those of a report; request_invalid.
Result<Json> analyse_scoring(const Dataset& dataset, const Json& request);

}  // namespace kpi
