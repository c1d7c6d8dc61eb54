// The method analyse_scoring.
#pragma once

#include "core/api/analyses.h"

namespace kpi {

/// Own members, all optional: "capacity" (whole, from 1), "use_score" (default true), "qualified_at" (number),
/// "rules" [{"field","key","points"}], at most 50: points for leads whose dimension has that member.
/// Answer {"undefined","rows":{"used","converted","repeated","outside","unscored","open","young"},"median_days","data_last",
///  "score":{"undefined","auc":{"value","low","high"},"gains":[{"people","converted","rate","gain","lift","cumulative_lift","least_score"}],
///   "bands":[{"from","people","converted","rate","low","high"}],"capacity":{"undefined","threshold","selected","converted","precision","recall"} or null},
///  "fitted":{"undefined","split","fitted","fitted_converted","held","held_converted","auc","file_auc","brier","base_brier","slope",
///   "bins":[{"people","predicted","observed"}],"traits":[{"field","key","label","canonical","leads","odds_ratio","low","high"}],"references":[...]},
///  "points":{"undefined","auc","held_auc","matched":[],"qualified":{as capacity}} or null, "excluded":[{"field","reason"}]}
/// Errors: those of a report; request_invalid.
Result<Json> analyse_scoring(const Dataset& dataset, const Json& request);

}  // namespace kpi
