#include "core/models/pareto_nbd_fit.h"

#include <array>
#include <cmath>
#include <vector>

#include "core/base/sum.h"
#include "core/models/fit_groups.h"
#include "core/models/log_odds.h"
#include "core/models/pareto_nbd_integral.h"
#include "core/models/rising_factorial.h"

namespace kpi {
namespace {

/// By the logarithms of r, alpha, s, beta.
double log_likelihood_of_all(Groups groups, const Parameters& logs, Parameters& gradient) {
  const ParetoNbd m{std::exp(logs[0]), std::exp(logs[1]), std::exp(logs[2]), std::exp(logs[3])};
  const RisingFactorial of_r(m.r, groups.back().pattern.frequency);
  Sum total, by_r, by_alpha, by_s, by_beta;
  for (const RecencyFrequencyGroup& g : groups) {
    const double x = g.pattern.frequency, age = g.pattern.age, count = g.customers;
    const LogOddsOfLeaving odds = log_odds_of_leaving(m, g.pattern, true);
    const double left = logistic(odds.value);
    const double grown_alpha = std::log1p(age / m.alpha), grown_beta = std::log1p(age / m.beta);
    total.add(count * (of_r.log(g.pattern.frequency) - m.r * grown_alpha - x * std::log(m.alpha + age) - m.s * grown_beta + softplus(odds.value)));
    by_r.add(count * (of_r.derivative(g.pattern.frequency) - grown_alpha + left * odds.by_r));
    by_alpha.add(count * (m.r / m.alpha - (m.r + x) / (m.alpha + age) + left * odds.by_alpha));
    by_s.add(count * (left * odds.by_s - grown_beta));
    by_beta.add(count * (m.s / m.beta - m.s / (m.beta + age) + left * odds.by_beta));
  }
  gradient = {m.r * by_r.value(), m.alpha * by_alpha.value(), m.s * by_s.value(), m.beta * by_beta.value()};
  return total.value();
}

/// alpha such that the mean rate of buying is the observed one were nobody to leave; beta such that half leave in a few lifetimes seen.
std::vector<Parameters> starts_of(const GroupTotals& totals) {
  std::vector<Parameters> starts;
  constexpr std::array<std::array<double, 3>, 3> kShapes = {{{0.5, 0.6, 0.6}, {1.5, 1.2, 3}, {1, 3, 20}}};
  for (const auto& [r, s, lifetimes] : kShapes) {
    starts.push_back({std::log(r), std::log(r * totals.time / totals.purchases), std::log(s), std::log(lifetimes * totals.time / totals.customers)});
  }
  return starts;
}

}  // namespace

Outcome<ParetoNbdFit> fit_pareto_nbd(std::span<const RecencyFrequency> customers) {
  const Outcome<Maximum> top = fit_groups(customers, log_likelihood_of_all, starts_of, {"r", "alpha", "s", "beta"});
  if (!top.ok()) return top.reason();
  const auto [at, error] = natural_estimates(top.value());
  return ParetoNbdFit{{at[0], at[1], at[2], at[3]}, {error[0], error[1], error[2], error[3]}, top.value().value, top.value().iterations};
}

}  // namespace kpi
