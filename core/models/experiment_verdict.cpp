#include "core/models/experiment_verdict.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/models/always_valid.h"
#include "core/models/fisher_exact.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

bool is_sound(const ExperimentPlan& plan) {
  const auto is_positive = [](double value) { return value > 0 && std::isfinite(value); };
  const auto may_be = [&](const std::optional<double>& value) { return !value || is_positive(*value); };
  return is_positive(plan.share_a) && is_positive(plan.share_b) && plan.alpha > 0 && plan.alpha < 1 && may_be(plan.visitors_per_arm) &&
         may_be(plan.least_effect) && may_be(plan.tau);
}

/// Whole arms as far as the plan had them: the arm that lags behind decides.
double planned_share(const Proportion& a, const Proportion& b, const ExperimentPlan& plan) {
  const double smaller = std::min(plan.share_a, plan.share_b);
  return std::min(a.n / (plan.share_a / smaller), b.n / (plan.share_b / smaller)) / *plan.visitors_per_arm;
}

std::string_view code_of(const ExperimentVerdict& v, double fewest, const ExperimentPlan& plan) {
  const bool is_up = v.counts.difference > 0;
  if (v.sample_ratio && v.sample_ratio->p < kSampleRatioAlarm) return "srm_alarm";
  if (fewest < kLeastOutcomes) return "too_few";
  if (v.planned_share && *v.planned_share < 1) {
    if (v.always_valid_p && *v.always_valid_p <= plan.alpha) return is_up ? "better_early" : "worse_early";
    return "not_planned_size";
  }
  const bool is_small = plan.least_effect && std::max(-v.difference.low, v.difference.high) < *plan.least_effect;
  if (v.p <= plan.alpha && v.counts.difference != 0) {
    if (is_small) return is_up ? "better_negligible" : "worse_negligible";
    return is_up ? "better" : "worse";
  }
  return is_small ? "no_relevant_difference" : "no_difference_shown";
}

}  // namespace

Outcome<ExperimentVerdict> judge_experiment(const Proportion& a, const Proportion& b, const ExperimentPlan& plan) {
  const Outcome<TwoProportions> counts = compare_proportions(a, b);
  if (!counts.ok()) return counts.reason();
  if (!is_sound(plan)) return Undefined{"out_of_range", {}};
  ExperimentVerdict verdict{};
  verdict.counts = counts.value();
  verdict.difference = difference_interval(b, a, normal_quantile(1 - plan.alpha / 2));
  verdict.p = verdict.counts.pooled ? verdict.counts.pooled->p_two_sided : 1;
  if (verdict.counts.pooled && verdict.counts.least_expected < 5) {
    const Outcome<FisherExact> exact = fisher_exact(a, b, 1 - plan.alpha);
    if (!exact.ok()) return exact.reason();
    verdict.p = exact.value().p_two_sided;
    verdict.is_exact = true;
  }
  if (a.n + b.n >= kLeastForSampleRatio) {
    const Outcome<ChiSquareTest> split = sample_ratio_test(std::array{a.n, b.n}, std::array{plan.share_a, plan.share_b});
    if (!split.ok()) return split.reason();
    verdict.sample_ratio = split.value();
  }
  if (plan.tau) {
    const Look look{a, b};
    const Outcome<std::vector<AlwaysValidLook>> early = always_valid_test(std::span(&look, 1), *plan.tau, plan.alpha);
    if (!early.ok()) return early.reason();
    verdict.always_valid_p = early.value().front().p;
  }
  if (plan.visitors_per_arm) verdict.planned_share = planned_share(a, b, plan);
  const double converted = a.k + b.k;
  verdict.code = code_of(verdict, std::min(converted, a.n + b.n - converted), plan);
  return verdict;
}

}  // namespace kpi
