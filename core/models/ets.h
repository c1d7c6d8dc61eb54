// Exponential smoothing as a statistical model (error, trend, season): parameters by maximum likelihood, and the choice between models.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/seasonal_decomposition.h"

namespace kpi {

enum class EtsError : std::uint8_t { kAdditive, kMultiplicative };
enum class EtsTrend : std::uint8_t { kNone, kAdditive, kDamped };

/// ETS(error, trend, season). `season`: values in one, 2 to 24; only read where there is seasonality.
struct EtsModel {
  EtsError error;
  EtsTrend trend;
  Seasonality seasonality;
  std::size_t season;
};

/// The smoothing parameters alpha, beta, gamma and phi: 0 < level < 1, 0 <= trend <= level, 0 <= season <= 1 - level, 0.8 <= damping <= 0.98
/// (1 where nothing is damped).
struct EtsParameters {
  double level = 0, trend = 0, season = 0, damping = 1;
};

struct EtsState {
  double level = 0, trend = 0;
  std::vector<double> seasons;  // for the next value, the one after ...
};

struct EtsFit {
  EtsModel model;
  EtsParameters parameters;
  EtsState first, last;          // before the first value, and after the last
  std::size_t parameter_count;   // smoothing parameters and free initial states
  double log_likelihood;         // without the constant of n, at the best error variance
  double aic, aicc, bic;         // the error variance counts as a parameter
  double error_variance;         // of errors, or of relative errors; divisor n - parameter_count
  double sum_squared_errors;     // of the one-step forecasts, in the unit of the values
  std::vector<double> fitted;
};

/// Undefined: "too_few_rows" (values than parameters + 2, or less than two seasons), "not_finite", "out_of_range" (the season; a value not
/// above 0 where something is multiplicative), "denominator_zero" (no error at all: there is nothing to model).
/// Source  Hyndman, Koehler, Ord, Snyder 2008, Forecasting with Exponential Smoothing, chapters 2 and 5.
/// Cost    O(n) some thousand times.
Outcome<EtsFit> fit_ets(const std::vector<double>& values, const EtsModel& model);

/// The same with the smoothing parameters given: only the first state is fitted, but all parameters count. Undefined also as "out_of_range"
/// {"parameters"} where they are not as EtsParameters says.
Outcome<EtsFit> fit_ets_states(const std::vector<double>& values, const EtsModel& model, const EtsParameters& parameters);

/// The fit with the least AICc of the models that have prediction intervals: errors of both kinds, no, additive and damped trend, and with
/// season > 1 its three kinds, but no multiplicative season with additive errors. Models that cannot be fitted are left out.
/// Undefined: as fit_ets, the simplest model's reason if none can be. Cost O(n) some ten thousand times.
Outcome<EtsFit> select_ets(const std::vector<double>& values, std::size_t season);

}  // namespace kpi
