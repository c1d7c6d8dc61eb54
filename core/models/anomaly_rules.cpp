#include "core/models/anomaly_rules.h"

#include <algorithm>
#include <cmath>

#include "core/models/quantiles.h"
#include "core/models/sample_summary.h"

namespace kpi {
namespace {

constexpr double kNormalConsistency = 1.4826;
/// The largest |z| of n values is (n - 1) / sqrt(n): above 3 from 11 on.
constexpr std::size_t kLeastForZ = 11;

Outcome<std::vector<double>> scores(const std::vector<double>& values, double middle, double spread, const char* name) {
  if (spread == 0) return Undefined{"denominator_zero", {name}};
  std::vector<double> result;
  for (const double v : values) {
    result.push_back((v - middle) / spread);
    if (!std::isfinite(result.back())) return Undefined{"not_finite", {}};
  }
  return result;
}

}  // namespace

Outcome<AnomalyRules> anomaly_rules(const std::vector<double>& values) {
  const Outcome<SampleSummary> summary = summarise(values);
  if (!summary.ok()) return summary.reason();
  const SampleSummary& s = summary.value();
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  AnomalyRules rules{Undefined{"too_few_rows", {}}, Undefined{"too_few_rows", {}}, sorted_quantile(sorted, 0.25), sorted_quantile(sorted, 0.75), {}, {}};
  if (values.size() >= kLeastForZ) rules.z = scores(values, s.mean, *s.standard_deviation, "standard_deviation");
  rules.robust_z = scores(values, s.median, kNormalConsistency * s.median_absolute_deviation, "median_absolute_deviation");
  const double range = s.interquartile_range;
  rules.inner = {rules.lower_quartile - 1.5 * range, rules.upper_quartile + 1.5 * range};
  rules.outer = {rules.lower_quartile - 3 * range, rules.upper_quartile + 3 * range};
  if (!std::isfinite(rules.outer.lower) || !std::isfinite(rules.outer.upper)) return Undefined{"not_finite", {}};
  return rules;
}

std::vector<std::size_t> beyond(const std::vector<double>& scores, double limit) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (std::fabs(scores[i]) > limit) found.push_back(i);
  }
  return found;
}

std::vector<std::size_t> outside(const std::vector<double>& values, Fences fences) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] < fences.lower || values[i] > fences.upper) found.push_back(i);
  }
  return found;
}

}  // namespace kpi
