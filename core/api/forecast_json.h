// A KPI's next months, as one analysis.
#pragma once

#include "core/api/analyses.h"

namespace kpi {

/// Request  of a report (its filters, parameters and currency count, its window does not), and {"kpi": "revenue", "horizon": 6 of 1..24}.
/// Result   {"kpi","display","by_period","currency","season","horizon","months":[{"from","value"}],
///          "ahead":[{"from","mean","low80","high80","low95","high95"}], empty where the forecast is withheld, and then "undefined" says why,
///          "model":{"error","trend","season"} or null, "clipped",
///          "test":{"origins","horizon","naive_season","error","naive_error","skill"} or null, "mase","smape": {"value","undefined"},
///          "left_out":{"partial","cut","gaps":[first day of a month]}}
/// Errors   kpi_unknown{id,nearest}, request_invalid and those of a report.
Result<Json> analyse_forecast(const Dataset& dataset, const Json& request);

}  // namespace kpi
