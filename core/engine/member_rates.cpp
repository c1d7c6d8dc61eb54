#include "core/engine/member_rates.h"

namespace kpi {

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
