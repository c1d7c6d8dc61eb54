// Answers to leads, as a part of the funnel's answer.
#pragma once

#include "core/api/funnel_request.h"

namespace kpi {

/// {"goal","limit_hours","leads","with_agreed","clock":figures,"working":figures or null,"groups":[group with "member"],"rest","by_hour":[group with
///  "hour"],"agreed":[rule],"holidays":[dates] or null,"unread_holidays":[texts],"zoned","left_out":{...}}
///   figures  {"level":{"due","in_time","late","never","not_yet_due","set_aside","value","undefined"},"buckets":[...],"waiting","quick","slow","p","low","high",
///            "median","p90"}; the last two are outcomes in hours
///   group    {"leads","converted","due","in_time","late","never","not_yet_due","value","undefined","median","p90"}
///   rule     {"from","to","channel":member or null,"hours","due","in_time","late","never","not_yet_due","value","undefined"}; from and to are date fields
Object responses_json(const ResponseTimes& times, const FunnelRequest& asked, const Dimension& channels);

}  // namespace kpi
