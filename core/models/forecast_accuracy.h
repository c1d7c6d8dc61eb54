// How far forecasts were from what came.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

/// Errors are actual - forecast. Percentages are shares: 0.1 is 10 %. What a series does not allow is undefined by itself as "denominator_zero".
struct ForecastAccuracy {
  double mean_error, root_mean_squared_error, mean_absolute_error;
  Outcome<double> mean_percentage_error, mean_absolute_percentage_error;  // of the actual values; none may be 0
  Outcome<double> symmetric_percentage_error;  // mean of 2 |error| / (|actual| + |forecast|), 0 to 2
  Outcome<double> weighted_percentage_error;   // sum of |error| / sum of |actual|
  Outcome<double> mean_absolute_scaled_error;  // in units of `scale`
  Outcome<double> first_autocorrelation;       // of the errors, lag 1
  Outcome<double> theil_u;                     // relative to no change, of relative changes
};

/// `scale`: naive_scale of the values before the forecasts, or 0 if there is none.
/// Undefined: "no_rows", "out_of_range" (lists of different lengths), "not_finite".
/// Source  Hyndman and Koehler 2006, Int. J. Forecasting 22, 679-688; U: Theil 1966, U2. Cost O(n).
Outcome<ForecastAccuracy> forecast_accuracy(const std::vector<double>& actual, const std::vector<double>& forecast, double scale);

/// Mean absolute error of taking each value from one season before (season 1: the value before). Undefined: "too_few_rows".
Outcome<double> naive_scale(const std::vector<double>& values, std::size_t season);

}  // namespace kpi
