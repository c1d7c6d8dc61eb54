// Targets of a report as JSON.
#pragma once

#include "core/api/json.h"
#include "core/engine/targets.h"

namespace kpi {

/// Adds to the report's KPIs that have any target: `target` {value, undefined, currency, from, to, by_days, whole, limit, owner,
/// difference, attainment, attainment_undefined, status}, `target_series` as the buckets and, where the report is by channel,
/// `target_by_member` as the members: {value, attainment, status} or null. Reads the request's `target_tolerance`, a share from 0 to 1.
/// Errors: request_invalid{at,expected}.
Status add_targets(Json& report_json, const Dataset& dataset, const Report& report, const ReportRequest& made_for, const Json& request);

}  // namespace kpi
