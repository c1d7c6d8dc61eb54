#include "core/engine/past_forecasts.h"

#include <algorithm>
#include <cmath>

#include "core/engine/kpi_forecast.h"

namespace kpi {
namespace {

std::vector<double> first_of(const std::vector<double>& values, std::size_t count) { return {values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count)}; }

}  // namespace

Outcome<EtsFit> best_ets_fit(const std::vector<double>& values, std::size_t season) {
  std::vector<EtsModel> models = {{EtsError::kAdditive, EtsTrend::kNone, Seasonality::kNone, 1},
                                  {EtsError::kAdditive, EtsTrend::kDamped, Seasonality::kNone, 1},
                                  {EtsError::kAdditive, EtsTrend::kAdditive, Seasonality::kNone, 1}};
  if (season > 1 && values.size() >= 2 * season) {
    models.push_back({EtsError::kAdditive, EtsTrend::kNone, Seasonality::kAdditive, season});
    models.push_back({EtsError::kMultiplicative, EtsTrend::kNone, Seasonality::kMultiplicative, season});
  }
  Outcome<EtsFit> best = Undefined{"too_few_rows", {}};
  for (std::size_t m = 0; m < models.size(); ++m) {
    Outcome<EtsFit> fit = fit_ets(values, models[m]);
    const bool is_better = fit.ok() && std::isfinite(fit.value().aicc) && (!best.ok() || fit.value().aicc < best.value().aicc);
    if (is_better || m == 0) best = std::move(fit);
  }
  return best;
}

Outcome<ContinuedSum> continued_sum(const std::vector<double>& values, std::size_t season) {
  ContinuedSum sum{values, {}};
  if (std::all_of(values.begin(), values.end(), [&](double value) { return value == values[0]; })) return sum;
  Outcome<EtsFit> fit = best_ets_fit(values, season);
  if (!fit.ok()) return fit.reason();
  sum.fit = std::move(fit).value();
  return sum;
}

Outcome<std::vector<double>> PastForecasts::operator()(std::size_t known, std::size_t horizon) {
  const auto found = made_.find(known);
  if (found != made_.end()) return found->second;
  Outcome<std::vector<double>> means = make(known, horizon);
  if (means.ok()) made_.emplace(known, means.value());
  return means;
}

Outcome<std::vector<double>> PastForecasts::make(std::size_t known, std::size_t horizon) const {
  if (way_ == ForecastWay::kParts) {
    const RatioParts& parts = *series_.parts;
    const Outcome<ContinuedSum> first = continued_sum(first_of(parts.first, known), season_), second = continued_sum(first_of(parts.second, known), season_);
    if (!first.ok()) return first.reason();
    if (!second.ok()) return second.reason();
    Outcome<std::vector<double>> means = ratio_means(first.value(), second.value(), parts.kind, horizon);
    if (!means.ok()) return means.reason();
    std::vector<double> scaled = std::move(means).value();
    for (double& mean : scaled) mean *= parts.factor;
    return scaled;
  }
  // A history that never changes has nothing to model: it goes on.
  const Outcome<ContinuedSum> own = continued_sum(first_of(series_.values, known), season_);
  if (!own.ok()) return own.reason();
  if (!own.value().fit) return std::vector<double>(horizon, series_.values[0]);
  const Outcome<Forecast> forecast = ets_forecast(*own.value().fit, horizon);
  if (!forecast.ok()) return forecast.reason();
  std::vector<double> means;
  for (const ForecastPoint& point : forecast.value()) means.push_back(point.mean);
  return means;
}

}  // namespace kpi
