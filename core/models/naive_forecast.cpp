#include "core/models/naive_forecast.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/sum.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

std::optional<Undefined> fault(const std::vector<double>& values, std::size_t least, double confidence) {
  if (!(confidence > 0 && confidence < 1)) return Undefined{"out_of_range", {"confidence"}};
  if (values.size() < least) return Undefined{"too_few_rows", {}};
  if (!std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); })) return Undefined{"not_finite", {}};
  return std::nullopt;
}

bool add_point(Forecast& forecast, double mean, double half_width) {
  forecast.push_back({mean, mean - half_width, mean + half_width});
  return std::isfinite(mean) && std::isfinite(half_width);
}

}  // namespace

Outcome<Forecast> seasonal_naive_forecast(const std::vector<double>& values, std::size_t season, std::size_t horizon, double confidence) {
  if (season == 0) return Undefined{"out_of_range", {"season"}};
  if (season >= values.size()) return Undefined{"too_few_rows", {}};
  if (const std::optional<Undefined> reason = fault(values, 2, confidence)) return *reason;
  Sum squares;
  for (std::size_t i = season; i < values.size(); ++i) squares.add((values[i] - values[i - season]) * (values[i] - values[i - season]));
  const double variance = squares.value() / static_cast<double>(values.size() - season), z = normal_quantile(0.5 + confidence / 2);
  Forecast forecast;
  for (std::size_t h = 0; h < horizon; ++h) {
    const double seasons_ahead = static_cast<double>(h / season + 1);
    if (!add_point(forecast, values[values.size() - season + h % season], z * std::sqrt(variance * seasons_ahead))) return Undefined{"not_finite", {}};
  }
  return forecast;
}

Outcome<Forecast> drift_forecast(const std::vector<double>& values, std::size_t horizon, double confidence) {
  if (const std::optional<Undefined> reason = fault(values, 3, confidence)) return *reason;
  const double changes = static_cast<double>(values.size() - 1), drift = (values.back() - values.front()) / changes;
  Sum squares;
  for (std::size_t i = 1; i < values.size(); ++i) squares.add((values[i] - values[i - 1] - drift) * (values[i] - values[i - 1] - drift));
  const double variance = squares.value() / (changes - 1), z = normal_quantile(0.5 + confidence / 2);
  Forecast forecast;
  for (std::size_t step = 1; step <= horizon; ++step) {
    const double h = static_cast<double>(step);
    if (!add_point(forecast, values.back() + h * drift, z * std::sqrt(variance * (h + h * h / changes)))) return Undefined{"not_finite", {}};
  }
  return forecast;
}

}  // namespace kpi
