#include "core/models/pareto_nbd.h"

#include <algorithm>
#include <cmath>

#include "core/base/sum.h"
#include "core/models/log_odds.h"
#include "core/models/pareto_nbd_integral.h"
#include "core/models/quadrature.h"
#include "core/models/rising_factorial.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

/// (1 - (beta / (beta + t))^(s - 1)) / (s - 1) * beta: the expected time that one of dropout Gamma(s, beta) is alive during t. s = 1 is a
/// logarithm.
double expected_time_alive(double s, double beta, double t) {
  const double logarithm = std::log1p(t / beta), power = (s - 1) * logarithm;
  if (std::fabs(power) < 1e-5) return beta * logarithm * (1 - power / 2 + power * power / 6);
  return beta * -std::expm1(-power) / (s - 1);
}

/// Sums f over 0..end in pieces of at most `longest`.
template <class Function>
double integrate(double end, double longest, const Function& f) {
  const double pieces = std::max(1.0, std::ceil(end / longest)), width = end / pieces;
  Sum total;
  for (double piece = 0; piece < pieces; ++piece) {
    for (const QuadratureNode& node : long_rule()) total.add(node.weight * f(width * (piece + node.at)));
  }
  return total.value() * width;
}

}  // namespace

bool is_possible(const ParetoNbd& m) {
  const auto is_positive = [](double v) { return v > 0 && std::isfinite(v); };
  return is_positive(m.r) && is_positive(m.alpha) && is_positive(m.s) && is_positive(m.beta);
}

double log_likelihood(const ParetoNbd& m, const RecencyFrequency& c) {
  const double buys = log_rising_factorial(m.r, c.frequency) - m.r * std::log1p(c.age / m.alpha) - c.frequency * std::log(m.alpha + c.age);
  return buys - m.s * std::log1p(c.age / m.beta) + softplus(log_odds_of_leaving(m, c, false).value);
}

double probability_alive(const ParetoNbd& m, const RecencyFrequency& c) { return std::exp(-softplus(log_odds_of_leaving(m, c, false).value)); }

double expected_purchases(const ParetoNbd& m, double t) { return m.r / m.alpha * expected_time_alive(m.s, m.beta, t); }

double expected_purchases(const ParetoNbd& m, const RecencyFrequency& c, double t) {
  return probability_alive(m, c) * (m.r + c.frequency) / (m.alpha + c.age) * expected_time_alive(m.s, m.beta + c.age, t);
}

double probability_of_count(const ParetoNbd& m, std::uint32_t count, double t) {
  if (t == 0) return count == 0 ? 1 : 0;
  const double x = count, ways = log_rising_factorial(m.r, count) - log_gamma(x + 1);
  // ln P(count by tau | not left), a negative binomial.
  const auto by = [&](double tau) {
    return ways - m.r * std::log1p(tau / m.alpha) + (count == 0 ? 0 : x * (std::log(tau) - std::log(m.alpha + tau)));
  };
  const double stays = std::exp(by(t) - m.s * std::log1p(t / m.beta));
  // Those who left at tau, in u = ln((least + tau) / least). Steep at either end: pieces by the powers in it.
  const double least = std::min(m.alpha, m.beta), end = std::log1p(t / least);
  const double left = integrate(end, 1 / (1 + (m.r + m.s) / 10 + x / 20), [&](double u) {
    const double tau = least * std::expm1(u);
    return std::exp(by(tau) + std::log(m.s / m.beta) - (m.s + 1) * std::log1p(tau / m.beta) + std::log(least) + u);
  });
  return stays + left;
}

double discounted_expected_purchases(const ParetoNbd& m, const RecencyFrequency& c, double discount) {
  // The integral over t of e^(-discount t) (1 + t / until)^-s, in y = ln(1 + t / until), in pieces over which it falls by e^8 at most; what
  // is below e^-37 does not count.
  const double until = m.beta + c.age, rate = discount * until;
  double end = std::log1p(37 / rate);
  if (m.s > 1) end = std::min(end, 37 / (m.s - 1));
  double time = 0;
  for (double y = 0; y < end;) {
    const double width = std::min({0.5, 8 / (rate * std::exp(y + 0.25) + m.s), end - y});
    for (const QuadratureNode& node : long_rule()) {
      const double at = y + width * node.at;
      time += width * node.weight * std::exp(-rate * std::expm1(at) + (1 - m.s) * at);
    }
    y += width;
  }
  return probability_alive(m, c) * (m.r + c.frequency) / (m.alpha + c.age) * until * time;
}

}  // namespace kpi
