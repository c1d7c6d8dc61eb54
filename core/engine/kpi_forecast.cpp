#include "core/engine/kpi_forecast.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/models/forecast_accuracy.h"
#include "core/models/naive_forecast.h"

namespace kpi {
namespace {

constexpr std::size_t kYear = 12, kMostOrigins = 12;

/// The fit with the least AICc of the short list; the simplest one's reason where none can be fitted.
Outcome<EtsFit> best_fit(const std::vector<double>& values, std::size_t season) {
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

/// Forecasts of the past, each made once: several naive forecasts are to be beaten.
class PastForecasts {
 public:
  explicit PastForecasts(std::size_t season) : season_(season) {}
  Outcome<std::vector<double>> operator()(const std::vector<double>& history, std::size_t horizon) {
    const auto known = made_.find(history.size());
    if (known != made_.end()) return known->second;
    std::vector<double> means;
    // A history that never changes has nothing to model: it goes on.
    const bool is_constant = std::all_of(history.begin(), history.end(), [&](double value) { return value == history[0]; });
    if (is_constant) {
      means.assign(horizon, history[0]);
    } else {
      const Outcome<EtsFit> fit = best_fit(history, season_);
      if (!fit.ok()) return fit.reason();
      const Outcome<Forecast> forecast = ets_forecast(fit.value(), horizon);
      if (!forecast.ok()) return forecast.reason();
      for (const ForecastPoint& point : forecast.value()) means.push_back(point.mean);
    }
    made_.emplace(history.size(), means);
    return means;
  }
  const std::map<std::size_t, std::vector<double>>& made() const { return made_; }

 private:
  std::size_t season_;
  std::map<std::size_t, std::vector<double>> made_;
};

/// The test against the naive forecast that errs least, and how far the forecasts of the past were off.
std::optional<Undefined> test_on_the_past(KpiForecast& forecast, std::size_t horizon) {
  const std::vector<double>& values = forecast.values;
  const std::size_t n = values.size();
  forecast.test_horizon = std::max<std::size_t>(1, std::min(horizon, n / 4));
  RollingOriginPlan plan{1, forecast.test_horizon, n >= 3 * kYear ? 2 * kYear : n / 2, 1};
  const std::size_t origins = n - plan.first_origin - plan.horizon + 1;
  plan.step = (origins + kMostOrigins - 1) / kMostOrigins;
  PastForecasts past(forecast.season);
  const Forecaster forecaster = [&past](const std::vector<double>& history, std::size_t steps) { return past(history, steps); };
  for (const std::size_t season : {std::size_t{1}, forecast.season}) {
    plan.season = season;
    if (plan.first_origin < season) continue;
    Outcome<RollingOriginTest> test = rolling_origin_test(values, plan, forecaster);
    if (!test.ok()) return test.reason();
    if (forecast.test && test.value().naive_mean_absolute_error >= forecast.test->naive_mean_absolute_error) continue;
    forecast.test = std::move(test).value();
    forecast.naive_season = season;
  }
  std::vector<double> actual, made;
  for (const auto& [origin, means] : past.made()) {
    actual.insert(actual.end(), values.begin() + static_cast<std::ptrdiff_t>(origin), values.begin() + static_cast<std::ptrdiff_t>(origin + means.size()));
    made.insert(made.end(), means.begin(), means.end());
  }
  const Outcome<double> scale = naive_scale(values, forecast.season);
  const Outcome<ForecastAccuracy> accuracy = forecast_accuracy(actual, made, scale.ok() ? scale.value() : 0);
  if (accuracy.ok()) {
    forecast.scaled_error = accuracy.value().mean_absolute_scaled_error;
    forecast.percentage_error = accuracy.value().symmetric_percentage_error;
  }
  return std::nullopt;
}

/// What the KPI cannot exceed: shares stay within 0 and 1, counts and sums of what was never negative above 0.
void clip(KpiForecast& forecast) {
  const bool is_share = forecast.kpi != nullptr && forecast.kpi->is_rate;
  const bool is_sum = forecast.kpi != nullptr && (forecast.kpi->display == "count" || forecast.kpi->formula->kind == Expression::Kind::kReference);
  const bool has_floor = is_share || (is_sum && std::all_of(forecast.values.begin(), forecast.values.end(), [](double value) { return value >= 0; }));
  for (ForecastedMonth& month : forecast.ahead) {
    for (double* value : {&month.mean, &month.low80, &month.high80, &month.low95, &month.high95}) {
      const double cut = std::min(std::max(*value, has_floor ? 0 : *value), is_share ? 1 : std::max(*value, 0.0));
      forecast.is_clipped = forecast.is_clipped || cut != *value;
      *value = cut;
    }
  }
}

/// The whole months with a value, from the report's series.
void read_series(const Report& report, const KpiResult& result, KpiForecast& into) {
  std::vector<std::string_view> currencies;
  std::vector<Day> missing;
  for (std::size_t b = 0; b < result.series.size() && b < report.window.buckets.size(); ++b) {
    const Bucket& bucket = report.window.buckets[b];
    if (bucket.is_partial) {
      ++into.partial;
      continue;
    }
    const Quantity* q = std::get_if<Quantity>(&result.series[b]);
    if (q == nullptr) {
      if (!into.values.empty()) missing.push_back(bucket.first);
      continue;
    }
    into.gaps.insert(into.gaps.end(), missing.begin(), missing.end());
    missing.clear();
    into.months.push_back(bucket.first);
    into.values.push_back(q->value);
    if (!q->currency.empty() && std::find(currencies.begin(), currencies.end(), q->currency) == currencies.end()) currencies.push_back(q->currency);
  }
  if (currencies.size() == 1) into.currency = currencies[0];
  if (currencies.size() > 1 && into.kpi->unit.exponent("money") != 0) into.reason = Undefined{"currency_mixed", {into.kpi->id}};
}

}  // namespace

void forecast_values(KpiForecast& forecast, std::size_t horizon) {
  if (!forecast.gaps.empty() || forecast.values.size() < kLeastMonths) {
    forecast.reason = Undefined{"too_few_rows", {}};
    return;
  }
  if (forecast.values.size() > kMostMonths) {
    forecast.cut = forecast.values.size() - kMostMonths;
    forecast.values.erase(forecast.values.begin(), forecast.values.end() - kMostMonths);
    forecast.months.erase(forecast.months.begin(), forecast.months.end() - kMostMonths);
  }
  forecast.season = forecast.values.size() >= kSeasonalMonths ? kYear : 1;
  const Outcome<EtsFit> fit = best_fit(forecast.values, forecast.season);
  if (!fit.ok()) {
    forecast.reason = fit.reason();
    return;
  }
  forecast.model = fit.value().model;
  forecast.reason = test_on_the_past(forecast, horizon);
  if (!forecast.reason && !forecast.test->skill.ok()) forecast.reason = forecast.test->skill.reason();
  if (forecast.reason) return;
  const Outcome<Forecast> narrow = ets_forecast(fit.value(), horizon, 0.8), wide = ets_forecast(fit.value(), horizon, 0.95);
  if (!narrow.ok() || !wide.ok()) {
    forecast.reason = narrow.ok() ? wide.reason() : narrow.reason();
    return;
  }
  for (std::size_t h = 0; h < horizon; ++h) {
    const ForecastPoint& a = narrow.value()[h];
    const ForecastPoint& b = wide.value()[h];
    const Day first = add_months(forecast.months.back(), static_cast<std::int32_t>(h) + 1);
    forecast.ahead.push_back({first, a.mean, a.lower.value_or(a.mean), a.upper.value_or(a.mean), b.lower.value_or(a.mean), b.upper.value_or(a.mean)});
  }
  clip(forecast);
}

Result<KpiForecast> forecast_kpi(const Dataset& dataset, const ReportRequest& request, std::string_view kpi_id, std::size_t horizon) {
  const Kpi* kpi = dataset.catalog().kpi(kpi_id);
  if (kpi == nullptr) return unknown_kpi(dataset.catalog(), kpi_id);
  ReportRequest asked = request;
  asked.from.reset();
  asked.to.reset();
  asked.grain = Grain::kMonth;
  asked.group_by.clear();
  asked.compare = {};
  asked.compare_also.clear();
  if (kpi->cohort != nullptr) asked.basis = Basis::kPeriod;
  const Result<Report> made = make_report(dataset, asked);
  if (!made.ok()) return made.error();
  const KpiResult& result = made.value().kpis[static_cast<std::size_t>(kpi - dataset.catalog().kpis().data())];
  KpiForecast forecast;
  forecast.kpi = kpi;
  forecast.basis = result.basis;
  read_series(made.value(), result, forecast);
  const Undefined* none = std::get_if<Undefined>(&result.value);
  if (forecast.values.empty() && none != nullptr) forecast.reason = *none;
  if (!forecast.reason) forecast_values(forecast, horizon);
  return forecast;
}

}  // namespace kpi
