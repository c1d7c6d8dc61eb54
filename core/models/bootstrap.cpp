#include "core/models/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/sum.h"
#include "core/models/mean_difference.h"
#include "core/models/quantiles.h"
#include "core/models/seeded_random.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

double resampled_mean(std::span<const double> values, SeededRandom& random) {
  const std::uint32_t n = static_cast<std::uint32_t>(values.size());
  Sum sum;
  for (std::uint32_t i = 0; i < n; ++i) sum.add(values[random.below(n)]);
  return sum.value() / n;
}

void add_skewness(std::span<const double> values, double mean, double sign, Sum& squares, Sum& cubes) {
  const double n = static_cast<double>(values.size());
  for (const double value : values) {
    const double u = sign * (value - mean) / n;
    squares.add(u * u);
    cubes.add(u * u * u);
  }
}

std::optional<Interval> corrected(const std::vector<double>& sorted, double difference, double acceleration, double tail) {
  const double below = static_cast<double>(std::lower_bound(sorted.begin(), sorted.end(), difference) - sorted.begin());
  const double share = below / static_cast<double>(sorted.size());
  if (!(share > 0 && share < 1)) return std::nullopt;
  const double shift = normal_quantile(share);
  const auto place = [&](double p) {
    const double z = shift + normal_quantile(p);
    return normal_cdf(shift + z / (1 - acceleration * z));
  };
  const double low = place(tail), high = place(1 - tail);
  if (!(low >= 0 && low <= high && high <= 1)) return std::nullopt;
  return Interval{sorted_quantile(sorted, low), sorted_quantile(sorted, high)};
}

}  // namespace

Outcome<Bootstrap> bootstrap_mean_difference(std::span<const double> a, std::span<const double> b, const BootstrapOptions& options) {
  if (!(options.confidence > 0 && options.confidence < 1) || options.replicates < 100) return Undefined{"out_of_range", {}};
  if (a.size() < 2 || b.size() < 2) return Undefined{"too_few_rows", {}};
  if (static_cast<std::uint64_t>(std::max(a.size(), b.size())) > 0xFFFFFFFFU) return Undefined{"out_of_range", {}};
  const Outcome<Moments> of_a = moments_of(a), of_b = moments_of(b);
  if (!of_a.ok()) return of_a.reason();
  if (!of_b.ok()) return of_b.reason();
  SeededRandom random(options.seed);
  std::vector<double> differences(options.replicates);
  for (double& difference : differences) {
    const double mean_a = resampled_mean(a, random);
    difference = resampled_mean(b, random) - mean_a;
  }
  const Outcome<Moments> spread = moments_of(differences);
  if (!spread.ok()) return spread.reason();
  std::sort(differences.begin(), differences.end());
  const double tail = (1 - options.confidence) / 2;
  Bootstrap result{};
  result.difference = of_b.value().mean - of_a.value().mean;
  result.standard_error = std::sqrt(spread.value().variance);
  result.bias = spread.value().mean - result.difference;
  result.interval = {sorted_quantile(differences, tail), sorted_quantile(differences, 1 - tail)};
  const double reach = normal_quantile(1 - tail) * result.standard_error, center = result.difference - result.bias;
  result.normal = {center - reach, center + reach};
  result.basic = {2 * result.difference - result.interval.high, 2 * result.difference - result.interval.low};
  Sum squares, cubes;
  add_skewness(a, of_a.value().mean, -1, squares, cubes);
  add_skewness(b, of_b.value().mean, 1, squares, cubes);
  const double scale = squares.value() * std::sqrt(squares.value());
  result.corrected = corrected(differences, result.difference, scale > 0 ? cubes.value() / (6 * scale) : 0, tail);
  return result;
}

}  // namespace kpi
