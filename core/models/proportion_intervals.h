// Intervals of one share and of the difference or ratio of two, besides Wilson's and Newcombe's (wilson.h).
#pragma once

#include <optional>

#include "core/models/wilson.h"

// All take whole counts 0 <= k <= n, n > 0, and a confidence above 0 and below 1; differences and ratios are b against a.

namespace kpi {

/// Exact: never covers less than promised. Source  Clopper and Pearson 1934, Biometrika 26, 404-413.
Interval clopper_pearson_interval(const Proportion& p, double confidence = 0.95);
/// Wilson's centre with Wald's form. Source  Agresti and Coull 1998, Am. Stat. 52, 119-126. Cut at 0 and 1.
Interval agresti_coull_interval(const Proportion& p, double confidence = 0.95);
/// Equal tails of Beta(k + 1/2, n - k + 1/2). Source  Brown, Cai, DasGupta 2001, Stat. Sci. 16, 101-133, without their change at the ends.
Interval jeffreys_interval(const Proportion& p, double confidence = 0.95);
/// The textbook one; too short for small counts, and a point at 0 or n. Cut at 0 and 1.
Interval wald_interval(const Proportion& p, double confidence = 0.95);
/// Source  Newcombe 1998, Statistics in Medicine 17, 857-872, method 4.
Interval wilson_corrected_interval(const Proportion& p, double confidence = 0.95);

/// Difference by the unpooled standard error.
Interval wald_difference_interval(const Proportion& a, const Proportion& b, double confidence = 0.95);
/// The same after one more success and failure each. Source  Agresti and Caffo 2000, Am. Stat. 54, 280-288.
Interval agresti_caffo_interval(const Proportion& a, const Proportion& b, double confidence = 0.95);
/// Differences that the score test with restricted maximum likelihood does not reject; -1..1.
/// Source  Miettinen and Nurminen 1985, Statistics in Medicine 4, 213-226. Cost  some 40 evaluations.
Interval miettinen_nurminen_interval(const Proportion& a, const Proportion& b, double confidence = 0.95);
/// Ratio of the rates, by its logarithm; nothing where one is 0. Source  Katz et al. 1978, Biometrics 34, 469-474.
/// Less 1 it is the interval of the relative uplift.
std::optional<Interval> ratio_interval(const Proportion& a, const Proportion& b, double confidence = 0.95);

}  // namespace kpi
