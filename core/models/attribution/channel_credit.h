// What every attribution model answers: credits by channel, and what no channel can be credited with.
#pragma once

#include <vector>

#include "core/base/undefined.h"
#include "core/models/attribution/journey.h"

namespace kpi {

/// One number for conversions and one for their value.
struct Credit {
  double conversions = 0;
  double value = 0;
};

struct ChannelCredit {
  std::vector<Credit> by_channel;
  Credit unattributed;                    // of journeys without touches: a row of its own
  double journeys_without_milestone = 0;  // converted journeys whose weights were scaled for want of a milestone
};

struct JourneyTotals {
  Credit all;        // every conversion, and its value
  Credit untouched;  // those of journeys without touches
  double not_converted = 0;  // null journeys with at least one touch
};

/// Sums of all journeys, which every model begins with.
///
/// Errors  "denominator_zero" {conversions}: nobody converted; "out_of_range": a negative or infinite number of conversions or of null journeys, a
///         channel or a milestone that does not exist, an age that is not a number; "not_finite": a value that
///         is not a number, or values whose sum is too large.
/// Cost    O(touches).
Outcome<JourneyTotals> journey_totals(const Journeys& journeys);

}  // namespace kpi
