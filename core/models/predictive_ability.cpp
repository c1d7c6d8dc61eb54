#include "core/models/predictive_ability.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/sum.h"
#include "core/models/special_functions.h"

namespace kpi {

Outcome<PredictiveAbility> predictive_ability(const std::vector<double>& gains) {
  const std::size_t n = gains.size();
  if (n < 3) return Undefined{"too_few_rows", {}};
  if (!std::all_of(gains.begin(), gains.end(), [](double g) { return std::isfinite(g); })) return Undefined{"not_finite", {}};
  const double count = static_cast<double>(n);
  Sum sum;
  for (const double gain : gains) sum.add(gain);
  const double mean = sum.value() / count;
  if (!std::isfinite(mean)) return Undefined{"not_finite", {}};
  std::size_t frequencies = 1;
  while ((frequencies + 1) * (frequencies + 1) * (frequencies + 1) <= n) ++frequencies;
  // The long-run variance is 2 pi times the mean of the periodogram, |sum of d exp(-i w t)|^2 / (2 pi n).
  double power = 0;
  for (std::size_t j = 1; j <= frequencies; ++j) {
    Sum real, imaginary;
    for (std::size_t t = 0; t < n; ++t) {
      const double angle = 2 * std::numbers::pi * static_cast<double>(j * t % n) / count;
      real.add((gains[t] - mean) * std::cos(angle));
      imaginary.add((gains[t] - mean) * std::sin(angle));
    }
    power += (real.value() * real.value() + imaginary.value() * imaginary.value()) / count;
  }
  const double variance = power / static_cast<double>(frequencies), df = 2 * static_cast<double>(frequencies);
  PredictiveAbility result{mean, std::sqrt(variance / count), df, mean > 0 ? 0.0 : 1.0};
  if (!std::isfinite(result.standard_error)) return Undefined{"not_finite", {}};
  const double t = mean / result.standard_error;
  if (result.standard_error > 0 && std::isfinite(t)) result.p = t > 0 ? student_two_sided(t, df) / 2 : 1 - student_two_sided(t, df) / 2;
  return result;
}

}  // namespace kpi
