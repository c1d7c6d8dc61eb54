#include "core/models/beta_geometric_beta_binomial.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/base/sum.h"
#include "core/models/maximise.h"
#include "core/models/recency_frequency.h"
#include "core/models/rising_factorial.h"

namespace kpi {
namespace {

using Histories = std::span<const OccasionHistory>;

/// Factors of the likelihood as rising factorials: B(alpha + x, beta + m) / B(alpha, beta) = (alpha)_x (beta)_m / (alpha + beta)_(x + m).
struct Factors {
  Factors(const BgBb& m, std::uint32_t most)
      : buys(m.alpha, most), skips(m.beta, most), either(m.alpha + m.beta, most), stays(m.delta, most), goes(m.gamma + m.delta, most + 1), gamma(m.gamma) {}
  RisingFactorial buys, skips, either, stays, goes;
  double gamma;

  /// x purchases up to occasion k, after which the customer is alive or, unless `is_alive`, leaves.
  double log(std::uint32_t x, std::uint32_t k, bool is_alive) const {
    const double left = is_alive ? -goes.log(k) : std::log(gamma) - goes.log(k + 1);
    return buys.log(x) + skips.log(k - x) - either.log(k) + stays.log(k) + left;
  }
};

struct Likelihood {
  double log = 0, alive = 0;
  std::array<double, 4> derivatives{};
};

Likelihood likelihood_of(const Factors& f, const OccasionHistory& h) {
  const std::uint32_t x = h.frequency, n = h.occasions;
  const double log_alive = f.log(x, n, true);
  double highest = log_alive;
  for (std::uint32_t k = h.last; k < n; ++k) highest = std::max(highest, f.log(x, k, false));
  double total = 0;
  Likelihood out;
  const auto add = [&](std::uint32_t k, bool is_alive) {
    const double weight = std::exp((is_alive ? log_alive : f.log(x, k, false)) - highest);
    const double goes = f.goes.derivative(is_alive ? k : k + 1), either = f.either.derivative(k);
    total += weight;
    out.derivatives[0] += weight * (f.buys.derivative(x) - either);
    out.derivatives[1] += weight * (f.skips.derivative(k - x) - either);
    out.derivatives[2] += weight * ((is_alive ? 0 : 1 / f.gamma) - goes);
    out.derivatives[3] += weight * (f.stays.derivative(k) - goes);
  };
  add(n, true);
  for (std::uint32_t k = h.last; k < n; ++k) add(k, false);
  for (double& d : out.derivatives) d /= total;
  out.log = highest + std::log(total);
  out.alive = std::exp(log_alive - out.log);
  return out;
}

/// By the logarithms of alpha, beta, gamma, delta.
double log_likelihood_of_all(Histories histories, std::uint32_t most, const Parameters& logs, Parameters& gradient) {
  const BgBb m{std::exp(logs[0]), std::exp(logs[1]), std::exp(logs[2]), std::exp(logs[3])};
  const Factors factors(m, most);
  Sum total;
  std::array<Sum, 4> derivatives;
  for (const OccasionHistory& h : histories) {
    const Likelihood one = likelihood_of(factors, h);
    total.add(h.customers * one.log);
    for (std::size_t i = 0; i < 4; ++i) derivatives[i].add(h.customers * one.derivatives[i]);
  }
  gradient = {m.alpha * derivatives[0].value(), m.beta * derivatives[1].value(), m.gamma * derivatives[2].value(), m.delta * derivatives[3].value()};
  return total.value();
}

}  // namespace

double log_likelihood(const BgBb& m, const OccasionHistory& h) { return likelihood_of(Factors(m, h.occasions), h).log; }
double probability_alive(const BgBb& m, const OccasionHistory& h) { return likelihood_of(Factors(m, h.occasions), h).alive; }

double expected_purchases(const BgBb& m, const OccasionHistory& h, std::uint32_t occasions) {
  const double n = h.occasions;
  double stays = 1, sum = 0;
  for (double j = 0; j < occasions; ++j) {
    stays *= (m.delta + n + j) / (m.gamma + m.delta + n + j);
    sum += stays;
  }
  return probability_alive(m, h) * (m.alpha + h.frequency) / (m.alpha + m.beta + n) * sum;
}

Outcome<BgBbFit> fit_bg_bb(Histories histories) {
  if (histories.empty()) return Undefined{"no_rows", {"customers"}};
  std::uint32_t most = 0;
  double buyers = 0;
  for (const OccasionHistory& h : histories) {
    if (!std::isfinite(h.customers)) return Undefined{"not_finite", {"customers"}};
    const bool is_ordered = h.frequency <= h.last && h.last <= h.occasions && h.occasions <= kMostOccasions;
    if (!is_ordered || (h.frequency == 0) != (h.last == 0) || h.customers < 0) return Undefined{"out_of_range", {"customers"}};
    most = std::max(most, h.occasions);
    buyers += h.frequency > 0 ? h.customers : 0;
  }
  if (buyers < kLeastRepeaters) return Undefined{"too_few_rows", {"repeat_customers"}};
  std::vector<Parameters> starts;
  constexpr std::array<std::array<double, 4>, 3> kStarts = {{{1, 1, 0.5, 2}, {0.5, 2, 1, 10}, {3, 3, 2, 6}}};
  for (const auto& [alpha, beta, gamma, delta] : kStarts) {
    starts.push_back({std::log(alpha), std::log(beta), std::log(gamma), std::log(delta)});
  }
  const auto objective = [histories, most](const Parameters& at, Parameters& gradient) { return log_likelihood_of_all(histories, most, at, gradient); };
  const Outcome<Maximum> top = maximise(objective, starts, {"alpha", "beta", "gamma", "delta"});
  if (!top.ok()) return top.reason();
  const auto [at, error] = natural_estimates(top.value());
  return BgBbFit{{at[0], at[1], at[2], at[3]}, {error[0], error[1], error[2], error[3]}, top.value().value, top.value().iterations};
}

}  // namespace kpi
