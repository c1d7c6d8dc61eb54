// Forecasts that need no model, and that every model must beat: the last value, the last season, the line through the first and the last.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/forecast.h"

namespace kpi {

/// Forecasts of `horizon` steps with normal prediction intervals of probability `confidence`.
/// Undefined: "too_few_rows", "not_finite", "out_of_range" (season 0, confidence not in 0..1). Cost O(n + horizon).
/// Source  Hyndman and Athanasopoulos 2021, Forecasting: Principles and Practice, 5.2 and 5.5.

/// Each value is that of one season before; season 1: the last value.
Outcome<Forecast> seasonal_naive_forecast(const std::vector<double>& values, std::size_t season, std::size_t horizon, double confidence = 0.95);

/// The last value and, for each step, the mean change so far. The intervals include that the mean change is an estimate.
Outcome<Forecast> drift_forecast(const std::vector<double>& values, std::size_t horizon, double confidence = 0.95);

}  // namespace kpi
