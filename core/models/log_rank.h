// Whether groups differ in how long something takes.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/kaplan_meier.h"

namespace kpi {

struct LogRank {
  double chi_square;
  std::uint32_t degrees_of_freedom;
  double p;
  std::vector<double> observed, expected;  // events by group; expected if all groups had the same curve
};

/// The log-rank test of Mantel (1966) and Peto and Peto (1972, J. R. Stat. Soc. A 135, 185-207), all times weighing the same.
/// `group_of` says the group of each duration, from 0 to groups - 1; a group of whom nobody is ever at risk at an event does not count.
/// Undefined: "no_rows", "too_few_rows" (fewer than two groups with expected events), "not_finite", "out_of_range" (a negative time, a
/// group, lists of different lengths), "denominator_zero" (the groups are never at risk together).
/// Cost O(n log n + times groups^2 + groups^3); at most 200 groups.
Outcome<LogRank> log_rank(const std::vector<Duration>& durations, const std::vector<std::uint32_t>& group_of, std::uint32_t groups);

}  // namespace kpi
