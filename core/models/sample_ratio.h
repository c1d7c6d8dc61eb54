// Whether visitors were split as planned: a sample ratio mismatch makes the whole experiment doubtful.
#pragma once

#include <span>

#include "core/base/undefined.h"
#include "core/models/two_proportions.h"

namespace kpi {

/// Below this p the split is no accident: the usual level, strict because it is looked at in every experiment.
constexpr double kSampleRatioAlarm = 0.001;

/// Goodness of fit of counts to the planned shares.
///
/// Shape   `visitors` and `planned` per arm, 2 or more; planned shares in any unit (9 and 1, 0.9 and 0.1).
/// Errors  "too_few_rows" (fewer than 2 arms), "no_rows" (nobody), "out_of_range" (lengths differ, a negative count, a plan not above 0),
///         "not_finite".
/// Source  Pearson 1900; Fabijan et al. 2019, Diagnosing Sample Ratio Mismatch in Online Controlled Experiments, KDD.
/// Cost    O(arms).
/// Example 10 000 and 10 300, planned equal -> chi-square 4.4335, p 0.03524
Outcome<ChiSquareTest> sample_ratio_test(std::span<const double> visitors, std::span<const double> planned);

}  // namespace kpi
