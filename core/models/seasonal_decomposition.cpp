#include "core/models/seasonal_decomposition.h"

#include <cmath>

#include "core/base/sum.h"

namespace kpi {

Outcome<Decomposition> decompose(const std::vector<double>& values, std::size_t season, Seasonality kind) {
  const bool is_factor = kind == Seasonality::kMultiplicative;
  if (season < 2 || kind == Seasonality::kNone) return Undefined{"out_of_range", {"season"}};
  if (values.size() / 2 < season) return Undefined{"too_few_rows", {}};
  for (const double v : values) {
    if (!std::isfinite(v)) return Undefined{"not_finite", {}};
    if (is_factor && !(v > 0)) return Undefined{"out_of_range", {"value"}};
  }
  const std::size_t half = season / 2;
  const bool is_even = season % 2 == 0;
  Decomposition d{half, {}, std::vector<double>(season, 0)};
  std::vector<Sum> differences(season);
  std::vector<double> counts(season, 0);
  for (std::size_t i = half; i + half < values.size(); ++i) {
    Sum around;  // an even season is centred on a value by halves of its two ends
    for (std::size_t j = i - half; j <= i + half; ++j) around.add(is_even && (j == i - half || j == i + half) ? values[j] / 2 : values[j]);
    const double trend = around.value() / static_cast<double>(season);
    if (!std::isfinite(trend)) return Undefined{"not_finite", {}};
    d.trend.push_back(trend);
    differences[i % season].add(is_factor ? values[i] / trend : values[i] - trend);
    counts[i % season] += 1;
  }
  Sum all;
  for (std::size_t s = 0; s < season; ++s) {
    d.seasons[s] = differences[s].value() / counts[s];
    all.add(d.seasons[s]);
  }
  const double mean = all.value() / static_cast<double>(season);
  for (double& s : d.seasons) {
    s = is_factor ? s / mean : s - mean;
    if (!std::isfinite(s)) return Undefined{"not_finite", {}};
  }
  return d;
}

}  // namespace kpi
