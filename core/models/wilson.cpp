#include "core/models/wilson.h"

#include <cmath>

namespace kpi {

Interval wilson_interval(double successes, double trials, double z) {
  const double share = successes / trials;
  const double scale = 1 + z * z / trials;
  const double centre = share + z * z / (2 * trials);
  const double reach = z * std::sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials));
  // At the ends the bound is exact; rounding must not move it.
  const double low = successes <= 0 ? 0 : (centre - reach) / scale;
  const double high = successes >= trials ? 1 : (centre + reach) / scale;
  return {low, high};
}

Interval difference_interval(const Proportion& a, const Proportion& b, double z) {
  const double p = a.k / a.n, q = b.k / b.n;
  const Interval of_a = wilson_interval(a.k, a.n, z), of_b = wilson_interval(b.k, b.n, z);
  const double below = std::sqrt((p - of_a.low) * (p - of_a.low) + (of_b.high - q) * (of_b.high - q));
  const double above = std::sqrt((of_a.high - p) * (of_a.high - p) + (q - of_b.low) * (q - of_b.low));
  return {p - q - below, p - q + above};
}

}  // namespace kpi
