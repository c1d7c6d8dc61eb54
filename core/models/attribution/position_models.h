// Attribution by rules: the weight of every touch of one journey follows from its position, its age or its milestones.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/attribution/channel_credit.h"
#include "core/models/attribution/journey.h"

namespace kpi {

/// Shares of the marked touches and of all others together. Each >= 0.
///
/// Where vendors are silent: marks on the same touch add up; the share of a milestone that the journey does not have is dropped, and so is the
/// share of the others where there is no other touch; what is left is scaled to 1. So one touch takes all and two touches of a U share equally.
/// Where nothing is left at all, every touch takes the same.
struct PositionShares {
  double first = 0, lead = 0, opportunity = 0, close = 0, last = 0;
  double others = 0;
  bool only_until_lead = false;  // the others after the lead was made take nothing: a U that covers the way to the lead only
};

enum class TouchRule : std::uint8_t {
  kFirst,
  kLast,
  kLastNonDirect,  // the last touch that is not of the direct channel; the last one where all are
  kLinear,         // every touch the same, repeated channels each time
  kLinearUnique,   // every channel of the journey the same, split evenly over its touches
  kPosition,
  kTimeDecay,  // 2^(-age / half-life), normalised
};

struct TouchModel {
  TouchRule rule = TouchRule::kLinear;
  PositionShares shares = {};          // kPosition
  double half_life_days = 7;           // kTimeDecay
  std::int32_t direct_channel = -1;    // kLastNonDirect; -1: none is direct
};

/// Source  Weights: HubSpot, "Understand attribution reporting"; Google Ads API, AttributionModelEnum; Dreamdata, "Position Based Attribution
///         Models". Position based has two meanings: 40/20/40 by the last touch (Google, Salesforce, Matomo) or by the lead's creation (HubSpot).
TouchModel first_touch_model();
TouchModel last_touch_model();
TouchModel last_non_direct_model(std::int32_t direct_channel);
TouchModel linear_model();
TouchModel linear_unique_model();
TouchModel position_based_last_touch_model();      // .4 first, .4 last, .2 others
TouchModel position_based_lead_creation_model();   // .4 first, .4 lead, .2 all others
TouchModel w_shaped_model();                       // .3 first, .3 lead, .3 opportunity, .1 others
TouchModel full_path_model();                      // .225 first, .225 lead, .225 opportunity, .225 close, .1 others
TouchModel j_shaped_model();                       // .2 first, .6 last, .2 others
TouchModel inverse_j_model();                      // .6 first, .2 last, .2 others
TouchModel time_decay_model(double half_life_days = 7);

/// Weights of the user's own. Undefined: "out_of_range" where a share is not in 0..1 or they do not sum to 1 within 1e-9.
Outcome<TouchModel> custom_position_model(const PositionShares& shares);

/// Which milestones of a journey a model asked for and did not find.
struct MissingMilestones {
  bool lead = false, opportunity = false, close = false;
  bool any() const { return lead || opportunity || close; }
};

/// Weights of the touches of one journey: as many as touches, each >= 0, their sum 1. `weights` is resized: one buffer serves all journeys.
/// The journey must have a touch, shares and half-life must be as described.
/// Cost    O(touches), for kLinearUnique O(touches * log touches).
MissingMilestones weigh_touches(const TouchModel& model, const Journeys& journeys, const Journey& journey, std::vector<double>& weights);

/// Credits by channel of a model by rules. The credits and what is unattributed sum to all conversions and all value.
///
/// Errors  Those of journey_totals; "no_date": decay without ages; "out_of_range" {half_life}: not positive; "missing_input" {lead, opportunity,
///         close}: of the milestones that the model needs those that no converted journey has.
/// Cost    O(touches).
Outcome<ChannelCredit> credit_by_rule(const TouchModel& model, const Journeys& journeys);

}  // namespace kpi
