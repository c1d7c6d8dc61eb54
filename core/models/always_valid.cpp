#include "core/models/always_valid.h"

#include <algorithm>
#include <cmath>

#include "core/models/two_proportions.h"

namespace kpi {
namespace {

bool has_fallen(const Proportion& before, const Proportion& now) { return now.k < before.k || now.n < before.n; }
double variance_of(const Proportion& p) { return p.k / p.n * (1 - p.k / p.n) / p.n; }

}  // namespace

Outcome<std::vector<AlwaysValidLook>> always_valid_test(std::span<const Look> looks, double tau, double alpha) {
  if (!(tau > 0 && std::isfinite(tau)) || !(alpha > 0 && alpha < 1)) return Undefined{"out_of_range", {}};
  if (looks.empty()) return Undefined{"no_rows", {}};
  std::vector<AlwaysValidLook> results;
  double p = 1;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    const Look& look = looks[i];
    if (std::optional<Undefined> refused = refuse_counts(look.a, look.b)) return *refused;
    if (i > 0 && (has_fallen(looks[i - 1].a, look.a) || has_fallen(looks[i - 1].b, look.b))) return Undefined{"out_of_range", {}};
    const double difference = look.b.k / look.b.n - look.a.k / look.a.n, variance = variance_of(look.a) + variance_of(look.b);
    AlwaysValidLook result{difference, variance, 0, p, {-1, 1}};
    if (variance > 0) {
      const double mixed = variance + tau * tau;
      result.log_likelihood_ratio = 0.5 * std::log(variance / mixed) + tau * tau * difference * difference / (2 * variance * mixed);
      p = std::min(p, std::exp(-result.log_likelihood_ratio));
      result.p = p;
      const double reach = std::sqrt(variance * mixed) / tau * std::sqrt(2 * std::log(1 / alpha) + std::log(mixed / variance));
      result.interval = {difference - reach, difference + reach};
    }
    results.push_back(result);
  }
  return results;
}

}  // namespace kpi
