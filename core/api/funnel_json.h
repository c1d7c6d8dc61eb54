// The funnel: leaks, times from stage to stage, sales cycles and answers to leads, as one analysis.
#pragma once

#include "core/api/analyses.h"

namespace kpi {

/// Request  of a report, and {"by": dimension or "none", "stale_days": 90, "limit_hours": 24, "goal": "opportunity",
///          "hours": {"days": [1..7, 1 Monday], "opens": minute, "closes": minute}}, each optional. "by" is the channel where files tell it.
/// Result   {"by", "stale_days", "as_of", "leaks": {...}, "cycles": {...}, "responses": {...}}, each of the three or {"undefined"} in its place:
///   leaks      {"members":[member], "rest", "stages":[{"stage","next","dated","all":cell,"cells":[cell by member, the rest last],"times":{...}}],
///              "left_out":{"repeats","filtered","untold","undated","drops_undated"}}
///     cell     {"entered","advanced","disqualified","stale","open","leaked","of_decided","of_entered"}; shares or null
///     times    {"timed","advanced","disqualified","open","undated","skipped","out_of_order","shares":[{"days","value","error","undefined"}],
///              "quantiles":[{"share","value","undefined"}]}
///   cycles     {"all":summary,"points":[[days,at risk,won,error,lost,open,won if lost were open]],"groups":[{"member",summary}],"rest",
///              "difference":{"chi_square","degrees_of_freedom","p"} or {"undefined"},"knows_losses","left_out":{...}}
///   responses  {"goal","limit_hours","leads","clock":figures,"working":figures or null,"left_out":{...}}
/// Errors   those of a report; request_invalid, out_of_range as request_invalid{at,expected}.
Result<Json> analyse_funnel(const Dataset& dataset, const Json& request);

}  // namespace kpi
