// Which of two scores of the same people ranks better.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/base/undefined.h"
#include "core/models/wilson.h"

namespace kpi {

struct AucDifference {
  std::size_t people;
  double first, second;  // areas under the curve
  double difference;     // first - second
  // Nothing where the differences show no spread: fewer than two people on a side, or both scores order everybody alike.
  std::optional<double> standard_error, z, p;  // p: two-sided
  std::optional<Interval> interval;            // cut at -1 and 1
};

/// DeLong's paired test: the scores are of the same people, so what both get right or wrong cancels out. Two overlapping intervals say nothing of it.
///
/// Shape   Two scores and an outcome (1 converted, 0 not) per person; equal scores count one half.
/// Errors  "no_rows", "out_of_range" (lengths, confidence), "not_finite", "no_conversions", "all_converted".
/// Source  DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44, 837-845; by ranks: Sun and Xu 2014, IEEE Signal Process. Lett. 21, 1389-1393.
/// Cost    O(n log n).
Outcome<AucDifference> compare_areas(std::span<const double> first, std::span<const double> second, std::span<const std::uint8_t> outcomes, double confidence = 0.95);

}  // namespace kpi
