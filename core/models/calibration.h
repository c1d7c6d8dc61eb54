// Whether predicted chances mean what they say: of those given 30 %, do 30 % convert.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/two_proportions.h"

namespace kpi {

struct CalibrationBin {
  std::size_t people;
  double mean_predicted, observed_rate;
};

/// A line through the log-odds of the predictions: 1 and 0 are right; a slope below 1 means predictions too extreme.
struct CalibrationLine {
  double slope, intercept;
  double in_the_large;  // the intercept when the slope is held at 1: above 0, predictions are too low throughout
};

struct Calibration {
  double brier;     // mean squared error, 0..1
  double log_loss;  // mean; a chance closer than 1e-15 to 0 or 1 counts as that close
  std::vector<CalibrationBin> bins;  // by rising prediction, as many people each
  double expected_error;             // mean distance of rate and prediction over the bins, weighed by people
  std::optional<ChiSquareTest> hosmer_lemeshow;  // bins - 2 degrees of freedom; nothing with fewer than 3 bins or a bin of chances 0 or 1
  std::optional<CalibrationLine> line;           // nothing where it cannot be fitted (equal predictions, separated sides)
};

/// Shape   Chances 0..1 and outcomes (1 converted) per person. Bin k of q: ranks floor((k - 1) n / q) + 1 to floor(k n / q) by rising chance.
/// Errors  As of group_by_score; "out_of_range" (a chance outside 0..1, no bin), "too_few_rows" (fewer people than bins).
/// Source  Brier 1950, Mon. Weather Rev. 78, 1-3; Hosmer and Lemeshow 1980, Commun. Stat. A 9, 1043-1069; Cox 1958, Biometrika 45, 562-565;
///         expected calibration error: Naeini, Cooper, Hauskrecht 2015, AAAI.
/// Cost    O(n log n).
Outcome<Calibration> calibration(std::span<const double> chances, std::span<const std::uint8_t> outcomes, std::size_t bins = 10);

}  // namespace kpi
