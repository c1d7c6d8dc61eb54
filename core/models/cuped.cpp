#include "core/models/cuped.h"

#include <algorithm>
#include <vector>

#include "core/base/sum.h"

namespace kpi {
namespace {

std::vector<double> joined(std::span<const double> a, std::span<const double> b) {
  std::vector<double> all(a.begin(), a.end());
  all.insert(all.end(), b.begin(), b.end());
  return all;
}

}  // namespace

Outcome<Cuped> cuped_test(std::span<const double> a_outcome, std::span<const double> a_covariate, std::span<const double> b_outcome,
                          std::span<const double> b_covariate, double confidence) {
  if (a_outcome.size() != a_covariate.size() || b_outcome.size() != b_covariate.size()) return Undefined{"out_of_range", {}};
  std::vector<double> outcome = joined(a_outcome, b_outcome);
  const std::vector<double> covariate = joined(a_covariate, b_covariate);
  const Outcome<Moments> of_outcome = moments_of(outcome), of_covariate = moments_of(covariate);
  if (!of_outcome.ok()) return of_outcome.reason();
  if (!of_covariate.ok()) return of_covariate.reason();
  const double center = of_covariate.value().mean, spread = of_covariate.value().variance;
  if (!(spread > 0) || !(of_outcome.value().variance > 0)) return Undefined{"denominator_zero", {}};
  Sum products;
  for (std::size_t i = 0; i < outcome.size(); ++i) products.add((outcome[i] - of_outcome.value().mean) * (covariate[i] - center));
  const double covariance = products.value() / (of_outcome.value().n - 1), theta = covariance / spread;
  for (std::size_t i = 0; i < outcome.size(); ++i) outcome[i] -= theta * (covariate[i] - center);
  const std::span<const double> adjusted(outcome);
  const Outcome<Moments> a = moments_of(adjusted.first(a_outcome.size())), b = moments_of(adjusted.subspan(a_outcome.size()));
  if (!a.ok()) return a.reason();
  if (!b.ok()) return b.reason();
  const Outcome<MeanDifference> test = welch_test(a.value(), b.value(), confidence);
  if (!test.ok()) return test.reason();
  return Cuped{theta, test.value(), std::clamp(theta * covariance / of_outcome.value().variance, 0.0, 1.0)};
}

}  // namespace kpi
