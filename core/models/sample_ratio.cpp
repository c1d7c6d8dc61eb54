#include "core/models/sample_ratio.h"

#include <cmath>

#include "core/base/sum.h"
#include "core/models/special_functions.h"

namespace kpi {

Outcome<ChiSquareTest> sample_ratio_test(std::span<const double> visitors, std::span<const double> planned) {
  if (visitors.size() != planned.size()) return Undefined{"out_of_range", {}};
  if (visitors.size() < 2) return Undefined{"too_few_rows", {}};
  Sum all, plan;
  for (std::size_t i = 0; i < visitors.size(); ++i) {
    if (!std::isfinite(visitors[i]) || !std::isfinite(planned[i])) return Undefined{"not_finite", {}};
    if (visitors[i] < 0 || !(planned[i] > 0)) return Undefined{"out_of_range", {}};
    all.add(visitors[i]);
    plan.add(planned[i]);
  }
  if (!(all.value() > 0)) return Undefined{"no_rows", {}};
  Sum statistic;
  for (std::size_t i = 0; i < visitors.size(); ++i) {
    const double expected = all.value() * planned[i] / plan.value(), distance = visitors[i] - expected;
    statistic.add(distance * distance / expected);
  }
  const double freedom = static_cast<double>(visitors.size() - 1);
  if (!std::isfinite(statistic.value())) return Undefined{"not_finite", {}};
  return ChiSquareTest{statistic.value(), freedom, chi_square_upper(statistic.value(), freedom)};
}

}  // namespace kpi
