#include "core/models/mann_whitney.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/base/sum.h"
#include "core/models/score_groups.h"
#include "core/models/special_functions.h"

namespace kpi {

Outcome<MannWhitney> mann_whitney_test(std::span<const double> a, std::span<const double> b) {
  if (a.empty() || b.empty()) return Undefined{"no_rows", {}};
  std::vector<double> values(a.begin(), a.end());
  values.insert(values.end(), b.begin(), b.end());
  std::vector<std::uint8_t> is_b(values.size(), 0);
  std::fill(is_b.begin() + static_cast<std::ptrdiff_t>(a.size()), is_b.end(), std::uint8_t{1});
  const Outcome<ScoreGroups> grouped = group_by_score(values, is_b);
  if (!grouped.ok()) return grouped.reason();
  if (grouped.value().groups.size() == 1) return Undefined{"denominator_zero", {}};
  Sum wins, ties;
  double a_below = 0;
  for (const ScoreGroup& g : grouped.value().groups) {
    const double of_a = static_cast<double>(g.others), of_b = static_cast<double>(g.converted), together = of_a + of_b;
    wins.add(of_b * (a_below + 0.5 * of_a));
    ties.add(together * together * together - together);
    a_below += of_a;
  }
  const double na = static_cast<double>(a.size()), nb = static_cast<double>(b.size()), all = na + nb, pairs = na * nb;
  const double deviation = std::sqrt(pairs / 12 * (all + 1 - ties.value() / (all * (all - 1))));
  const double distance = std::fabs(wins.value() - pairs / 2);
  const auto p = [deviation](double from_middle) { return std::min(2 * normal_upper(from_middle / deviation), 1.0); };
  return MannWhitney{wins.value(), wins.value() / pairs, p(distance > 0 ? distance - 0.5 : 0), p(distance)};
}

}  // namespace kpi
