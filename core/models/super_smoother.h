// A smooth curve through evenly spaced values whose span follows the data: narrow where they turn, wide where they only scatter.
#pragma once

#include <vector>

#include "core/base/undefined.h"

namespace kpi {

/// Friedman's super smoother at places 1, 2, ...: running lines of three spans (5 %, 20 % and half of the values), and at each place the
/// span whose cross-validated residuals are least, itself smoothed.
/// Undefined: "too_few_rows" (less than 5 values), "not_finite". Source  Friedman 1984, A Variable Span Smoother, SLAC PUB-3477. Cost O(values).
Outcome<std::vector<double>> super_smooth(const std::vector<double>& values);

}  // namespace kpi
