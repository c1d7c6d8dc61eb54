// Forecasts made from what was known at moments of the past, and the fits behind those of today.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "core/engine/forecast_series.h"
#include "core/models/ets.h"

namespace kpi {

enum class ForecastWay : std::uint8_t;

/// The fit with the least AICc of a short list of forms; the simplest one's reason where none can be fitted. Cost some ten thousand passes.
Outcome<EtsFit> best_ets_fit(const std::vector<double>& values, std::size_t season);

/// The same of a sum, which may also stay as it always was.
Outcome<ContinuedSum> continued_sum(const std::vector<double>& values, std::size_t season);

/// Each is made once: several naive forecasts are to be beaten. References the series.
class PastForecasts {
 public:
  PastForecasts(const ForecastSeries& series, std::size_t season, ForecastWay way) : series_(series), season_(season), way_(way) {}
  /// From the first `known` months.
  Outcome<std::vector<double>> operator()(std::size_t known, std::size_t horizon);
  const std::map<std::size_t, std::vector<double>>& made() const { return made_; }

 private:
  Outcome<std::vector<double>> make(std::size_t known, std::size_t horizon) const;
  const ForecastSeries& series_;
  std::size_t season_;
  ForecastWay way_;
  std::map<std::size_t, std::vector<double>> made_;
};

}  // namespace kpi
