#include "core/models/many_arms.h"

#include <algorithm>

#include "core/base/sum.h"
#include "core/models/fisher_exact.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

constexpr double kLeastExpected = 5;

Outcome<ArmPair> compare_pair(std::span<const Proportion> arms, std::size_t a, std::size_t b) {
  const Outcome<TwoProportions> test = compare_proportions(arms[a], arms[b]);
  if (!test.ok()) return test.reason();
  ArmPair pair{a, b, test.value().difference, 1, false, 1};
  if (test.value().pooled) pair.p = test.value().pooled->p_two_sided;
  if (test.value().pooled && test.value().least_expected < kLeastExpected) {
    const Outcome<FisherExact> exact = fisher_exact(arms[a], arms[b]);
    if (!exact.ok()) return exact.reason();
    pair.p = exact.value().p_two_sided;
    pair.is_exact = true;
  }
  return pair;
}

}  // namespace

Outcome<ManyArms> compare_arms(std::span<const Proportion> arms, ArmPairs pairs, Adjustment adjustment) {
  if (arms.size() < 2) return Undefined{"too_few_rows", {}};
  double converted = 0, all = 0, smallest = arms[0].n;
  for (const Proportion& arm : arms) {
    if (std::optional<Undefined> refused = refuse_counts(arm, arm)) return *refused;
    converted += arm.k;
    all += arm.n;
    smallest = std::min(smallest, arm.n);
  }
  if (!(converted > 0 && converted < all)) return Undefined{"denominator_zero", {}};
  const double pooled = converted / all;
  Sum statistic;
  for (const Proportion& arm : arms) {
    const double distance = arm.k - arm.n * pooled;
    statistic.add(distance * distance / (arm.n * pooled * (1 - pooled)));
  }
  const double freedom = static_cast<double>(arms.size() - 1);
  ManyArms result{{statistic.value(), freedom, chi_square_upper(statistic.value(), freedom)}, smallest * std::min(pooled, 1 - pooled) < kLeastExpected, {}};
  std::vector<double> p;
  for (std::size_t a = 0; a < (pairs == ArmPairs::kAll ? arms.size() : 1); ++a) {
    for (std::size_t b = a + 1; b < arms.size(); ++b) {
      const Outcome<ArmPair> pair = compare_pair(arms, a, b);
      if (!pair.ok()) return pair.reason();
      result.pairs.push_back(pair.value());
      p.push_back(pair.value().p);
    }
  }
  const Outcome<std::vector<double>> adjusted = adjust_p_values(p, adjustment);
  if (!adjusted.ok()) return adjusted.reason();
  for (std::size_t i = 0; i < p.size(); ++i) result.pairs[i].p_adjusted = adjusted.value()[i];
  return result;
}

}  // namespace kpi
