#include "core/models/pareto_nbd_fit.h"

#include <array>
#include <cmath>
#include <vector>

#include "core/base/sum.h"
#include "core/models/log_odds.h"
#include "core/models/maximise.h"
#include "core/models/pareto_nbd_integral.h"
#include "core/models/rising_factorial.h"

namespace kpi {
namespace {

using Groups = std::vector<RecencyFrequencyGroup>;
using Eigen::VectorXd;

/// By the logarithms of r, alpha, s, beta.
double log_likelihood_of_all(const Groups& groups, const VectorXd& logs, VectorXd& gradient) {
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
  gradient << m.r * by_r.value(), m.alpha * by_alpha.value(), m.s * by_s.value(), m.beta * by_beta.value();
  return total.value();
}

/// alpha such that the mean rate of buying is the observed one were nobody to leave; beta such that half leave in a few lifetimes seen.
std::vector<VectorXd> starts_of(const Groups& groups) {
  double purchases = 0, time = 0, customers = 0;
  for (const RecencyFrequencyGroup& g : groups) {
    purchases += g.customers * g.pattern.frequency;
    time += g.customers * g.pattern.age;
    customers += g.customers;
  }
  std::vector<VectorXd> starts;
  constexpr std::array<std::array<double, 3>, 3> kShapes = {{{0.5, 0.6, 0.6}, {1.5, 1.2, 3}, {1, 3, 20}}};
  for (const auto& [r, s, lifetimes] : kShapes) {
    VectorXd start(4);
    start << std::log(r), std::log(r * time / purchases), std::log(s), std::log(lifetimes * time / customers);
    starts.push_back(start);
  }
  return starts;
}

}  // namespace

Outcome<ParetoNbdFit> fit_pareto_nbd(std::span<const RecencyFrequency> customers) {
  Outcome<Groups> grouped = group_customers(customers);
  if (!grouped.ok()) return grouped.reason();
  const Groups& groups = grouped.value();
  double repeaters = 0;
  for (const RecencyFrequencyGroup& g : groups) repeaters += g.pattern.frequency > 0 ? g.customers : 0;
  if (repeaters < kLeastRepeaters) return Undefined{"too_few_rows", {"repeat_customers"}};
  const auto objective = [&groups](const VectorXd& at, VectorXd& gradient) { return log_likelihood_of_all(groups, at, gradient); };
  const Outcome<Maximum> top = maximise(objective, starts_of(groups), {"r", "alpha", "s", "beta"});
  if (!top.ok()) return top.reason();
  const Eigen::Array4d at = top.value().at.array().exp();
  const Eigen::Array4d error = at * top.value().covariance.diagonal().array().sqrt();
  return ParetoNbdFit{{at[0], at[1], at[2], at[3]}, {error[0], error[1], error[2], error[3]}, top.value().value, top.value().iterations};
}

}  // namespace kpi
