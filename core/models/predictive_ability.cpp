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
  // The long-run variance is 2 pi times the periodogram, |sum of d exp(-i w t)|^2 / (2 pi n), at the lowest frequency w = 2 pi / n.
  Sum real, imaginary;
  for (std::size_t t = 0; t < n; ++t) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(t) / count;
    real.add((gains[t] - mean) * std::cos(angle));
    imaginary.add((gains[t] - mean) * std::sin(angle));
  }
  const double variance = (real.value() * real.value() + imaginary.value() * imaginary.value()) / count, df = 2;
  PredictiveAbility result{mean, std::sqrt(variance / count), df, mean > 0 ? 0.0 : 1.0};
  if (!std::isfinite(result.standard_error)) return Undefined{"not_finite", {}};
  const double t = mean / result.standard_error;
  if (result.standard_error > 0 && std::isfinite(t)) result.p = t > 0 ? student_two_sided(t, df) / 2 : 1 - student_two_sided(t, df) / 2;
  return result;
}

}  // namespace kpi
