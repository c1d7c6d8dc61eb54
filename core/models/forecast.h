// A forecast by any model: the next values and, for each, the limits between which it will lie with a given probability.
#pragma once

#include <optional>
#include <vector>

namespace kpi {

struct ForecastPoint {
  double mean;
  std::optional<double> lower, upper;  // none where the model has no formula for them
};

/// For 1, 2, ... steps ahead.
using Forecast = std::vector<ForecastPoint>;

}  // namespace kpi
