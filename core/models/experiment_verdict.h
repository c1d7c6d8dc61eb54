// What may be said of an experiment: one word, and the numbers behind it.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/undefined.h"
#include "core/models/sample_ratio.h"
#include "core/models/two_proportions.h"

namespace kpi {

struct ExperimentPlan {
  double share_a = 1, share_b = 1;         // planned split, in any unit
  std::optional<double> visitors_per_arm;  // planned size of the smaller arm; nothing: the end was not planned by size
  double alpha = 0.05;
  std::optional<double> least_effect;      // the smallest difference of rates that matters, above 0
  std::optional<double> tau;               // the difference looked for, where looking early is allowed (see always_valid.h)
};

/// Fewer who converted, or who did not, over both arms: whatever the test says, it is said of a handful.
constexpr double kLeastOutcomes = 10;
/// With fewer visitors in all, a split is not judged.
constexpr double kLeastForSampleRatio = 100;

struct ExperimentVerdict {
  /// The first that is true:
  /// "srm_alarm"           the split is not the planned one (p below kSampleRatioAlarm): nothing else counts
  /// "too_few"             fewer than kLeastOutcomes conversions or others
  /// "better_early", "worse_early"  before the planned size, but by a test that may be looked at early
  /// "not_planned_size"    before the planned size: p means nothing yet
  /// "better_negligible", "worse_negligible"  shown, and shown to be smaller than the least effect that matters
  /// "better", "worse"     shown
  /// "no_relevant_difference"  not shown, and the whole interval is closer to 0 than the least effect that matters
  /// "no_difference_shown" not shown, which is not the same as none
  std::string_view code;
  TwoProportions counts;
  Interval difference;                        // Newcombe at 1 - alpha
  double p;                                   // two-sided: pooled z, or Fisher's exact test
  bool is_exact;                              // Fisher's: an expected count is below 5
  std::optional<ChiSquareTest> sample_ratio;  // nothing with fewer than kLeastForSampleRatio visitors
  std::optional<double> always_valid_p;       // with tau, of this look alone
  std::optional<double> planned_share;        // visitors of the smaller arm, planned shares regarded, over the planned size
};

/// Errors  As of compare_proportions; "out_of_range" also for a plan that is not (alpha outside 0..1, shares, sizes, tau or effect not above 0).
/// Cost    That of Fisher's exact test where it is needed, otherwise O(1).
Outcome<ExperimentVerdict> judge_experiment(const Proportion& a, const Proportion& b, const ExperimentPlan& plan = {});

}  // namespace kpi
