// Tests of whether two shares differ: b (the variant) against a (the control), by their counts.
#pragma once

#include <optional>

#include "core/base/undefined.h"
#include "core/models/wilson.h"

namespace kpi {

/// A statistic that is standard normal when there is no difference, and how likely it is then: as far from 0 either way, as high, as low.
struct ZTest {
  double z, p_two_sided, p_greater, p_less;
};

struct ChiSquareTest {
  double statistic, degrees_of_freedom, p;
};

struct TwoProportions {
  double rate_a, rate_b;
  double difference;                      // b - a
  std::optional<double> relative_uplift;  // difference / a; nothing where a is 0
  double cohens_h;                        // 2 asin sqrt(b) - 2 asin sqrt(a)
  std::optional<double> odds_ratio;       // of the sample, b over a; nothing where it is infinite or 0 / 0
  // Nothing where all or none of both have converted: there is no spread to measure a difference by.
  std::optional<ZTest> pooled;             // the usual test; two-sided it is Pearson's chi-square
  std::optional<ChiSquareTest> pearson, yates, g_test;
  std::optional<ZTest> unpooled;           // fits the Wald interval; nothing where both rates are 0 or 1
  double least_expected = 0;               // smallest expected count of the four cells: below 5 the exact test is the one to read
};

/// Shape   Whole counts a.k of a.n and b.k of b.n.
/// Errors  "no_rows" (nobody in a or b), "out_of_range" (k below 0 or above n), "not_finite".
/// Source  Pooled z and chi-square: Pearson 1900; continuity correction: Yates 1934, J. R. Stat. Soc. Suppl. 1, 217-235;
///         G: Sokal and Rohlf 1995, Biometry, chapter 17; h: Cohen 1988, Statistical Power Analysis, chapter 6.
/// Cost    O(1).
/// Example 200 of 10 000 and 250 of 10 000 -> z 2.383995, p 0.017126
Outcome<TwoProportions> compare_proportions(const Proportion& a, const Proportion& b);

/// Why a pair of counts cannot be compared, as of compare_proportions; nothing where it can.
std::optional<Undefined> refuse_counts(const Proportion& a, const Proportion& b);

}  // namespace kpi
