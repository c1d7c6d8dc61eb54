#include "core/models/proportion_intervals.h"

#include <algorithm>
#include <cmath>

#include "core/models/find_root.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

double z_of(double confidence) { return normal_quantile(0.5 + confidence / 2); }

Interval around(double share, double trials, double z) {
  const double reach = z * std::sqrt(share * (1 - share) / trials);
  return {std::max(share - reach, 0.0), std::min(share + reach, 1.0)};
}

/// The rate of a that makes the counts likeliest while b's is higher by `difference`: the middle root of a cubic (appendix I there).
double restricted_rate(const Proportion& a, const Proportion& b, double difference) {
  const double all = a.n + b.n;
  const double l3 = all, l2 = (b.n + 2 * a.n) * difference - all - (a.k + b.k);
  const double l1 = (a.n * difference - all - 2 * a.k) * difference + a.k + b.k;
  const double l0 = a.k * difference * (1 - difference);
  const double q = l2 * l2 * l2 / (27 * l3 * l3 * l3) - l1 * l2 / (6 * l3 * l3) + l0 / (2 * l3);
  const double p = std::copysign(std::sqrt(std::max(l2 * l2 / (9 * l3 * l3) - l1 / (3 * l3), 0.0)), q);
  if (p == 0) return -l2 / (3 * l3);
  const double ratio = std::clamp(q / (p * p * p), -1.0, 1.0);
  const double angle = (std::acos(-1.0) + std::acos(ratio)) / 3;
  return 2 * p * std::cos(angle) - l2 / (3 * l3);
}

/// Observed less assumed difference in restricted standard errors; falls with what is assumed.
double score(const Proportion& a, const Proportion& b, double difference) {
  const double all = a.n + b.n;
  const double rate_a = std::clamp(restricted_rate(a, b, difference), std::max(0.0, -difference), std::min(1.0, 1 - difference));
  const double rate_b = std::clamp(rate_a + difference, 0.0, 1.0);
  const double variance = (rate_a * (1 - rate_a) / a.n + rate_b * (1 - rate_b) / b.n) * all / (all - 1);
  const double distance = b.k / b.n - a.k / a.n - difference;
  if (variance > 0) return distance / std::sqrt(variance);
  constexpr double kFar = 1e300;
  return std::fabs(distance) < 1e-12 ? 0 : std::copysign(kFar, distance);
}

}  // namespace

Interval clopper_pearson_interval(const Proportion& p, double confidence) {
  const double tail = (1 - confidence) / 2;
  return {p.k <= 0 ? 0 : beta_quantile(tail, p.k, p.n - p.k + 1), p.k >= p.n ? 1 : beta_quantile(1 - tail, p.k + 1, p.n - p.k)};
}

Interval agresti_coull_interval(const Proportion& p, double confidence) {
  const double z = z_of(confidence), trials = p.n + z * z;
  return around((p.k + z * z / 2) / trials, trials, z);
}

Interval jeffreys_interval(const Proportion& p, double confidence) {
  const double tail = (1 - confidence) / 2;
  return {beta_quantile(tail, p.k + 0.5, p.n - p.k + 0.5), beta_quantile(1 - tail, p.k + 0.5, p.n - p.k + 0.5)};
}

Interval wald_interval(const Proportion& p, double confidence) { return around(p.k / p.n, p.n, z_of(confidence)); }

Interval wilson_corrected_interval(const Proportion& p, double confidence) {
  const double z = z_of(confidence), share = p.k / p.n, scale = 2 * (p.n + z * z), centre = 2 * p.k + z * z;
  const double below = z * std::sqrt(std::max(z * z - 2 - 1 / p.n + 4 * share * (p.n - p.k + 1), 0.0));
  const double above = z * std::sqrt(std::max(z * z + 2 - 1 / p.n + 4 * share * (p.n - p.k - 1), 0.0));
  return {p.k <= 0 ? 0 : std::max((centre - 1 - below) / scale, 0.0), p.k >= p.n ? 1 : std::min((centre + 1 + above) / scale, 1.0)};
}

Interval wald_difference_interval(const Proportion& a, const Proportion& b, double confidence) {
  const double p = a.k / a.n, q = b.k / b.n;
  const double reach = z_of(confidence) * std::sqrt(p * (1 - p) / a.n + q * (1 - q) / b.n);
  return {q - p - reach, q - p + reach};
}

Interval agresti_caffo_interval(const Proportion& a, const Proportion& b, double confidence) {
  return wald_difference_interval({a.k + 1, a.n + 2}, {b.k + 1, b.n + 2}, confidence);
}

Interval miettinen_nurminen_interval(const Proportion& a, const Proportion& b, double confidence) {
  const double z = z_of(confidence), difference = b.k / b.n - a.k / a.n;
  const auto low = [&](double assumed) { return score(a, b, assumed) - z; };
  const auto high = [&](double assumed) { return score(a, b, assumed) + z; };
  // At the observed difference the score is 0; at the ends of what is possible it may still be within the quantile.
  Interval interval{-1, 1};
  if (low(-1) > 0) interval.low = find_root(low, -1, difference);
  if (high(1) < 0) interval.high = find_root(high, difference, 1);
  return interval;
}

std::optional<Interval> ratio_interval(const Proportion& a, const Proportion& b, double confidence) {
  if (!(a.k > 0 && b.k > 0)) return std::nullopt;
  const double ratio = (b.k / b.n) / (a.k / a.n);
  const double reach = z_of(confidence) * std::sqrt(1 / a.k - 1 / a.n + 1 / b.k - 1 / b.n);
  return Interval{ratio * std::exp(-reach), ratio * std::exp(reach)};
}

}  // namespace kpi
