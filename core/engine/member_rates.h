// Rates of members with what their counts allow to say: an interval, and whether they differ from all the others at all.
#pragma once

#include <optional>
#include <vector>

#include "core/models/wilson.h"

namespace kpi {

struct MemberRate {
  Proportion counts;
  Interval interval;            // Wilson, as of any rate
  std::optional<bool> differs;  // from all other members together; nothing when there are none, or their counts are not known
};

/// What to say of a member's share. `all`: the same counts over everything, where they are known and add up over members.
MemberRate member_rate(const Proportion& member, const std::optional<Proportion>& all);

}  // namespace kpi
