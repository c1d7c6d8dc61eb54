// Ratios of sums (revenue per order, clicks per session) compared between groups whose unit is the visitor.
#pragma once

#include <span>

#include "core/base/undefined.h"
#include "core/models/wilson.h"

namespace kpi {

struct RatioMetric {
  double ratio;     // sum of numerators over sum of denominators
  double variance;  // of the ratio
};

/// By the delta method over people: orders of one visitor are not independent, visitors are.
///
/// Shape   Per person numerator and denominator, in the same order.
/// Errors  "too_few_rows" (fewer than 2), "out_of_range" (lengths differ), "not_finite", "denominator_zero".
/// Source  Deng, Knoblich, Lu 2018, Applying the Delta Method in Metric Analytics, KDD.
/// Cost    O(n).
Outcome<RatioMetric> ratio_metric(std::span<const double> numerators, std::span<const double> denominators);

struct RatioDifference {
  double difference;  // b - a
  double standard_error, z, p_two_sided;
  Interval interval;
};

/// Errors  "denominator_zero" (neither varies), "out_of_range" (confidence).
Outcome<RatioDifference> compare_ratio_metrics(const RatioMetric& a, const RatioMetric& b, double confidence = 0.95);

}  // namespace kpi
