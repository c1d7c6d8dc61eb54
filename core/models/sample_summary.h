// What one says of a sample of numbers: its middle and its spread, robust against a few extreme values and not.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

struct SampleSummary {
  std::uint64_t count;
  double mean;
  std::optional<double> standard_deviation;  // divisor n - 1; none for a single value
  double median;
  double trimmed_mean;                // without the lowest and the highest tenth, rounded down
  double interquartile_range;         // type 7
  double median_absolute_deviation;   // from the median, not scaled to the normal distribution
};

/// In the unit of the values. Undefined: "no_rows", "not_finite". Cost O(n log n).
Outcome<SampleSummary> summarise(std::vector<double> values);

}  // namespace kpi
