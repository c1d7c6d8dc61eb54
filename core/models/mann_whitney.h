// Whether values of one group tend to be higher than those of another, whatever their distribution.
#pragma once

#include <span>

#include "core/base/undefined.h"

namespace kpi {

struct MannWhitney {
  double wins;                        // pairs in which b is higher; equal values count one half (U of b)
  double share;                       // of all pairs: 0.5 is no tendency
  double p_corrected, p_uncorrected;  // two-sided by the normal distribution, with and without continuity correction
};

/// Errors  "no_rows" (a group is empty), "not_finite", "denominator_zero" (all values are equal).
/// Source  Mann and Whitney 1947, Ann. Math. Stat. 18, 50-60; variance with ties: Lehmann 1975, Nonparametrics, section 1.4.
/// Cost    O(n log n).
Outcome<MannWhitney> mann_whitney_test(std::span<const double> a, std::span<const double> b);

}  // namespace kpi
