// Scored people counted by distinct score: what every measure of a score's quality that ranks is made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

struct ScoreGroup {
  double score;
  std::size_t converted, others;  // together at least 1
};

struct ScoreGroups {
  std::vector<ScoreGroup> groups;      // by rising score
  std::size_t converted = 0, others = 0;  // of all groups, both at least 1
};

/// Shape   One score and one outcome (1 converted, 0 not) per person, in any order; equal scores fall together.
/// Errors  "no_rows" (empty), "out_of_range" (lengths differ), "not_finite" (a score), "no_conversions", "all_converted".
/// Cost    O(n log n) time, O(n) memory.
Outcome<ScoreGroups> group_by_score(std::span<const double> scores, std::span<const std::uint8_t> outcomes);

}  // namespace kpi
