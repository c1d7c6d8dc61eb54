// Values of a series that its own trend and season do not explain, and what these would have led one to expect.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

struct UnusualValue {
  std::size_t index;
  double expected;  // interpolated between its neighbours, on top of its season
};

/// `is_missing`: as long as `values`, true where there is none (the number is not read); empty: none is missing.
/// Seasonally adjusted by a robust decomposition (two whole seasons and a value, and a season that explains at least 60 % of what the trend
/// leaves), then smoothed; unusual is what lies more than 3 interquartile ranges beyond the quartiles of the residuals, once more after
/// those found are replaced.
/// Undefined: "too_few_rows" (less than 8 values), "not_finite", "out_of_range" (season 0, lengths), "denominator_zero" (all are equal).
/// Source  the function tsoutliers of the package forecast 8.20 for R: Hyndman and Athanasopoulos 2021, Forecasting: Principles and Practice, 13.9;
///         fences Tukey 1977. Cost that of four decompositions.
Outcome<std::vector<UnusualValue>> unusual_values(const std::vector<double>& values, std::size_t season, const std::vector<bool>& is_missing = {});

/// The series with its missing values filled: on a straight line between their neighbours, and where there are more than two seasons of values on
/// one through the seasonally adjusted series. All missing: as they are.
std::vector<double> interpolated(std::vector<double> values, std::size_t season, const std::vector<bool>& is_missing);

}  // namespace kpi
