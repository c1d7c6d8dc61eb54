// Journeys by the set of channels they use: all that a game of channels looks at.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/models/attribution/channel_credit.h"
#include "core/models/attribution/journey.h"

namespace kpi {

struct ChannelSets {
  struct Set {
    std::uint32_t first, count;  // members[first, first + count)
    double journeys = 0;         // converted or not
    Credit credit;
  };
  std::vector<std::int32_t> used;      // channels with touches, ascending: player p is channel used[p]
  std::vector<std::uint32_t> members;  // players, ascending within a set
  std::vector<Set> sets;               // in the order of their members
  double journeys = 0;                 // of all sets
  Credit total;
  std::span<const std::uint32_t> of(const Set& set) const { return std::span(members).subspan(set.first, set.count); }
};

/// Journeys without touches or that happened to nobody are left out. The journeys must have passed journey_totals.
/// Cost    O(touches log touches).
ChannelSets channel_sets(const Journeys& journeys);

}  // namespace kpi
