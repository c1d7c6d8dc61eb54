#include "core/models/holt_winters.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/sum.h"
#include "core/models/minimise.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

bool is_share(double x) { return x >= 0 && x <= 1; }

/// Level and slope of the least squares line through values at 1, 2, ...
SmoothingState line_through(const std::vector<double>& values) {
  const double n = static_cast<double>(values.size()), middle = (n + 1) / 2;
  Sum total, cross;
  for (const double v : values) total.add(v);
  const double mean = total.value() / n;
  for (std::size_t i = 0; i < values.size(); ++i) cross.add((static_cast<double>(i + 1) - middle) * (values[i] - mean));
  const double slope = n > 1 ? cross.value() / (n * (n * n - 1) / 12) : 0;
  return {mean - slope * middle, slope, {}};
}

/// One pass; `fitted` may be null. Returns the sum of squared errors.
double run(const std::vector<double>& values, const SmoothingModel& model, const SmoothingWeights& w, std::size_t first, SmoothingState& s,
           std::vector<double>* fitted) {
  const bool is_additive = model.seasonality == Seasonality::kAdditive, is_factor = model.seasonality == Seasonality::kMultiplicative;
  Sum squares;
  for (std::size_t i = first; i < values.size(); ++i) {
    double* season = is_additive || is_factor ? &s.seasons[(i - first) % model.season] : nullptr;
    const double base = s.level + s.trend;
    const double forecast = is_additive ? base + *season : is_factor ? base * *season : base;
    squares.add((values[i] - forecast) * (values[i] - forecast));
    if (fitted != nullptr) fitted->push_back(forecast);
    const double before = s.level;
    const double adjusted = is_additive ? values[i] - *season : is_factor ? values[i] / *season : values[i];
    s.level = w.level * adjusted + (1 - w.level) * base;
    if (model.has_trend) s.trend = w.trend * (s.level - before) + (1 - w.trend) * s.trend;
    if (is_additive) *season = w.season * (values[i] - s.level) + (1 - w.season) * *season;
    if (is_factor) *season = w.season * (values[i] / s.level) + (1 - w.season) * *season;
  }
  return squares.value();
}

}  // namespace

Outcome<SmoothingStart> smoothing_start(const std::vector<double>& values, const SmoothingModel& model) {
  if (model.seasonality != Seasonality::kNone) {
    const std::size_t two_seasons = std::min(values.size(), model.season <= values.size() ? 2 * model.season : values.size());
    const Outcome<Decomposition> d = decompose({values.begin(), values.begin() + static_cast<std::ptrdiff_t>(two_seasons)}, model.season, model.seasonality);
    if (!d.ok()) return d.reason();
    SmoothingStart start{model.season, line_through(d.value().trend)};
    if (!model.has_trend) start.state.trend = 0;
    start.state.seasons = d.value().seasons;
    return start;
  }
  if (values.size() < 2) return Undefined{"too_few_rows", {}};
  if (!model.has_trend) return SmoothingStart{1, {values[0], 0, {}}};
  return SmoothingStart{2, {values[1], values[1] - values[0], {}}};
}

Outcome<SmoothedSeries> smooth(const std::vector<double>& values, const SmoothingModel& model, const SmoothingWeights& weights, const SmoothingStart& start) {
  if (!is_share(weights.level) || !is_share(weights.trend) || !is_share(weights.season)) return Undefined{"out_of_range", {"weights"}};
  const std::size_t seasons = model.seasonality == Seasonality::kNone ? 0 : model.season;
  if (start.state.seasons.size() != seasons || (model.seasonality != Seasonality::kNone && seasons == 0)) return Undefined{"out_of_range", {"season"}};
  if (values.size() < 2 || start.first > values.size() - 2) return Undefined{"too_few_rows", {}};
  SmoothedSeries series{model, weights, start.state, {}, 0, 0};
  series.sum_squared_errors = run(values, model, weights, start.first, series.last, &series.fitted);
  if (!std::isfinite(series.sum_squared_errors) || !std::isfinite(series.last.level)) return Undefined{"not_finite", {}};
  if (seasons != 0) {
    const std::size_t next = (values.size() - start.first) % seasons;
    std::rotate(series.last.seasons.begin(), series.last.seasons.begin() + static_cast<std::ptrdiff_t>(next), series.last.seasons.end());
  }
  Sum errors, squares;
  const double n = static_cast<double>(series.fitted.size());
  for (std::size_t i = 0; i < series.fitted.size(); ++i) errors.add(values[start.first + i] - series.fitted[i]);
  for (std::size_t i = 0; i < series.fitted.size(); ++i) {
    const double about_mean = values[start.first + i] - series.fitted[i] - errors.value() / n;
    squares.add(about_mean * about_mean);
  }
  series.error_variance = squares.value() / (n - 1);
  return series;
}

