// Whether a way of forecasting would have been better than no model at all, at many moments of the past.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

/// Forecasts of `horizon` steps from a history. It sees nothing but the history.
using Forecaster = std::function<Outcome<std::vector<double>>(const std::vector<double>& history, std::size_t horizon)>;

struct RollingOriginPlan {
  std::size_t season;        // of the naive forecast to beat; 1: the last value
  std::size_t horizon;       // steps ahead, all of which count
  std::size_t first_origin;  // length of the first history
  std::size_t step = 1;      // from one origin to the next
  std::vector<double> weights = {};  // how much each value counts, 0: there is none; empty: all alike
};

struct RollingOriginTest {
  std::size_t origins;
  double mean_absolute_error, naive_mean_absolute_error;
  /// 1 - mean_absolute_error / naive_mean_absolute_error, above 0; otherwise undefined as "no_better_than_naive".
  Outcome<double> skill;
  /// By origin, the naive error less the forecast's, so scaled that their mean is the difference of the two mean errors.
  std::vector<double> gains;
};

/// A rolling origin: from each one the values that followed are compared with the forecast and with the naive one. The naive one takes the last
/// value of its place in the season that there is; origins that no value follows do not count.
/// Undefined: "out_of_range" (the plan), "too_few_rows" (no origin has a whole horizon after it, or the first less than a season before it, or no
/// value of that place), "not_finite", or the forecaster's first reason.
/// Source  Tashman 2000, Int. J. Forecasting 16, 437-450. Cost one forecast for each origin.
Outcome<RollingOriginTest> rolling_origin_test(const std::vector<double>& values, const RollingOriginPlan& plan, const Forecaster& forecaster);

}  // namespace kpi
