#include "core/models/sample_size.h"

#include <cmath>

#include "core/models/find_root.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

bool is_inside(double p) { return p > 0 && p < 1; }
bool is_rate(double p) { return p >= 0 && p <= 1; }
bool is_sound(const TestPlan& plan) { return is_inside(plan.alpha) && is_inside(plan.power) && plan.power > plan.alpha; }
double critical(const TestPlan& plan) { return normal_quantile(1 - (plan.is_two_sided ? plan.alpha / 2 : plan.alpha)); }
double spread(double rate) { return rate * (1 - rate); }
double cohens_h(double a, double b) { return 2 * std::asin(std::sqrt(b)) - 2 * std::asin(std::sqrt(a)); }

/// (critical sqrt(variance without a difference) + z of power sqrt(variance with it))^2 / difference^2
double size_by(double without, double with, double difference, const TestPlan& plan) {
  const double sum = critical(plan) * std::sqrt(without) + normal_quantile(plan.power) * std::sqrt(with);
  return sum * sum / (difference * difference);
}

/// Where a test statistic would lie so that its power is the plan's, with both tails counted.
double shift_for_power(const TestPlan& plan) {
  const double z = critical(plan);
  const double one_tail = z + normal_quantile(plan.power);
  if (!plan.is_two_sided) return one_tail;
  return find_root([&](double shift) { return normal_upper(z - shift) + normal_cdf(-z - shift) - plan.power; }, 0, one_tail + 1);
}

double size_of_proportions(double rate_a, double rate_b, const TestPlan& plan, SampleSizeFormula formula) {
  const double difference = rate_b - rate_a, with = spread(rate_a) + spread(rate_b), pooled = 2 * spread((rate_a + rate_b) / 2);
  switch (formula) {
    case SampleSizeFormula::kPooled: break;
    case SampleSizeFormula::kUnpooled: return size_by(with, with, difference, plan);
    case SampleSizeFormula::kBaseline: return size_by(2 * spread(rate_a), with, difference, plan);
    case SampleSizeFormula::kContinuity: {
      const double size = size_by(pooled, with, difference, plan), root = 1 + std::sqrt(1 + 4 / (size * std::fabs(difference)));
      return size / 4 * root * root;
    }
    case SampleSizeFormula::kArcsine: {
      const double ratio = shift_for_power(plan) / cohens_h(rate_a, rate_b);
      return 2 * ratio * ratio;
    }
  }
  return size_by(pooled, with, difference, plan);
}

}  // namespace

Outcome<double> sample_size_of_proportions(double rate_a, double rate_b, const TestPlan& plan, SampleSizeFormula formula) {
  if (!is_rate(rate_a) || !is_rate(rate_b) || !is_sound(plan)) return Undefined{"out_of_range", {}};
  if (rate_a == rate_b) return Undefined{"denominator_zero", {}};
  const double size = size_of_proportions(rate_a, rate_b, plan, formula);
  if (!std::isfinite(size)) return Undefined{"not_finite", {}};
  return size;
}

Outcome<double> power_of_proportions(double rate_a, double rate_b, double visitors, const TestPlan& plan, bool counts_both_tails,
                                     SampleSizeFormula formula) {
  const bool is_sound_plan = is_inside(plan.alpha) && visitors > 0 && std::isfinite(visitors);
  if (!is_rate(rate_a) || !is_rate(rate_b) || !is_sound_plan) return Undefined{"out_of_range", {}};
  double shift = std::fabs(cohens_h(rate_a, rate_b)) * std::sqrt(visitors / 2), threshold = critical(plan);
  if (formula != SampleSizeFormula::kArcsine) {
    const double with = std::sqrt(spread(rate_a) + spread(rate_b));
    if (!(with > 0)) return rate_a == rate_b ? 0.0 : 1.0;  // nothing varies
    shift = std::sqrt(visitors) * std::fabs(rate_b - rate_a) / with;
    threshold *= std::sqrt(2 * spread((rate_a + rate_b) / 2)) / with;
  }
  return normal_upper(threshold - shift) + (counts_both_tails && plan.is_two_sided ? normal_cdf(-threshold - shift) : 0);
}

Outcome<double> minimum_detectable_effect(double rate_a, double visitors, const TestPlan& plan) {
  if (!(rate_a >= 0 && rate_a < 1) || !is_sound(plan) || !(visitors > 0 && std::isfinite(visitors))) return Undefined{"out_of_range", {}};
  const auto lacking = [&](double rise) {
    const Outcome<double> needed = sample_size_of_proportions(rate_a, rate_a + rise, plan);
    return needed.ok() ? needed.value() - visitors : -visitors;
  };
  const double most = 1 - rate_a;
  if (lacking(most) > 0) return Undefined{"too_few_rows", {}};
  const double least = most * 1e-9;
  return lacking(least) <= 0 ? least : find_root(lacking, least, most);
}

Outcome<double> sample_size_of_means_normal(double difference, double deviation, const TestPlan& plan) {
  if (!std::isfinite(difference) || !(deviation > 0 && std::isfinite(deviation)) || !is_sound(plan)) return Undefined{"out_of_range", {}};
  if (difference == 0) return Undefined{"denominator_zero", {}};
  const double size = size_by(2, 2, difference / deviation, plan);
  if (!(size <= 1e12)) return Undefined{"not_finite", {}};
  return size;
}

Outcome<double> sample_size_of_means(double difference, double deviation, const TestPlan& plan) {
  const Outcome<double> normal = sample_size_of_means_normal(difference, deviation, plan);
  if (!normal.ok()) return normal;
  // Beyond, the two agree to all digits that matter, and the series of the noncentral t grows long.
  if (normal.value() > 1e7) return normal;
  const double effect = std::fabs(difference) / deviation;
  const auto excess = [&](double size) {
    const double df = 2 * size - 2, limit = student_quantile(1 - (plan.is_two_sided ? plan.alpha / 2 : plan.alpha), df);
    return student_noncentral_upper(limit, df, effect * std::sqrt(size / 2)) - plan.power;
  };
  const double low = 1.5, high = 2 * normal.value() + 20;
  if (excess(low) >= 0) return low;
  if (excess(high) <= 0) return normal;
  return find_root(excess, low, high, 1e-10);
}

}  // namespace kpi
