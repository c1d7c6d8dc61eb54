#include "core/engine/experiment_values.h"

#include <algorithm>
#include <cmath>

#include "core/base/sum.h"
#include "core/models/experiment_verdict.h"
#include "core/models/multiple_testing.h"

namespace kpi {
namespace {

using Values = std::vector<double>;

/// Numerators and denominators of the visitors whose orders are known.
struct Orders {
  Values revenue, orders;
  explicit Orders(const ArmRevenue& arm) {
    for (std::size_t i = 0; i < arm.orders.size(); ++i) {
      if (std::isnan(arm.orders[i])) continue;
      revenue.push_back(arm.revenue[i]);
      orders.push_back(arm.orders[i]);
    }
  }
};

double total(const Values& values) {
  Sum sum;
  for (const double value : values) sum.add(value);
  return sum.value();
}

ArmValue describe(const ArmRevenue& arm, RevenueBasis basis) {
  ArmValue value;
  if (basis != RevenueBasis::kVisitors) {
    value.visitors = arm.visitors;
    value.sum = arm.sum;
    if (arm.visitors > 0) value.mean = arm.sum / arm.visitors;
    const Outcome<Moments> moments = moments_of_sums(arm.visitors, arm.sum, arm.squares);
    if (basis == RevenueBasis::kSums && moments.ok() && arm.visitors > 1) value.deviation = std::sqrt(moments.value().variance);
    return value;
  }
  double largest = 0, payers = 0, negative = 0;
  for (const double revenue : arm.revenue) {
    largest = std::max(largest, revenue);
    payers += revenue != 0 ? 1 : 0;
    negative += revenue < 0 ? 1 : 0;
  }
  value.visitors = static_cast<double>(arm.revenue.size());
  value.sum = total(arm.revenue);
  value.payers = payers;
  value.negative = negative;
  if (value.sum > 0) value.largest_share = largest / value.sum;
  const Outcome<Moments> moments = moments_of(arm.revenue);
  if (moments.ok()) value.mean = moments.value().mean;
  if (moments.ok() && value.visitors > 1) value.deviation = std::sqrt(moments.value().variance);
  const Orders known(arm);
  const double orders = total(known.orders);
  if (orders > 0) {
    value.orders = orders;
    value.per_order = total(known.revenue) / orders;
  }
  return value;
}

/// What was known before; who has none is taken for average, which moves no mean. Empty where nothing is known or differs.
std::optional<std::pair<Values, Values>> covariates(const ArmRevenue& a, const ArmRevenue& b) {
  Sum sum;
  double known = 0;
  for (const Values* before : {&a.before, &b.before}) {
    for (const double value : *before) {
      if (std::isnan(value)) continue;
      sum.add(value);
      ++known;
    }
  }
  if (known == 0) return std::nullopt;
  std::pair<Values, Values> filled{a.before, b.before};
  for (Values* before : {&filled.first, &filled.second}) {
    for (double& value : *before) value = std::isnan(value) ? sum.value() / known : value;
  }
  return filled;
}

/// The values less theta times what was before: a constant less for all than CUPED's, so that the difference is the same.
void adjust(Values& values, const Values& before, double theta) {
  for (std::size_t i = 0; i < values.size(); ++i) values[i] -= theta * before[i];
}

/// The test without the visitor whose revenue is the furthest from 0 in both arms.
std::optional<double> without_largest(const ArmRevenue& a, const ArmRevenue& b, Values tested_a, Values tested_b) {
  const auto farther = [](double x, double y) { return std::fabs(x) < std::fabs(y); };
  const auto of_a = std::max_element(a.revenue.begin(), a.revenue.end(), farther), of_b = std::max_element(b.revenue.begin(), b.revenue.end(), farther);
  if (std::fabs(*of_a) > std::fabs(*of_b)) tested_a.erase(tested_a.begin() + (of_a - a.revenue.begin()));
  else tested_b.erase(tested_b.begin() + (of_b - b.revenue.begin()));
  const Outcome<Moments> left = moments_of(tested_a), right = moments_of(tested_b);
  if (!left.ok() || !right.ok()) return std::nullopt;
  const Outcome<MeanDifference> test = welch_test(left.value(), right.value());
  return test.ok() ? std::optional<double>(test.value().p_two_sided) : std::nullopt;
}

void resample(ValuePair& pair, const Values& a, const Values& b, const ValueQuestion& question) {
  const double fit = std::floor(question.draws / static_cast<double>(a.size() + b.size()));
  if (fit < kLeastReplicates) return;
  BootstrapOptions options;
  options.replicates = fit > kMostReplicates ? kMostReplicates : static_cast<std::uint32_t>(fit);
  options.confidence = 1 - question.alpha;
  const Outcome<Bootstrap> drawn = bootstrap_mean_difference(a, b, options);
  if (!drawn.ok()) return;
  pair.bootstrap = drawn.value();
  pair.replicates = options.replicates;
}

void compare_visitors(ValuePair& pair, const ArmRevenue& a, const ArmRevenue& b, const ValueQuestion& question) {
  Values tested_a = a.revenue, tested_b = b.revenue;
  if (const auto before = covariates(a, b)) {
    const Outcome<Cuped> cuped = cuped_test(tested_a, before->first, tested_b, before->second, 1 - question.alpha);
    if (cuped.ok()) {
      pair.cuped = cuped.value();
      pair.p = cuped.value().difference.p_two_sided;
      adjust(tested_a, before->first, cuped.value().theta);
      adjust(tested_b, before->second, cuped.value().theta);
    }
  }
  resample(pair, tested_a, tested_b, question);
  pair.p_without_largest = without_largest(a, b, std::move(tested_a), std::move(tested_b));
  const Orders of_a(a), of_b(b);
  const Outcome<RatioMetric> ratio_a = ratio_metric(of_a.revenue, of_a.orders), ratio_b = ratio_metric(of_b.revenue, of_b.orders);
  if (!ratio_a.ok() || !ratio_b.ok()) return;
  const Outcome<RatioDifference> ratio = compare_ratio_metrics(ratio_a.value(), ratio_b.value(), 1 - question.alpha);
  if (ratio.ok()) pair.ratio = ratio.value();
}

std::string_view refusal(const Undefined& reason) {
  if (reason.code == "no_rows" || reason.code == "too_few_rows") return "too_few";
  if (reason.code == "denominator_zero") return "nothing_varies";
  return reason.code == "out_of_range" ? "sums_impossible" : "not_finite";
}

ValuePair compare(const Experiment& experiment, std::size_t arm, const ValueQuestion& question) {
  ValuePair pair;
  pair.arm = arm;
  const ExperimentArm &a = experiment.arms[0], &b = experiment.arms[arm];
  const bool is_of_visitors = experiment.revenue == RevenueBasis::kVisitors;
  const Outcome<Moments> of_a = is_of_visitors ? moments_of(a.revenue.revenue) : moments_of_sums(a.revenue.visitors, a.revenue.sum, a.revenue.squares);
  const Outcome<Moments> of_b = is_of_visitors ? moments_of(b.revenue.revenue) : moments_of_sums(b.revenue.visitors, b.revenue.sum, b.revenue.squares);
  if (!of_a.ok() || !of_b.ok()) {
    pair.verdict = refusal(of_a.ok() ? of_b.reason() : of_a.reason());
    return pair;
  }
  const Outcome<MeanDifference> welch = welch_test(of_a.value(), of_b.value(), 1 - question.alpha);
  if (!welch.ok()) {
    pair.verdict = refusal(welch.reason());
    return pair;
  }
  pair.welch = welch.value();
  pair.p = welch.value().p_two_sided;
  pair.is_tested = true;
  if (is_of_visitors) compare_visitors(pair, a.revenue, b.revenue, question);
  return pair;
}

double payers_of(const Experiment& experiment, const ValueEvidence& e, std::size_t arm) { return e.arms[arm].payers.value_or(experiment.arms[arm].counts.k); }

std::string_view judge(const ValuePair& pair, double payers, double alpha) {
  if (payers < kLeastOutcomes) return "too_few";
  const double difference = pair.cuped ? pair.cuped->difference.difference : pair.welch->difference;
  const bool is_shown = pair.holm.value_or(pair.p) <= alpha;
  const bool is_resampled = !pair.bootstrap || pair.bootstrap->interval.low > 0 || pair.bootstrap->interval.high < 0;
  if (pair.bootstrap && (pair.p <= alpha) != is_resampled) return "methods_disagree";
  if (!is_shown) return "no_difference_shown";
  if (pair.p_without_largest && *pair.p_without_largest > alpha) return "one_visitor";
  return difference > 0 ? "higher" : "lower";
}

bool is_before_planned_size(const ValueEvidence& e, const ValueQuestion& question) {
  if (!question.visitors_per_arm) return false;
  return std::any_of(e.arms.begin(), e.arms.end(), [&](const ArmValue& arm) { return arm.visitors < *question.visitors_per_arm; });
}

void adjust_pairs(ValueEvidence& e) {
  std::vector<double> p;
  for (const ValuePair& pair : e.pairs) {
    if (pair.is_tested) p.push_back(pair.p);
  }
  if (p.empty()) return;
  e.p = *std::min_element(p.begin(), p.end());
  if (e.pairs.size() < 2) return;
  const Outcome<std::vector<double>> adjusted = adjust_p_values(p, Adjustment::kHolm);
  if (!adjusted.ok()) return;
  std::size_t at = 0;
  for (ValuePair& pair : e.pairs) {
    if (pair.is_tested) pair.holm = adjusted.value()[at++];
  }
  e.p = *std::min_element(adjusted.value().begin(), adjusted.value().end());
}

std::string_view sum_up(const ValueEvidence& e) {
  if (e.pairs.size() == 1) return e.pairs[0].verdict;
  std::string_view said = "arms_not_shown";
  for (const ValuePair& pair : e.pairs) {
    if (!pair.is_tested || pair.verdict == "too_few") return pair.verdict;
    if (pair.verdict == "higher" || pair.verdict == "lower") said = "arms_differ";
  }
  return said;
}

}  // namespace

ValueEvidence weigh_revenue(const Experiment& experiment, const ValueQuestion& question) {
  ValueEvidence e;
  const bool has_sums = experiment.revenue == RevenueBasis::kSum || experiment.revenue == RevenueBasis::kSums;
  if (experiment.arms.size() < 2) e.verdict = "one_arm";
  else if (experiment.is_currency_mixed) e.verdict = "currency_mixed";
  else if (has_sums && experiment.use.without_revenue > 0) e.verdict = "sums_incomplete";
  if (!e.verdict.empty()) return e;
  for (const ExperimentArm& arm : experiment.arms) e.arms.push_back(describe(arm.revenue, experiment.revenue));
  if (experiment.revenue == RevenueBasis::kSum) {
    e.verdict = "sums_only";
    return e;
  }
  for (std::size_t arm = 1; arm < experiment.arms.size(); ++arm) e.pairs.push_back(compare(experiment, arm, question));
  adjust_pairs(e);
  for (ValuePair& pair : e.pairs) {
    if (pair.is_tested) pair.verdict = judge(pair, payers_of(experiment, e, 0) + payers_of(experiment, e, pair.arm), question.alpha);
  }
  e.verdict = question.counts_verdict == "srm_alarm" ? "srm_alarm" : is_before_planned_size(e, question) ? "not_planned_size" : sum_up(e);
  return e;
}

}  // namespace kpi
