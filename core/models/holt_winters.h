// Exponential smoothing by given rules: simple (a level), Holt (and a trend), Holt-Winters (and a season). Errors are weighed alike.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/forecast.h"
#include "core/models/seasonal_decomposition.h"

namespace kpi {

struct SmoothingModel {
  bool has_trend;
  Seasonality seasonality;
  std::size_t season;  // values in one; only read where there is seasonality
};

/// Shares 0..1 of what is new. `trend` (beta) weighs the change of the level, `season` (gamma) the difference from the new level.
struct SmoothingWeights {
  double level, trend = 0, season = 0;
};

struct SmoothingState {
  double level, trend = 0;
  std::vector<double> seasons = {};  // for the next value, the one after ...
};

/// The state before `values[first]`, the first value that is compared with its forecast.
struct SmoothingStart {
  std::size_t first;
  SmoothingState state;
};

struct SmoothedSeries {
  SmoothingModel model;
  SmoothingWeights weights;
  SmoothingState last;
  std::vector<double> fitted;  // one step ahead, from `first` on
  double sum_squared_errors;
  double error_variance;  // about the mean error, divisor n - 1
};

/// Simple: the first value. Holt: the second value and the difference of the first two. Seasonal: a line through the trend of the first two
/// seasons decomposed, and their seasons; the first value compared is that of the second season.
/// Undefined: as decompose; "too_few_rows". Cost O(season^2).
Outcome<SmoothingStart> smoothing_start(const std::vector<double>& values, const SmoothingModel& model);

/// Undefined: "too_few_rows" (fewer than two values to compare), "not_finite", "out_of_range" (weights; seasons that are not `season` many).
/// Source  Holt 1957; Winters 1960, Management Science 6, 324-342. Cost O(n).
Outcome<SmoothedSeries> smooth(const std::vector<double>& values, const SmoothingModel& model, const SmoothingWeights& weights, const SmoothingStart& start);

/// The weights with the least sum of squared errors from `smoothing_start` on. Undefined: as the two above. Cost O(n) some hundred times.
Outcome<SmoothedSeries> fit_smoothing(const std::vector<double>& values, const SmoothingModel& model);

/// Intervals as if errors were normal; for multiplicative seasons an approximation.
/// Undefined: "out_of_range" (confidence), "not_finite". Source  Chatfield and Yar 1991, Int. J. Forecasting 7, 31-37. Cost O(horizon^2).
Outcome<Forecast> smoothing_forecast(const SmoothedSeries& series, std::size_t horizon, double confidence = 0.95);

}  // namespace kpi
