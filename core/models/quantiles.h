// Quantiles of a sample, by the nine definitions in use: spreadsheets and statistics programs differ, so the type is always named.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

/// Numbered as in Hyndman and Fan 1996, American Statistician 50(4), 361-365. 1 to 3 are steps, 4 to 9 interpolate.
enum class QuantileType : std::uint8_t {
  kInverseOfDistribution = 1,
  kAveragedAtSteps = 2,
  kNearestEven = 3,
  kLinearOfDistribution = 4,
  kMidpoints = 5,
  kExclusive = 6,  // PERCENTILE.EXC of spreadsheets, inside the sample's range
  kInclusive = 7,  // PERCENTILE.INC of spreadsheets
  kMedianUnbiased = 8,
  kNormalUnbiased = 9,
};

/// The quantile for the share p of values sorted upwards. There must be at least one value, and 0 <= p <= 1. Cost O(1).
double sorted_quantile(const std::vector<double>& sorted, double p, QuantileType type = QuantileType::kInclusive);

/// One quantile for each of `shares`, in their order. Undefined: "no_rows", "not_finite" (a value), "out_of_range" (a share not in 0..1).
/// Cost O(n log n).
Outcome<std::vector<double>> quantiles(std::vector<double> values, const std::vector<double>& shares, QuantileType type = QuantileType::kInclusive);

}  // namespace kpi
