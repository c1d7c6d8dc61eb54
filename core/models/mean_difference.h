// Tests of whether the means of two groups differ: b (the variant) against a (the control).
#pragma once

#include <span>

#include "core/base/undefined.h"
#include "core/models/wilson.h"

namespace kpi {

/// What a test of means needs of a group; a table with sums and sums of squares gives it without rows.
struct Moments {
  double n, mean;
  double variance;  // with n - 1; 0 for one value
};

/// Errors  "no_rows", "not_finite". Cost O(n), two passes.
Outcome<Moments> moments_of(std::span<const double> values);
/// Errors  "no_rows", "not_finite", "out_of_range" (squares smaller than the sum allows, beyond rounding). Loses digits where the mean is
///         large beside the deviation: the rows are better.
Outcome<Moments> moments_of_sums(double n, double sum, double sum_of_squares);

struct MeanDifference {
  double difference;  // b - a
  double standard_error, t, degrees_of_freedom, p_two_sided;
  Interval interval;
};

/// Without assuming equal variances: the one to use.
/// Errors  "too_few_rows" (fewer than 2 values in a group), "denominator_zero" (nothing varies), "out_of_range" (confidence).
/// Source  Welch 1947, Biometrika 34, 28-35; degrees of freedom: Satterthwaite 1946.
/// Cost    O(1).
Outcome<MeanDifference> welch_test(const Moments& a, const Moments& b, double confidence = 0.95);
/// With one variance for both. Source  Student 1908, Biometrika 6, 1-25. Errors as of Welch's.
Outcome<MeanDifference> student_test(const Moments& a, const Moments& b, double confidence = 0.95);

}  // namespace kpi
