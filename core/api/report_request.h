// A report's request out of JSON.
#pragma once

#include "core/api/json.h"
#include "core/engine/report.h"

namespace kpi {

/// Shape  {"from","to","grain","group_by","filters":[{"dimension","values"}],"compare","compare_back","compare_also":[{"kind","back"}],
///        "compare_so_far","basis","stages","year_starts_in","week_starts","report_currency","parameters":{}}, all optional.
/// Errors request_invalid{at,expected}, date_invalid{at,text}.
Result<ReportRequest> read_report_request(const Json& request);

}  // namespace kpi
