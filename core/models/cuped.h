// A difference of means made sharper by what was known of everyone before the experiment.
#pragma once

#include <span>

#include "core/base/undefined.h"
#include "core/models/mean_difference.h"

namespace kpi {

struct Cuped {
  double theta;               // how much of the outcome goes with one unit of the covariate, over both groups
  MeanDifference difference;  // of the adjusted outcome, by Welch
  double variance_reduction;  // squared correlation over both groups, 0..1: the share of the variance that is explained
};

/// Controlled experiments using pre-experiment data: y - theta (x - mean of x), theta = cov(y, x) / var(x).
///
/// Shape   Per group the outcome y and the covariate x of the same people in the same order; x from before the experiment only.
/// Errors  "no_rows", "too_few_rows", "not_finite", "out_of_range" (lengths differ, confidence), "denominator_zero" (x or y does not vary).
/// Source  Deng, Xu, Kohavi, Walker 2013, Improving the Sensitivity of Online Controlled Experiments, WSDM.
/// Cost    O(n).
Outcome<Cuped> cuped_test(std::span<const double> a_outcome, std::span<const double> a_covariate, std::span<const double> b_outcome,
                          std::span<const double> b_covariate, double confidence = 0.95);

}  // namespace kpi
