// Attribution by a Markov chain: a channel is worth what would be lost without it.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/attribution/channel_credit.h"

namespace kpi {

struct MarkovCredit {
  ChannelCredit credit;                 // the effects scaled so that they sum to the conversions, and to the value, of journeys with touches
  std::vector<Credit> removal_effects;  // by channel, 0..1, unscaled
  double conversion_rate = 0;           // of journeys with touches
  double value_per_journey = 0;
  std::size_t states = 0;
  bool has_null_journeys = false;  // without them every journey converts, and a channel is judged only by how many pass through it
};

/// Order 1 to 3: the number of touches that a state remembers.
///
/// Errors  Those of journey_totals, markov_chain and removal_effects.
/// Cost    O(touches) and that of removal_effects: at order 1 and up to 400 channels, channels^3 once.
/// Source  Anderl et al. 2016 (see removal_effects.h).
Outcome<MarkovCredit> credit_by_markov(const Journeys& journeys, int order);

}  // namespace kpi
