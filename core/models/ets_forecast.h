// Forecasts of a fitted ETS model, with prediction intervals from the variance of the model.
#pragma once

#include "core/models/ets.h"
#include "core/models/forecast.h"

namespace kpi {

/// Means and normal intervals of probability `confidence`; the parameters are taken as known. A multiplicative season with additive errors
/// has no formula for its variance: no limits.
/// Undefined: "out_of_range" (confidence), "not_finite".
/// Source  Hyndman, Koehler, Ord, Snyder 2008, chapter 6: additive errors (6.1), relative errors (6.2), and with a multiplicative season (6.3).
/// Cost    O(horizon^2); with a multiplicative season O(horizon season^3).
Outcome<Forecast> ets_forecast(const EtsFit& fit, std::size_t horizon, double confidence = 0.95);

}  // namespace kpi
