// Revenue per visitor: whether the arms of an experiment bring different amounts, and how far that can be trusted.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/engine/experiment_counts.h"
#include "core/models/bootstrap.h"
#include "core/models/cuped.h"
#include "core/models/mean_difference.h"
#include "core/models/ratio_metric.h"

namespace kpi {

/// Draws from both arms together that one comparison may cost, and all of a report; with fewer replicates than kLeastReplicates for it, there
/// is no interval by resampling: with so many visitors the means are normal enough.
constexpr double kMostDraws = 4e7, kMostDrawsInAll = 1e8;
constexpr std::uint32_t kMostReplicates = 2000, kLeastReplicates = 500;
/// A single visitor with more of an arm's revenue is worth a remark.
constexpr double kLargeShare = 0.2;

struct ArmValue {
  double visitors = 0, sum = 0;
  std::optional<double> mean;                 // nothing for nobody
  std::optional<double> deviation;            // nothing for sums without squares, and for one visitor
  std::optional<double> payers;               // visitors whose revenue is not 0; only where each is known
  std::optional<double> negative;             // visitors who gave back more than they paid
  std::optional<double> largest_share;        // of the largest single revenue in the arm's sum, where that is above 0
  std::optional<double> orders, per_order;    // revenue over orders, of visitors whose orders are known
};

/// An arm against the control.
struct ValuePair {
  std::size_t arm = 0;
  /// The first that is true:
  /// "not_finite", "sums_impossible"  figures beyond calculation; squares smaller than the sums allow
  /// "too_few"             a visitor in an arm, or fewer than kLeastOutcomes with a revenue in both (of sums: conversions)
  /// "nothing_varies"      all brought the same
  /// "methods_disagree"    the formula shows a difference and resampling does not, or the other way round: the revenue is too skewed
  /// "one_visitor"         shown, but not without the one visitor with the largest revenue
  /// "higher", "lower"     shown
  /// "no_difference_shown"
  std::string_view verdict;
  bool is_tested = false;
  std::optional<MeanDifference> welch;        // of the revenue as it is
  std::optional<Cuped> cuped;                 // less what was known before: then this is the test, as it is planned and not picked
  double p = 1;                               // of the test
  std::optional<double> holm;                 // with three arms or more
  std::optional<Bootstrap> bootstrap;         // of what is tested
  std::uint32_t replicates = 0;
  std::optional<double> p_without_largest;    // of the test without the visitor with the largest revenue of both arms
  std::optional<RatioDifference> ratio;       // revenue per order, by visitors
};

struct ValueEvidence {
  /// The first that is true: "one_arm"; "currency_mixed"; "sums_incomplete" (rows without sums); "sums_only" (no sums of squares: no test);
  /// "srm_alarm"; "not_planned_size"; two arms: that of the pair; more: "arms_differ", "arms_not_shown", or that of the first pair that no
  /// test is made of. With the first three there are no amounts.
  std::string_view verdict;
  std::vector<ArmValue> arms;
  std::vector<ValuePair> pairs;
  std::optional<double> p;                    // of the test; with three arms or more the smallest by Holm
  std::optional<double> p_of_many;            // Holm over all that the report tests
};

struct ValueQuestion {
  double alpha = 0.05;
  std::string_view counts_verdict;            // of the conversions
  std::optional<double> visitors_per_arm;     // planned
  double draws = kMostDraws;                  // that each pair may cost
};

/// Of an experiment whose revenue is not kNone. Cost: a pair up to question.draws.
ValueEvidence weigh_revenue(const Experiment& experiment, const ValueQuestion& question);

}  // namespace kpi
