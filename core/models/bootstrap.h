// An interval of the difference of two means by resampling, for values too skewed for a formula.
#pragma once

#include <cstdint>
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
  Interval interval;      // percentiles of the replicates, by linear interpolation
};

/// Draws people with replacement within each group. The same seed gives the same digits.
///
/// Errors  "too_few_rows" (fewer than 2 values in a group), "not_finite", "out_of_range" (fewer than 100 replicates, confidence, 2^32 values).
/// Source  Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapters 8 and 13.
/// Cost    replicates x values: 40 ms for 2 000 x 2 400.
Outcome<Bootstrap> bootstrap_mean_difference(std::span<const double> a, std::span<const double> b, const BootstrapOptions& options = {});

}  // namespace kpi
