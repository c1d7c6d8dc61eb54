#include "core/engine/kpi_forecast.h"

#include <algorithm>
#include <cmath>

#include "core/engine/past_forecasts.h"
#include "core/models/forecast_accuracy.h"
#include "core/models/naive_forecast.h"

namespace kpi {
namespace {

constexpr std::size_t kYear = 12, kMostOrigins = 12;

bool has_gap(const ForecastSeries& series) { return std::find(series.weights.begin(), series.weights.end(), 0.0) != series.weights.end(); }

struct Tested {
  std::optional<RollingOriginTest> test;
  std::size_t naive_season = 1;
  std::optional<Undefined> reason;  // where there is no test
};

/// Against the naive forecast that errs least.
Tested test_way(const ForecastSeries& series, RollingOriginPlan plan, std::size_t season, PastForecasts& past) {
  const Forecaster forecaster = [&past](const std::vector<double>& history, std::size_t steps) { return past(history.size(), steps); };
  Tested best;
  for (const std::size_t one : {std::size_t{1}, season}) {
    plan.season = one;
    if (plan.first_origin < one || (best.test && one == 1)) continue;
    const Outcome<RollingOriginTest> made = rolling_origin_test(series.values, plan, forecaster);
    if (!made.ok()) {
      if (!best.reason) best.reason = made.reason();
      continue;
    }
    if (best.test && made.value().naive_mean_absolute_error >= best.test->naive_mean_absolute_error) continue;
    best.test.emplace(made.value());
    best.naive_season = one;
  }
  return best;
}

/// How far the forecasts of the past were off.
void note_accuracy(KpiForecast& forecast, const PastForecasts& past) {
  const ForecastSeries& series = forecast.series;
  std::vector<double> actual, made;
  for (const auto& [origin, means] : past.made()) {
    for (std::size_t h = 0; h < means.size(); ++h) {
      if (!series.weights.empty() && series.weights[origin + h] == 0) continue;
      actual.push_back(series.values[origin + h]);
      made.push_back(means[h]);
    }
  }
  const Outcome<double> scale = has_gap(series) ? Outcome<double>(Undefined{"too_few_rows", {}}) : naive_scale(series.values, forecast.season);
  const Outcome<ForecastAccuracy> accuracy = forecast_accuracy(actual, made, scale.ok() ? scale.value() : 0);
  if (!accuracy.ok()) return;
  forecast.scaled_error = scale.ok() ? accuracy.value().mean_absolute_scaled_error : scale;
  forecast.percentage_error = accuracy.value().symmetric_percentage_error;
}

/// Both ways on the past, and which of them errs less; the reason where neither can be tested.
std::optional<Undefined> test_on_the_past(KpiForecast& forecast, std::size_t horizon) {
  const ForecastSeries& series = forecast.series;
  const std::size_t n = series.values.size();
  forecast.test_horizon = std::max<std::size_t>(1, std::min(horizon, n / 4));
  RollingOriginPlan plan{1, forecast.test_horizon, n >= 3 * kYear ? 2 * kYear : n / 2, 1, series.weights};
  const std::size_t origins = n - plan.first_origin - plan.horizon + 1;
  plan.step = (origins + kMostOrigins - 1) / kMostOrigins;
  std::optional<Undefined> reason;
  for (const ForecastWay way : {ForecastWay::kValues, ForecastWay::kParts}) {
    if (way == ForecastWay::kParts ? !series.parts : has_gap(series)) continue;
    PastForecasts past(series, forecast.season, way);
    const Tested tested = test_way(series, plan, forecast.season, past);
    if (!tested.test) {
      if (!reason) reason = tested.reason;
      continue;
    }
    const double error = tested.test->mean_absolute_error;
    (way == ForecastWay::kParts ? forecast.parts_error : forecast.values_error) = error;
    if (forecast.test && error >= forecast.test->mean_absolute_error) continue;
    forecast.test.emplace(*tested.test);
    forecast.naive_season = tested.naive_season;
    forecast.way = way;
    note_accuracy(forecast, past);
  }
  if (!forecast.test) return reason.value_or(Undefined{"too_few_rows", {}});
  forecast.ability = predictive_ability(forecast.test->gains);
  const double error = forecast.test->mean_absolute_error, naive = forecast.test->naive_mean_absolute_error;
  if (!(error < naive)) forecast.verdict = ForecastVerdict::kWorse;
  else if (error > naive * (1 - kLeastSkill)) forecast.verdict = ForecastVerdict::kMargin;
  else if (!forecast.ability.ok() || forecast.ability.value().p > kMostChance) forecast.verdict = ForecastVerdict::kChance;
  else forecast.verdict = ForecastVerdict::kBetter;
  if (forecast.verdict != ForecastVerdict::kBetter) return Undefined{"no_better_than_naive", {}};
  return std::nullopt;
}

/// What the KPI cannot exceed: shares stay within 0 and 1, counts and sums of what was never negative above 0.
void clip(KpiForecast& forecast) {
  const std::vector<double>& values = forecast.series.values;
  const bool is_share = forecast.kpi != nullptr && forecast.kpi->is_rate && std::all_of(values.begin(), values.end(), [](double value) { return value <= 1; });
  const bool is_sum = forecast.kpi != nullptr && (forecast.kpi->display == "count" || forecast.kpi->formula->kind == Expression::Kind::kReference || forecast.series.parts);
  const bool has_floor = is_share || (is_sum && std::all_of(values.begin(), values.end(), [](double value) { return value >= 0; }));
  for (ForecastedMonth& month : forecast.ahead) {
    for (double* value : {&month.mean, &month.low80, &month.high80, &month.low95, &month.high95}) {
      const double cut = std::min(std::max(*value, has_floor ? 0 : *value), is_share ? 1 : std::max(*value, 0.0));
      forecast.is_clipped = forecast.is_clipped || cut != *value;
      *value = cut;
    }
  }
}

Day month_ahead(const ForecastSeries& series, std::size_t h) { return add_months(series.months.back(), static_cast<std::int32_t>(h) + 1); }

std::optional<Undefined> continue_values(KpiForecast& forecast, std::size_t horizon) {
  const Outcome<EtsFit> fit = best_ets_fit(forecast.series.values, forecast.season);
  if (!fit.ok()) return fit.reason();
  forecast.models = {fit.value().model};
  const Outcome<Forecast> narrow = ets_forecast(fit.value(), horizon, 0.8), wide = ets_forecast(fit.value(), horizon, 0.95);
  if (!narrow.ok() || !wide.ok()) return narrow.ok() ? wide.reason() : narrow.reason();
  for (std::size_t h = 0; h < horizon; ++h) {
    const ForecastPoint& a = narrow.value()[h];
    const ForecastPoint& b = wide.value()[h];
    forecast.ahead.push_back({month_ahead(forecast.series, h), a.mean, a.lower.value_or(a.mean), a.upper.value_or(a.mean), b.lower.value_or(a.mean), b.upper.value_or(a.mean)});
  }
  return std::nullopt;
}

std::optional<Undefined> continue_parts(KpiForecast& forecast, std::size_t horizon) {
  const RatioParts& parts = *forecast.series.parts;
  const Outcome<ContinuedSum> first = continued_sum(parts.first, forecast.season), second = continued_sum(parts.second, forecast.season);
  if (!first.ok() || !second.ok()) return first.ok() ? second.reason() : first.reason();
  for (const ContinuedSum* sum : {&first.value(), &second.value()}) {
    if (sum->fit) forecast.models.push_back(sum->fit->model);
  }
  const Outcome<std::vector<RatioPoint>> made = ratio_forecast(first.value(), second.value(), parts.kind, horizon);
  if (!made.ok()) return made.reason();
  const double f = parts.factor;
  for (std::size_t h = 0; h < horizon; ++h) {
    const RatioPoint& p = made.value()[h];
    forecast.ahead.push_back({month_ahead(forecast.series, h), f * p.mean, f * p.low80, f * p.high80, f * p.low95, f * p.high95});
  }
  return std::nullopt;
}

/// What the naive forecast says: the last value of each place in its season that there is.
void note_naive(KpiForecast& forecast, std::size_t horizon) {
  const ForecastSeries& series = forecast.series;
  for (std::size_t h = 0; h < horizon; ++h) {
    std::size_t at = series.values.size() - forecast.naive_season + h % forecast.naive_season;
    while (!series.weights.empty() && series.weights[at] == 0 && at >= forecast.naive_season) at -= forecast.naive_season;
    forecast.naive.push_back(series.values[at]);
  }
}

std::vector<bool> missing_months(const ForecastSeries& series) {
  std::vector<bool> is_missing;
  for (const double weight : series.weights) is_missing.push_back(weight == 0);
  return is_missing;
}

}  // namespace

void forecast_series(KpiForecast& forecast, std::size_t horizon) {
  const ForecastSeries& series = forecast.series;
  const std::size_t n = series.values.size();
  if (n < kLeastMonths) {
    forecast.reason = Undefined{"too_few_rows", {}};
    return;
  }
  forecast.season = n >= kSeasonalMonths ? kYear : 1;
  forecast.unusual = unusual_values(series.values, forecast.season, missing_months(series));
  const bool is_constant = !has_gap(series) && std::all_of(series.values.begin(), series.values.end(), [&](double value) { return value == series.values[0]; });
  if (is_constant) forecast.reason = Undefined{"denominator_zero", {"variance"}};
  else forecast.reason = test_on_the_past(forecast, horizon);
  if (is_constant || forecast.test) note_naive(forecast, horizon);
  if (forecast.reason) return;
  forecast.reason = forecast.way == ForecastWay::kParts ? continue_parts(forecast, horizon) : continue_values(forecast, horizon);
  if (!forecast.reason) clip(forecast);
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
  forecast.series = read_forecast_series(dataset.catalog(), made.value(), result, kMostMonths);
  forecast.reason = forecast.series.reason;
  const Undefined* none = std::get_if<Undefined>(&result.value);
  if (forecast.series.values.empty() && none != nullptr) forecast.reason = *none;
  if (!forecast.reason) forecast_series(forecast, horizon);
  return forecast;
}

}  // namespace kpi
