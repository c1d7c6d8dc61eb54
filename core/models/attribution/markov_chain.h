// The Markov chain of journeys: what a person does next depends on the last one, two or three touches.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/attribution/journey.h"

namespace kpi {

constexpr int kHighestOrder = 3;
/// Ends of a transition that are not states.
constexpr std::int32_t kStart = -1, kConversion = -2, kNull = -3;

struct Transition {
  std::int32_t from;  // a state, or kStart
  std::int32_t to;    // a state, kConversion or kNull
  double share;       // of what leaves `from`
};

/// How often journeys passed from state to state. A state is a window of `order` touches in a row; a journey with fewer touches is one state.
/// Touches that do not change the state (A after A) are no step: the chain of changes has the same absorption probabilities.
/// What enters a state leaves it: entered = started + all flows to it = all flows from it + converted + lost.
struct MarkovChain {
  struct Flow {
    std::uint32_t from;
    double count;
  };
  struct State {
    std::int32_t channels[kHighestOrder];  // of the window, oldest first; kNoTouch after the last
    double started = 0, entered = 0, stayed = 0;
    double converted = 0, lost = 0;
    double value = 0;  // of those converted
    bool has(std::int32_t channel) const { return channels[0] == channel || channels[1] == channel || channels[2] == channel; }
  };
  int order = 1;
  std::vector<State> states;               // in the order in which journeys reach them
  std::vector<std::uint32_t> flows_begin;  // flows into state s: flows[flows_begin[s], flows_begin[s + 1]), by `from`
  std::vector<Flow> flows;                 // without those from a state to itself
  double journeys = 0, conversions = 0, value = 0;  // of those with touches
};

/// Counts the transitions. Journeys are weighted by conversions and null journeys; without touches they are left out.
/// The journeys must have passed journey_totals.
///
/// Errors  "out_of_range" {order} outside 1..3, {channel} from 2^21 - 2 channels on, {value} where a value is negative; "denominator_zero"
///         {conversions}: nobody with a touch converted.
/// Cost    O(touches) and a sort of the flows; states and flows are at most as many as touches.
Outcome<MarkovChain> markov_chain(const Journeys& journeys, int order);

/// The shares of every transition, with those from a state to itself or without. Sorted by from and to; of a start first, to the ends last.
/// Cost    O(flows log flows).
std::vector<Transition> transition_shares(const MarkovChain& chain, bool with_self);

}  // namespace kpi
