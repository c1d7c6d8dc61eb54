#include "core/engine/member_rates.h"

#include <cmath>

namespace kpi {

Interval difference_interval(const Proportion& a, const Proportion& b) {
  const double p = a.k / a.n, q = b.k / b.n;
  const Interval of_a = wilson_interval(a.k, a.n), of_b = wilson_interval(b.k, b.n);
  const double below = std::sqrt((p - of_a.low) * (p - of_a.low) + (of_b.high - q) * (of_b.high - q));
  const double above = std::sqrt((of_a.high - p) * (of_a.high - p) + (q - of_b.low) * (q - of_b.low));
  return {p - q - below, p - q + above};
}

MemberRate member_rate(const Proportion& member, const std::optional<Proportion>& all) {
  MemberRate rate{member, wilson_interval(member.k, member.n), std::nullopt};
  if (!all) return rate;
  const Proportion others{all->k - member.k, all->n - member.n};
  if (!(others.n > 0) || others.k < 0 || others.k > others.n) return rate;
  const Interval difference = difference_interval(member, others);
  rate.differs = difference.low > 0 || difference.high < 0;
  return rate;
}

}  // namespace kpi
