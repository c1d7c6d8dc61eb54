#include "core/models/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/sum.h"
#include "core/models/mean_difference.h"
#include "core/models/seeded_random.h"

namespace kpi {
namespace {

double resampled_mean(std::span<const double> values, SeededRandom& random) {
  const std::uint32_t n = static_cast<std::uint32_t>(values.size());
  Sum sum;
  for (std::uint32_t i = 0; i < n; ++i) sum.add(values[random.below(n)]);
  return sum.value() / n;
}

double percentile(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1), below = std::floor(place);
  const std::size_t i = static_cast<std::size_t>(below);
  return i + 1 < sorted.size() ? sorted[i] + (place - below) * (sorted[i + 1] - sorted[i]) : sorted.back();
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
  return Bootstrap{of_b.value().mean - of_a.value().mean, std::sqrt(spread.value().variance),
                   {percentile(differences, tail), percentile(differences, 1 - tail)}};
}

}  // namespace kpi
