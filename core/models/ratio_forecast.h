// Forecasts of a ratio of two sums from forecasts of the sums: a month of 3 deals does not count like one of 300.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/ets.h"

namespace kpi {

/// A sum as it is continued: by a model, or as it is where it never changes.
struct ContinuedSum {
  std::vector<double> values;
  std::optional<EtsFit> fit;  // of `values`; none: all are equal
};

/// kRatio: first / second. kShare: first / (first + second), within 0 and 1 whatever comes of the two.
enum class RatioKind : std::uint8_t { kRatio, kShare };

struct RatioPoint {
  double mean, low80, high80, low95, high95;
};

/// The mean forecasts of both sums, cut at 0, as a ratio. Undefined: "denominator_zero", "not_finite", "too_few_rows" (no values).
Outcome<std::vector<double>> ratio_means(const ContinuedSum& first, const ContinuedSum& second, RatioKind kind, std::size_t horizon);

/// With intervals from 4 000 simulated futures of both sums: their models run on with errors drawn, always the two of one month together, from
/// those of the past, so that what moves both sums at once moves both (about the mean error, and widened by the parameters that were fitted).
/// Limits are quantiles (type 7) of the futures with a denominator, and never leave out the mean. The same seed gives the same digits.
/// Undefined: as above; "denominator_zero" also where more than a tenth of the futures of a month have none; "out_of_range" (sums of
/// different lengths).
/// Source  simulation of prediction intervals: Hyndman, Koehler, Ord, Snyder 2008, chapter 6.1; resampled errors: Hyndman and Athanasopoulos 2021,
///         Forecasting: Principles and Practice, 5.5. Cost 4 000 x horizon, and sorting.
Outcome<std::vector<RatioPoint>> ratio_forecast(const ContinuedSum& first, const ContinuedSum& second, RatioKind kind, std::size_t horizon,
                                                std::uint64_t seed = 1);

}  // namespace kpi
