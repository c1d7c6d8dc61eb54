// Rates of members with what their counts allow to say: an interval, and whether they differ from all the others at all.
#pragma once

#include <optional>
#include <vector>

#include "core/engine/evaluate.h"

namespace kpi {

/// A share k of n; both from 0, k at most n, n above 0.
struct Proportion {
  double k, n;
};

/// Interval at 95 % for the difference a - b of two independent shares, as fractions. When it holds 0, the two cannot be told apart.
/// Source  Newcombe 1998, Statistics in Medicine 17, 873-890: hybrid score, method 10, without continuity correction.
/// Example 56 of 70 and 48 of 80 -> 0.0524 .. 0.3339
Interval difference_interval(const Proportion& a, const Proportion& b);

struct MemberRate {
  Proportion counts;
  Interval interval;            // Wilson, as of any rate
  std::optional<bool> differs;  // from all other members together; nothing when there are none, or their counts are not known
};

/// What to say of a member's share. `all`: the same counts over everything, where they are known and add up over members.
MemberRate member_rate(const Proportion& member, const std::optional<Proportion>& all);

}  // namespace kpi
