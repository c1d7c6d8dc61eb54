// Tests that may be looked at every day: the chance of a false alarm at any look, ever, stays below alpha.
#pragma once

#include <span>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/wilson.h"

namespace kpi {

/// Counts so far, of both arms.
struct Look {
  Proportion a, b;
};

struct AlwaysValidLook {
  double difference, variance;  // of b - a
  double log_likelihood_ratio;  // of a difference drawn from N(0, tau^2) over none
  double p;                     // the smallest 1 / likelihood ratio until now, at most 1
  Interval interval;            // confidence sequence at 1 - alpha: holds the difference at all looks together
};

/// The mixture sequential probability ratio test of two rates.
///
/// Shape   Looks in order of time, counts never falling. tau: the size of difference one looks for (0.01 is one percentage point).
/// Errors  "no_rows" (no look, nobody in an arm), "out_of_range" (k outside 0..n, falling counts, tau not above 0, alpha outside 0..1), "not_finite".
///         A look without spread (all or none converted in both arms) has p as before and the interval -1..1.
/// Source  Johari, Koomen, Pekelis, Walsh 2017, Peeking at A/B Tests, KDD; Robbins 1970, Ann. Math. Stat. 41, 1397-1409.
/// Cost    O(looks).
Outcome<std::vector<AlwaysValidLook>> always_valid_test(std::span<const Look> looks, double tau, double alpha = 0.05);

}  // namespace kpi
