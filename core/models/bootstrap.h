// An interval of the difference of two means by resampling, for values too skewed for a formula.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/base/undefined.h"
#include "core/models/wilson.h"

namespace kpi {

struct BootstrapOptions {
  std::uint32_t replicates = 2000;
  std::uint64_t seed = 1;
  double confidence = 0.95;
};

struct Bootstrap {
  double difference;      // b - a of the data
  double standard_error;  // of the replicates
  double bias;            // mean of the replicates less the difference
  Interval interval;      // percentiles of the replicates, by linear interpolation
  Interval normal;        // the difference less the bias, with the replicates' deviation and the normal quantile
  Interval basic;         // percentiles mirrored at the difference
  std::optional<Interval> corrected;  // BCa: percentiles corrected for bias and skewness; nothing where all replicates are on one side
};

/// Draws people with replacement within each group. The same seed gives the same digits.
///
/// BCa's acceleration is the jackknife's over both groups: with u the distance of a value to its group's mean, over the group's size and
/// with the group's sign, a = sum u^3 / (6 (sum u^2)^1.5).
/// Errors  "too_few_rows" (fewer than 2 values in a group), "not_finite", "out_of_range" (fewer than 100 replicates, confidence, 2^32 values).
/// Source  Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapters 8, 13 and 14; Davison and Hinkley 1997, Bootstrap Methods
///         and their Application, 5.2 and 5.3, for two samples.
/// Cost    replicates x values: 40 ms for 2 000 x 2 400.
Outcome<Bootstrap> bootstrap_mean_difference(std::span<const double> a, std::span<const double> b, const BootstrapOptions& options = {});

}  // namespace kpi
