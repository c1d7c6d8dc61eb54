// Score intervals of a share and of the difference between two shares.
#pragma once

namespace kpi {

/// Bounds of an interval, both belong to it.
struct Interval {
  double low, high;
};

/// A share k of n; both from 0, k at most n, n above 0.
struct Proportion {
  double k, n;
};

/// Standard normal quantile at 0.975: intervals at 95 %. For other levels: normal_quantile(0.5 + confidence / 2).
constexpr double kNormal95 = 1.959963984540054;

/// Wilson score interval for a share, as fractions: successes of trials; requires 0 <= successes <= trials, trials > 0.
/// Source  Wilson 1927, J. Am. Stat. Assoc. 22, 209-212; without continuity correction.
/// Example 5 of 40 -> 0.05460 .. 0.26112
Interval wilson_interval(double successes, double trials, double z = kNormal95);

/// Interval for the difference a - b of two independent shares, as fractions. When it holds 0, the two cannot be told apart.
/// Source  Newcombe 1998, Statistics in Medicine 17, 873-890: hybrid score, method 10, without continuity correction.
/// Example 56 of 70 and 48 of 80 -> 0.0524 .. 0.3339
Interval difference_interval(const Proportion& a, const Proportion& b, double z = kNormal95);

}  // namespace kpi
