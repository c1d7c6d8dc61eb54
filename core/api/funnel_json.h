// The funnel: leaks, times from stage to stage, sales cycles and answers to leads, as one analysis.
#pragma once

#include "core/api/analyses.h"

namespace kpi {

/// Request  of a report, and {"by": dimension or "none", "stale_days": 90, "limit_hours": 24, "goal": "opportunity",
///          "hours": {"days": [1..7, 1 Monday], "opens": minute, "closes": minute, "holidays": [dates as typed]},
///          "zone": {"offsets": [[UTC seconds, seconds ahead of UTC from then on]], "times": "local" or "utc"},
///          "completion": {"from": stage, "to": stage}}, each optional. "by" is the channel where files tell it.
/// Result   {"by", "stale_days", "as_of", "dated":[stages], "leaks": {...}, "cycles": {...}, "responses": {...}, "completion": {...}}, each of the four or
///          {"undefined"} in its place; of responses see responses_json.h, of completion maturity_json.h:
///   leaks      {"members":[member], "rest", "stages":[{"stage","next","dated","all":cell,"cells":[cell by member, the rest last],"times":{...}}],
///              "reasons":{"top":[reason],"rest":reason,"rest_count","none":reason} or null,
///              "left_out":{"repeats","filtered","untold","undated","drops_undated"}}
///     cell     {"entered","advanced","disqualified","stale","open","leaked","of_decided","of_entered"}; shares or null
///     reason   {"label","all","stages":[count by stage]}
///     times    {"timed","advanced","disqualified","open","undated","skipped","out_of_order","shares":[{"days","value","error","undefined"}],"dropped":[same],
///              "quantiles":[{"share","value","undefined"}],"points":[[days,at risk,went on,error,dropped,error,open]]}
///   cycles     {"all":summary,"points":[[days,at risk,won,error,lost,open,won if lost were open]],"groups":[{"member",summary}],"rest",
///              "difference":{"chi_square","degrees_of_freedom","p"} or {"undefined"},"knows_losses","left_out":{...}}
/// Errors   those of a report; request_invalid, out_of_range as request_invalid{at,expected}.
Result<Json> analyse_funnel(const Dataset& dataset, const Json& request);

}  // namespace kpi
