#include "core/models/expected_final.h"

#include <algorithm>
#include <cmath>

#include "core/models/special_functions.h"

namespace kpi {
namespace {

struct Moments {
  double mean, relative_variance;
};

/// Of q / (1 - q) with q of Beta(a, b), b above 2.
Moments odds_of_beta(double a, double b) { return {a / (b - 1), (a + b - 1) / (a * (b - 2))}; }

/// The smallest and the largest count between the tails of `tail` each: BetaBinomial(n, a, b), added up from 0.
Interval beta_binomial_interval(double n, double a, double b, double tail) {
  double log_mass = log_beta(a, n + b) - log_beta(a, b), below = 0;
  Interval interval{0, n};
  bool has_low = false;
  for (double u = 0; u <= n; u += 1) {
    below += std::exp(log_mass);
    if (!has_low && below > tail) {
      interval.low = u;
      has_low = true;
    }
    if (below >= 1 - tail) {
      interval.high = u;
      break;
    }
    log_mass += std::log((n - u) / (u + 1) * (u + a) / (n - u - 1 + b));
  }
  return interval;
}

}  // namespace

Outcome<ExpectedFinal> expected_final(const CohortSoFar& c, double confidence) {
  const bool is_whole = c.converted == std::floor(c.converted) && c.entered == std::floor(c.entered);
  if (!is_whole || !(c.converted >= 0 && c.converted <= c.entered && c.entered < 1e15)) return Undefined{"out_of_range", {"converted"}};
  if (!(c.completed >= 0 && c.completed <= 1) || !(c.log_variance >= 0) || std::isinf(c.log_variance)) return Undefined{"out_of_range", {"completed"}};
  if (!(confidence > 0 && confidence < 1)) return Undefined{"out_of_range", {"confidence"}};
  if (c.completed == 0) return Undefined{"denominator_zero", {"completed"}};
  if (c.completed == 1) return ExpectedFinal{c.converted, {c.converted, c.converted}};
  const double count = std::min(c.entered, c.converted / c.completed), left = c.entered - c.converted;
  const double a = c.converted + 0.5, b = left + 0.5;
  ExpectedFinal expected{count, {c.converted, c.entered}};
  if (b <= 2) return expected;
  const Moments odds = odds_of_beta(a, b);
  const double unseen = 1 - c.completed, curve = c.log_variance / (unseen * unseen);
  const double mean = odds.mean * unseen / c.completed;
  const double variance = mean * mean * ((1 + odds.relative_variance) * (1 + curve) - 1);
  if (mean >= 1 || variance >= mean * (1 - mean)) return expected;
  const double size = mean * (1 - mean) / variance - 1;
  const Interval to_come = beta_binomial_interval(left, mean * size, (1 - mean) * size, (1 - confidence) / 2);
  expected.interval = {std::min(count, c.converted + to_come.low), std::max(count, c.converted + to_come.high)};
  return expected;
}

}  // namespace kpi
