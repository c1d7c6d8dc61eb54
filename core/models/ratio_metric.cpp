#include "core/models/ratio_metric.h"

#include <cmath>

#include "core/base/sum.h"
#include "core/models/special_functions.h"

namespace kpi {

Outcome<RatioMetric> ratio_metric(std::span<const double> numerators, std::span<const double> denominators) {
  if (numerators.size() != denominators.size()) return Undefined{"out_of_range", {}};
  if (numerators.size() < 2) return Undefined{"too_few_rows", {}};
  Sum above, below, squares;
  for (std::size_t i = 0; i < numerators.size(); ++i) {
    if (!std::isfinite(numerators[i]) || !std::isfinite(denominators[i])) return Undefined{"not_finite", {}};
    above.add(numerators[i]);
    below.add(denominators[i]);
  }
  if (below.value() == 0) return Undefined{"denominator_zero", {}};
  const double n = static_cast<double>(numerators.size()), ratio = above.value() / below.value(), mean = below.value() / n;
  // The three moments of the formula are the variance of numerator - ratio * denominator, whose mean is 0.
  for (std::size_t i = 0; i < numerators.size(); ++i) {
    const double residual = numerators[i] - ratio * denominators[i];
    squares.add(residual * residual);
  }
  const double variance = squares.value() / (n - 1) / n / (mean * mean);
  if (!std::isfinite(ratio) || !std::isfinite(variance)) return Undefined{"not_finite", {}};
  return RatioMetric{ratio, variance};
}

Outcome<RatioDifference> compare_ratio_metrics(const RatioMetric& a, const RatioMetric& b, double confidence) {
  if (!(confidence > 0 && confidence < 1)) return Undefined{"out_of_range", {}};
  const double variance = a.variance + b.variance, difference = b.ratio - a.ratio;
  if (!(variance > 0)) return Undefined{"denominator_zero", {}};
  const double error = std::sqrt(variance), z = difference / error, reach = normal_quantile(0.5 + confidence / 2) * error;
  if (!std::isfinite(z)) return Undefined{"not_finite", {}};
  return RatioDifference{difference, error, z, 2 * normal_upper(std::fabs(z)), {difference - reach, difference + reach}};
}

}  // namespace kpi
