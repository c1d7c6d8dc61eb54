#include "core/engine/experiment_evidence.h"

#include <algorithm>
#include <cmath>

#include "core/models/proportion_intervals.h"
#include "core/models/sample_size.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

double rate(const Proportion& arm) { return arm.n > 0 ? arm.k / arm.n : 0; }

template <class T>
std::optional<T> known(const Outcome<T>& outcome) {
  return outcome.ok() ? std::optional<T>(outcome.value()) : std::nullopt;
}

std::optional<double> least_difference(const ExperimentSettings& settings, double control) {
  if (!settings.least_effect) return std::nullopt;
  const double least = settings.is_least_relative ? *settings.least_effect * control : *settings.least_effect;
  return least > 0 ? std::optional<double>(least) : std::nullopt;
}

ExperimentReach reach_of(const Proportion& a, const Proportion& b, const ExperimentSettings& settings) {
  ExperimentReach reach;
  const TestPlan plan{settings.alpha, settings.power, true};
  const double visitors = std::min(a.n, b.n);
  const std::optional<double> least = least_difference(settings, rate(a));
  reach.is_of_setting = least.has_value();
  reach.effect = least ? *least : rate(b) - rate(a);
  reach.detectable = known(minimum_detectable_effect(rate(a), visitors, plan));
  const double other = rate(a) + *reach.effect;
  reach.power = known(power_of_proportions(rate(a), other, visitors, plan));
  reach.visitors_needed = known(sample_size_of_proportions(rate(a), other, plan));
  if (reach.visitors_needed) reach.visitors_needed = std::ceil(*reach.visitors_needed);
  return reach;
}

/// Looks at which both arms had visitors; none where rows without a day are missing from them.
void look_early(ExperimentEvidence& e, double alpha) {
  if (e.experiment->undated > 0) return;
  std::vector<Look> looks;
  for (const Experiment::Look& look : e.experiment->looks) {
    if (look.so_far[0].n > 0 && look.so_far[1].n > 0) looks.push_back({look.so_far[0], look.so_far[1]});
  }
  e.looks = looks.size();
  const Outcome<std::vector<AlwaysValidLook>> test = always_valid_test(looks, e.tau, alpha);
  if (test.ok()) e.always_valid = test.value().back();
}

void weigh_two(ExperimentEvidence& e, const ExperimentSettings& settings) {
  const Proportion a = e.experiment->arms[0].counts, b = e.experiment->arms[1].counts;
  ExperimentPlan plan;
  plan.alpha = settings.alpha;
  plan.visitors_per_arm = settings.visitors_per_arm;
  plan.least_effect = least_difference(settings, rate(a));
  e.tau = plan.least_effect.value_or(kUsualTau);
  if (settings.visitors_per_arm) plan.tau = e.tau;
  if (e.is_split_used) {
    plan.share_a = settings.split[0];
    plan.share_b = settings.split[1];
  }
  const Outcome<ExperimentVerdict> judged = judge_experiment(a, b, plan);
  if (!judged.ok()) {
    e.reason = judged.reason();
    return;
  }
  e.judged = judged.value();
  e.verdict = judged.value().code;
  e.p = judged.value().p;
  e.sample_ratio = judged.value().sample_ratio;
  if (const std::optional<Interval> ratio = ratio_interval(a, b, 1 - settings.alpha)) e.uplift = Interval{ratio->low - 1, ratio->high - 1};
  e.bayes = known(beta_binomial(a, b, {}, 1 - settings.alpha));
  look_early(e, settings.alpha);
  e.reach = reach_of(a, b, settings);
}

void weigh_many(ExperimentEvidence& e, const ExperimentSettings& settings) {
  std::vector<Proportion> arms;
  std::vector<double> visitors;
  double converted = 0, all = 0;
  for (const ExperimentArm& arm : e.experiment->arms) {
    arms.push_back(arm.counts);
    visitors.push_back(arm.counts.n);
    converted += arm.counts.k;
    all += arm.counts.n;
  }
  const Outcome<ManyArms> many = compare_arms(arms);
  if (!many.ok()) {
    e.reason = many.reason();
    return;
  }
  e.many = many.value();
  e.p = e.many->overall.p;
  std::vector<double> p;
  for (const ArmPair& pair : e.many->pairs) {
    p.push_back(pair.p);
    e.differences.push_back(difference_interval(arms[pair.b], arms[pair.a], normal_quantile(1 - settings.alpha / 2)));
  }
  const Outcome<std::vector<double>> shares = adjust_p_values(p, Adjustment::kBenjaminiHochberg);
  if (shares.ok()) e.benjamini_hochberg = shares.value();
  const std::vector<double> planned = e.is_split_used ? settings.split : std::vector<double>(arms.size(), 1);
  if (all >= kLeastForSampleRatio) e.sample_ratio = known(sample_ratio_test(visitors, planned));
  if (e.sample_ratio && e.sample_ratio->p < kSampleRatioAlarm) e.verdict = "srm_alarm";
  else if (std::min(converted, all - converted) < kLeastOutcomes) e.verdict = "too_few";
  else e.verdict = e.p <= settings.alpha ? "arms_differ" : "arms_not_shown";
}

ExperimentEvidence weigh(const Experiment& experiment, const ExperimentSettings& settings) {
  ExperimentEvidence e;
  e.experiment = &experiment;
  e.is_split_used = settings.split.size() == experiment.arms.size();
  for (const ExperimentArm& arm : experiment.arms) {
    e.rates.push_back(arm.counts.n > 0 ? wilson_interval(arm.counts.k, arm.counts.n, normal_quantile(1 - settings.alpha / 2)) : Interval{0, 1});
  }
  if (experiment.arms.size() < 2) e.reason = Undefined{"too_few_rows", {}};
  else if (experiment.arms.size() == 2) weigh_two(e, settings);
  else weigh_many(e, settings);
  return e;
}

}  // namespace

std::vector<ExperimentEvidence> weigh_experiments(const ExperimentCounts& counts, const ExperimentSettings& settings) {
  std::vector<ExperimentEvidence> all;
  double pairs = 0;
  for (const Experiment& experiment : counts.experiments) {
    const bool is_resampled = experiment.revenue == RevenueBasis::kVisitors && experiment.arms.size() > 1;
    pairs += is_resampled ? static_cast<double>(experiment.arms.size() - 1) : 0;
  }
  ValueQuestion question{settings.alpha, {}, settings.visitors_per_arm, std::min(kMostDraws, kMostDrawsInAll / std::max(pairs, 1.0))};
  std::vector<double> p;
  for (const Experiment& experiment : counts.experiments) {
    all.push_back(weigh(experiment, settings));
    ExperimentEvidence& e = all.back();
    question.counts_verdict = e.verdict;
    if (experiment.revenue != RevenueBasis::kNone) e.revenue = weigh_revenue(experiment, question);
    if (!e.verdict.empty()) p.push_back(e.p);
    if (e.revenue && e.revenue->p) p.push_back(*e.revenue->p);
  }
  const Outcome<std::vector<double>> adjusted = adjust_p_values(p, Adjustment::kHolm);
  if (p.size() < 2 || !adjusted.ok()) return all;
  std::size_t at = 0;
  for (ExperimentEvidence& e : all) {
    if (!e.verdict.empty()) e.p_of_many = adjusted.value()[at++];
    if (e.revenue && e.revenue->p) e.revenue->p_of_many = adjusted.value()[at++];
  }
  return all;
}

}  // namespace kpi
