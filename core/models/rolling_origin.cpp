#include "core/models/rolling_origin.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/sum.h"

namespace kpi {
namespace {

bool is_weight(double w) { return std::isfinite(w) && w >= 0; }

/// The index of the last value `seasons` back from `place` that there is; the number of values where there is none.
std::size_t last_known(std::size_t place, const RollingOriginPlan& plan, std::size_t none) {
  if (plan.weights.empty()) return place;
  while (plan.weights[place] == 0 && place >= plan.season) place -= plan.season;
  return plan.weights[place] == 0 ? none : place;
}

}  // namespace

Outcome<RollingOriginTest> rolling_origin_test(const std::vector<double>& values, const RollingOriginPlan& plan, const Forecaster& forecaster) {
  const std::size_t n = values.size();
  if (plan.season == 0 || plan.horizon == 0 || plan.step == 0) return Undefined{"out_of_range", {"plan"}};
  if (!plan.weights.empty() && (plan.weights.size() != n || !std::all_of(plan.weights.begin(), plan.weights.end(), is_weight))) return Undefined{"out_of_range", {"weights"}};
  if (plan.first_origin < plan.season || plan.horizon > n || n - plan.horizon < plan.first_origin) return Undefined{"too_few_rows", {}};
  Sum errors, naive_errors, weights;
  std::vector<double> gains;
  const std::size_t last_origin = n - plan.horizon;
  for (std::size_t origin = plan.first_origin;; origin += plan.step) {
    const std::vector<double> history(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(origin));
    const Outcome<std::vector<double>> forecast = forecaster(history, plan.horizon);
    if (!forecast.ok()) return forecast.reason();
    if (forecast.value().size() != plan.horizon) return Undefined{"out_of_range", {"horizon"}};
    Sum gain, weight;
    for (std::size_t h = 0; h < plan.horizon; ++h) {
      const double w = plan.weights.empty() ? 1 : plan.weights[origin + h];
      if (w == 0) continue;
      const std::size_t naive = last_known(origin - plan.season + h % plan.season, plan, n);
      if (naive == n) return Undefined{"too_few_rows", {}};
      const double error = w * std::fabs(values[origin + h] - forecast.value()[h]), naive_error = w * std::fabs(values[origin + h] - values[naive]);
      errors.add(error);
      naive_errors.add(naive_error);
      gain.add(naive_error - error);
      weight.add(w);
    }
    weights.add(weight.value());
    if (weight.value() > 0) gains.push_back(gain.value());
    if (plan.step > last_origin - origin) break;
  }
  if (gains.empty()) return Undefined{"too_few_rows", {}};
  const double count = weights.value(), origins = static_cast<double>(gains.size());
  RollingOriginTest test{gains.size(), errors.value() / count, naive_errors.value() / count, Undefined{"no_better_than_naive", {}}, std::move(gains)};
  for (double& gain : test.gains) gain *= origins / count;
  if (!std::isfinite(test.mean_absolute_error) || !std::isfinite(test.naive_mean_absolute_error)) return Undefined{"not_finite", {}};
  if (test.mean_absolute_error < test.naive_mean_absolute_error) test.skill = 1 - test.mean_absolute_error / test.naive_mean_absolute_error;
  return test;
}

}  // namespace kpi
