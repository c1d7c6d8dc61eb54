#include "core/models/bg_nbd_fit.h"

#include <array>
#include <cmath>
#include <vector>

#include "core/base/sum.h"
#include "core/models/fit_groups.h"
#include "core/models/log_odds.h"
#include "core/models/rising_factorial.h"

namespace kpi {
namespace {

/// By the logarithms of r, alpha, a, b.
double log_likelihood_of_all(Groups groups, const Parameters& logs, Parameters& gradient) {
  const double r = std::exp(logs[0]), alpha = std::exp(logs[1]), a = std::exp(logs[2]), b = std::exp(logs[3]);
  const std::uint32_t most = groups.back().pattern.frequency;
  const RisingFactorial of_r(r, most), of_b(b, most), of_ab(a + b, most);
  const double log_alpha = std::log(alpha);
  Sum total, by_r, by_alpha, by_a, by_b;
  for (const RecencyFrequencyGroup& g : groups) {
    const std::uint32_t x = g.pattern.frequency;
    const double until = std::log(alpha + g.pattern.age), count = g.customers, rx = r + x;
    double value = of_r.log(x) + r * (log_alpha - until) - x * until + of_b.log(x) - of_ab.log(x);
    double d_r = of_r.derivative(x) + log_alpha - until;
    double d_alpha = r / alpha - rx / (alpha + g.pattern.age);
    double d_a = -of_ab.derivative(x), d_b = of_b.derivative(x) - of_ab.derivative(x);
    if (x > 0) {
      const double since = until - std::log(alpha + g.pattern.recency), before = b + (x - 1.0);
      const double odds = std::log(a / before) + rx * since;
      const double left = logistic(odds);  // the probability of having left
      value += softplus(odds);
      d_r += left * since;
      d_alpha += left * rx * (1 / (alpha + g.pattern.age) - 1 / (alpha + g.pattern.recency));
      d_a += left / a;
      d_b -= left / before;
    }
    total.add(count * value);
    by_r.add(count * d_r);
    by_alpha.add(count * d_alpha);
    by_a.add(count * d_a);
    by_b.add(count * d_b);
  }
  gradient = {r * by_r.value(), alpha * by_alpha.value(), a * by_a.value(), b * by_b.value()};
  return total.value();
}

/// alpha such that the mean rate of buying is the observed one were nobody to leave.
std::vector<Parameters> starts_of(const GroupTotals& totals) {
  std::vector<Parameters> starts;
  constexpr std::array<std::array<double, 3>, 3> kShapes = {{{0.3, 0.6, 2}, {1.5, 0.3, 1}, {0.8, 2, 6}}};
  for (const auto& [r, a, b] : kShapes) {
    starts.push_back({std::log(r), std::log(r * totals.time / totals.purchases), std::log(a), std::log(b)});
  }
  return starts;
}

}  // namespace

Outcome<BgNbdFit> fit_bg_nbd(std::span<const RecencyFrequency> customers) {
  const Outcome<Maximum> top = fit_groups(customers, log_likelihood_of_all, starts_of, {"r", "alpha", "a", "b"});
  if (!top.ok()) return top.reason();
  const auto [at, error] = natural_estimates(top.value());
  return BgNbdFit{{at[0], at[1], at[2], at[3]}, {error[0], error[1], error[2], error[3]}, top.value().value, top.value().iterations};
}

}  // namespace kpi
