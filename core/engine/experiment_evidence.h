// What may be said of an experiment with two arms or more, and of several experiments at once.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/undefined.h"
#include "core/engine/experiment_counts.h"
#include "core/engine/experiment_values.h"
#include "core/models/always_valid.h"
#include "core/models/beta_binomial.h"
#include "core/models/experiment_verdict.h"
#include "core/models/many_arms.h"

namespace kpi {

struct ExperimentSettings {
  double alpha = 0.05, power = 0.8;
  std::optional<double> least_effect;     // the smallest effect worth finding: a share of the control's rate, or a difference of rates
  bool is_least_relative = true;
  std::optional<double> visitors_per_arm;  // planned
  std::vector<double> split;              // planned shares, the control first; empty: equal
};

/// The difference that a look before the end is laid out for, where no least effect is set: one percentage point, never out of the data.
constexpr double kUsualTau = 0.01;

/// What the experiment can see. effect: the least effect as a difference of rates, or the one seen where none is set.
struct ExperimentReach {
  std::optional<double> effect, power, visitors_needed;  // per arm, rounded up
  std::optional<double> detectable;                      // the smallest rise seen with ExperimentSettings::power
  bool is_of_setting = false;
};

struct ExperimentEvidence {
  const Experiment* experiment = nullptr;
  std::vector<Interval> rates;               // Wilson at 1 - alpha, as the arms; 0..1 for nobody
  bool is_split_used = false;                // the planned split has as many parts as there are arms
  Undefined reason;                          // why there is no verdict; code empty where there is one
  /// Of judge_experiment with two arms; with more: "srm_alarm", "too_few", "arms_differ", "arms_not_shown".
  std::string_view verdict;
  double p = 1;
  std::optional<double> p_of_many;           // Holm over all that the report tests: rates and revenue of all experiments
  std::optional<ChiSquareTest> sample_ratio;
  // Two arms:
  std::optional<ExperimentVerdict> judged;
  std::optional<Interval> uplift;            // of the relative uplift
  std::optional<BetaBinomial> bayes;
  std::optional<AlwaysValidLook> always_valid;  // after the last look
  std::size_t looks = 0;
  double tau = kUsualTau;
  std::optional<ExperimentReach> reach;
  // Three or more, each against the control:
  std::optional<ManyArms> many;
  std::vector<double> benjamini_hochberg;    // as the pairs
  std::vector<Interval> differences;         // as the pairs, Newcombe at 1 - alpha
  std::optional<ValueEvidence> revenue;      // where rows say it
};

/// Reasons: "too_few_rows" (one arm only), and those of judge_experiment and compare_arms. Cost: up to 50 ms per experiment, and for all
/// together that of kMostDrawsInAll, a second.
std::vector<ExperimentEvidence> weigh_experiments(const ExperimentCounts& counts, const ExperimentSettings& settings);

}  // namespace kpi
