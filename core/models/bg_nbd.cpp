#include "core/models/bg_nbd.h"

#include <algorithm>
#include <cmath>

#include "core/models/log_odds.h"
#include "core/models/rising_factorial.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

constexpr double kManyTerms = 30000;

/// ln of how much likelier "left after the last purchase" is than "alive". frequency > 0.
double log_odds_of_leaving(const BgNbd& m, const RecencyFrequency& c) {
  const double since = std::log1p((c.age - c.recency) / (m.alpha + c.recency));
  return std::log(m.a / (m.b + (c.frequency - 1.0))) + (m.r + c.frequency) * since;
}

/// Weights of the negative binomial from their first one on, without its factor (1 - y)^r, which may be below the least double.
double expected_by_series(const BgNbd& m, double z) {
  const double y = z / (1 + z);
  double weight = 1, made = 0, share = 1, total = 0, scaled_by = 0;
  for (double k = 0;; ++k) {
    total += weight * made;
    const double ratio = y * (m.r + k) / (k + 1);
    if (weight * made <= 1e-12 * total) {
      const double later = std::max(ratio, y);  // bounds every ratio to come once it is below 1
      if (later < 1 && weight * (made + 1 / (1 - later)) <= 1e-18 * total * (1 - later)) break;
    }
    weight *= ratio;
    made += share;
    share *= (m.b + k) / (m.a + m.b + k);
    if (weight > 1e150) {
      weight *= 1e-150;
      total *= 1e-150;
      scaled_by += 150 * std::log(10.0);
    }
  }
  return total > 0 ? std::exp(std::log(total) + scaled_by - m.r * std::log1p(z)) : 0;
}

/// The mean over p of (1 - (1 + p z)^-r) / p, by the trapezoidal rule in s, where logit p = centre + width sinh(s): doubled until it stands.
double expected_by_integral(const BgNbd& m, double z) {
  const double centre = std::log(m.a / m.b), width = std::sqrt(trigamma(m.a) + trigamma(m.b)), end = std::asinh(100.0);
  const double log_constant = -log_beta(m.a, m.b);
  const auto at = [&](double s) {
    const double logit = centre + width * std::sinh(s);
    const double log_p = -softplus(-logit), log_rest = -softplus(logit);
    const double pz = std::exp(std::min(log_p + std::log(z), 700.0));
    const double log_mean = pz < 1e-12 ? std::log(m.r * z) : std::log(-std::expm1(-m.r * std::log1p(pz))) - log_p;
    return width * std::cosh(s) * std::exp(log_constant + m.a * log_p + m.b * log_rest + log_mean);
  };
  int steps = 64;
  double sum = 0;
  for (int i = -steps; i <= steps; ++i) sum += at(end * i / steps);
  double integral = sum * end / steps;
  for (int level = 0; level < 12; ++level) {
    for (int i = -steps; i < steps; ++i) sum += at(end * (i + 0.5) / steps);
    steps *= 2;
    const double finer = sum * end / steps;
    const bool stands = std::fabs(finer - integral) <= 1e-10 * finer;
    integral = finer;
    if (stands) break;
  }
  return integral;
}

}  // namespace

bool is_possible(const BgNbd& m) {
  const auto is_positive = [](double v) { return v > 0 && std::isfinite(v); };
  return is_positive(m.r) && is_positive(m.alpha) && is_positive(m.a) && is_positive(m.b);
}

double log_likelihood(const BgNbd& m, const RecencyFrequency& c) {
  const std::uint32_t x = c.frequency;
  const double stays = log_rising_factorial(m.b, x) - log_rising_factorial(m.a + m.b, x);
  const double buys = log_rising_factorial(m.r, x) - m.r * std::log1p(c.age / m.alpha) - x * std::log(m.alpha + c.age);
  return buys + stays + (x == 0 ? 0 : softplus(log_odds_of_leaving(m, c)));
}

double probability_alive(const BgNbd& m, const RecencyFrequency& c) {
  return c.frequency == 0 ? 1 : std::exp(-softplus(log_odds_of_leaving(m, c)));
}

double expected_purchases(const BgNbd& m, double t) {
  const double z = t / m.alpha;
  if (!(z > 0)) return 0;
  return m.r * z + 45 * (1 + z) < kManyTerms ? expected_by_series(m, z) : expected_by_integral(m, z);
}

double expected_purchases(const BgNbd& m, const RecencyFrequency& c, double t) {
  return probability_alive(m, c) * expected_purchases(BgNbd{m.r + c.frequency, m.alpha + c.age, m.a, m.b + c.frequency}, t);
}

double probability_of_count(const BgNbd& m, std::uint32_t count, double t) {
  const double x = count, y = t / (m.alpha + t);
  const double stays = log_rising_factorial(m.b, count) - log_rising_factorial(m.a + m.b, count);
  if (count == 0) return std::exp(-m.r * std::log1p(t / m.alpha));
  if (t == 0) return 0;
  const double exactly = log_rising_factorial(m.r, count) - log_gamma(x + 1) - m.r * std::log1p(t / m.alpha) + x * std::log(y);
  const double leaves = stays + std::log(m.a / (m.b + (x - 1)));
  return std::exp(stays + exactly) + std::exp(leaves) * beta_cdf(y, x, m.r);
}

}  // namespace kpi
