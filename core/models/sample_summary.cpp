#include "core/models/sample_summary.h"

#include <algorithm>
#include <cmath>

#include "core/base/sum.h"
#include "core/models/quantiles.h"

namespace kpi {
namespace {

double mean_of(const std::vector<double>& values, std::size_t first, std::size_t last) {
  Sum sum;
  for (std::size_t i = first; i < last; ++i) sum.add(values[i]);
  return sum.value() / static_cast<double>(last - first);
}

}  // namespace

Outcome<SampleSummary> summarise(std::vector<double> values) {
  if (values.empty()) return Undefined{"no_rows", {}};
  if (!std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); })) return Undefined{"not_finite", {}};
  std::sort(values.begin(), values.end());
  SampleSummary s{};
  const std::size_t trimmed = values.size() / 10;
  s.count = values.size();
  s.mean = mean_of(values, 0, values.size());
  s.median = sorted_quantile(values, 0.5);
  s.trimmed_mean = mean_of(values, trimmed, values.size() - trimmed);
  s.interquartile_range = sorted_quantile(values, 0.75) - sorted_quantile(values, 0.25);
  Sum squares;
  for (const double v : values) squares.add((v - s.mean) * (v - s.mean));
  if (values.size() > 1) s.standard_deviation = std::sqrt(squares.value() / static_cast<double>(values.size() - 1));
  for (double& v : values) v = std::fabs(v - s.median);
  std::sort(values.begin(), values.end());
  s.median_absolute_deviation = sorted_quantile(values, 0.5);
  const bool is_finite = std::isfinite(s.mean) && std::isfinite(squares.value()) && std::isfinite(s.interquartile_range);
  if (!is_finite) return Undefined{"not_finite", {}};
  return s;
}

}  // namespace kpi
