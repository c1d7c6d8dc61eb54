#include "core/models/rolling_origin.h"

#include <cmath>

#include "core/base/sum.h"

namespace kpi {

Outcome<RollingOriginTest> rolling_origin_test(const std::vector<double>& values, const RollingOriginPlan& plan, const Forecaster& forecaster) {
  if (plan.season == 0 || plan.horizon == 0 || plan.step == 0) return Undefined{"out_of_range", {"plan"}};
  const std::size_t n = values.size();
  if (plan.first_origin < plan.season || plan.horizon > n || n - plan.horizon < plan.first_origin) return Undefined{"too_few_rows", {}};
  Sum errors, naive_errors;
  std::size_t origins = 0;
  const std::size_t last_origin = n - plan.horizon;
  for (std::size_t origin = plan.first_origin;; origin += plan.step) {
    const std::vector<double> history(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(origin));
    const Outcome<std::vector<double>> forecast = forecaster(history, plan.horizon);
    if (!forecast.ok()) return forecast.reason();
    if (forecast.value().size() != plan.horizon) return Undefined{"out_of_range", {"horizon"}};
    for (std::size_t h = 0; h < plan.horizon; ++h) {
      errors.add(std::fabs(values[origin + h] - forecast.value()[h]));
      naive_errors.add(std::fabs(values[origin + h] - values[origin - plan.season + h % plan.season]));
    }
    ++origins;
    if (plan.step > last_origin - origin) break;
  }
  const double count = static_cast<double>(origins) * static_cast<double>(plan.horizon);
  RollingOriginTest test{origins, errors.value() / count, naive_errors.value() / count, Undefined{"no_better_than_naive", {}}};
  if (!std::isfinite(test.mean_absolute_error) || !std::isfinite(test.naive_mean_absolute_error)) return Undefined{"not_finite", {}};
  if (test.mean_absolute_error < test.naive_mean_absolute_error) test.skill = 1 - test.mean_absolute_error / test.naive_mean_absolute_error;
  return test;
}

}  // namespace kpi
