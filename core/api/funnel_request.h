// What the funnel is asked, out of JSON.
#pragma once

#include <string>
#include <vector>

#include "core/api/report_request.h"
#include "core/engine/cohort_completion.h"
#include "core/engine/response_times.h"

namespace kpi {

struct FunnelRequest {
  ReportRequest report;                     // group_by: what "by" says
  std::int64_t stale_days = 90;
  ResponseRequest response;
  std::vector<std::string> unread_holidays; // texts that are no day, or more than one
  CompletionStep completion;
};

/// The members are those of analyse_funnel. Errors: those of a report; request_invalid{at,expected}.
Result<FunnelRequest> read_funnel_request(const Dataset& dataset, const Json& request);

}  // namespace kpi
