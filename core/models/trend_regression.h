// A straight line through a series, with a level of its own for each place in the season.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

/// coefficients: the level at time 0, the change from each value to the next (times count from 1), then what places 2, 3, ... of the season
/// differ from the first. Errors and p (of no effect, two-sided) in the same order.
struct TrendRegression {
  std::size_t season;
  std::vector<double> coefficients, standard_errors, p;
  double residual_error;  // standard deviation of the residuals, divisor n - coefficients
  double r_squared;
  /// At time t: 1 for the first value, n + 1 for the first one after them.
  double at(std::size_t t) const;
};

/// Ordinary least squares. season 1: a line alone. Of a series of logarithms the change is a rate of growth.
/// Undefined: "too_few_rows" (no more values than coefficients), "not_finite", "out_of_range" (season not 1 to 400), "denominator_zero" (all
/// values are equal). Cost O(n season^2).
Outcome<TrendRegression> trend_regression(const std::vector<double>& values, std::size_t season);

}  // namespace kpi