Outcome<SmoothedSeries> fit_smoothing(const std::vector<double>& values, const SmoothingModel& model) {
  if (!std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); })) return Undefined{"not_finite", {}};
  const Outcome<SmoothingStart> start = smoothing_start(values, model);
  if (!start.ok()) return start.reason();
  if (values.size() < start.value().first + 2) return Undefined{"too_few_rows", {}};
  const auto weights = [&](const std::vector<double>& point) {
    SmoothingWeights w{point[0], 0, 0};
    if (model.has_trend) w.trend = point[1];
    if (model.seasonality != Seasonality::kNone) w.season = point.back();
    return w;
  };
  const auto squares = [&](const std::vector<double>& point) {
    SmoothingState state = start.value().state;
    const double sum = run(values, model, weights(point), start.value().first, state, nullptr);
    return std::isfinite(sum) ? sum : std::numeric_limits<double>::infinity();
  };
  const std::size_t dimension = 1U + (model.has_trend ? 1U : 0U) + (model.seasonality != Seasonality::kNone ? 1U : 0U);
  Minimum best{{}, std::numeric_limits<double>::infinity(), 0, false};
  // The sum may have several minima: from a slow, a middle and a fast level.
  for (const double level : {0.1, 0.3, 0.8}) {
    SearchBox box{std::vector<double>(dimension, 0.1), std::vector<double>(dimension, 0), std::vector<double>(dimension, 1),
                  std::vector<double>(dimension, 0.2)};
    box.start[0] = level;
    Minimum found = minimise(squares, box, 2000);
    if (best.point.empty() || found.value < best.value) best = std::move(found);
  }
  return smooth(values, model, weights(best.point), start.value());
}

Outcome<Forecast> smoothing_forecast(const SmoothedSeries& series, std::size_t horizon, double confidence) {
  if (!(confidence > 0 && confidence < 1)) return Undefined{"out_of_range", {"confidence"}};
  const SmoothingModel& model = series.model;
  const SmoothingWeights& w = series.weights;
  const bool is_factor = model.seasonality == Seasonality::kMultiplicative;
  const std::size_t season = model.seasonality == Seasonality::kNone ? 1 : model.season;
  const double z = normal_quantile(0.5 + confidence / 2);
  /// What an error j steps ago still adds.
  const auto weight = [&](std::size_t j) {
    return j == 0 ? 1 : w.level * (1 + static_cast<double>(j) * w.trend) + (j % season == 0 ? w.season * (1 - w.level) : 0);
  };
  Forecast forecast;
  for (std::size_t h = 1; h <= horizon; ++h) {
    double mean = series.last.level + static_cast<double>(h) * series.last.trend;
    if (model.seasonality == Seasonality::kAdditive) mean += series.last.seasons[(h - 1) % season];
    if (is_factor) mean *= series.last.seasons[(h - 1) % season];
    Sum variance;
    for (std::size_t j = 0; j < h; ++j) {
      const double now = is_factor ? series.last.seasons[(h - 1) % season] / series.last.seasons[(h - 1 - j) % season] : 1;
      variance.add(weight(j) * weight(j) * now * now);
    }
    const double half_width = z * std::sqrt(series.error_variance * variance.value());
    if (!std::isfinite(mean) || !std::isfinite(half_width)) return Undefined{"not_finite", {}};
    forecast.push_back({mean, mean - half_width, mean + half_width});
  }
  return forecast;
}

}  // namespace kpi
