// All attribution models over the same journeys, side by side.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/attribution/channel_credit.h"
#include "core/models/attribution/journey.h"
#include "core/models/attribution/position_models.h"
#include "core/models/attribution/shapley.h"

namespace kpi {

struct AttributionSettings {
  std::int32_t direct_channel = -1;  // -1: none, and last_non_direct is left out
  double half_life_days = 7;
  bool lead_position_only_until_lead = false;  // touches after the lead was made take nothing in position_based_lead_creation
  std::int32_t markov_order = 1;
  ShapleyRateSettings shapley_rate = {};
  bool has_custom_weights = false;
  PositionShares custom_weights = {};  // model custom_position
};

/// A model's answer, or why it has none: a model without one stops no other. `id` is the field's standard name.
struct ModelResult {
  std::string_view id;
  Outcome<ChannelCredit> credit;
};

/// Models by rules under their ids, as the settings say: first_touch, last_touch, last_non_direct, linear, position_based_last_touch,
/// position_based_lead_creation, w_shaped, full_path, j_shaped, inverse_j, time_decay and, with weights, custom_position.
struct NamedTouchModel {
  std::string_view id;
  Outcome<TouchModel> model;
};
std::vector<NamedTouchModel> touch_models(const AttributionSettings& settings);

/// Every model by rules, then markov, shapley and shapley_rate. In each the credits and what is unattributed sum to all conversions and all value.
/// Errors  Per model, as in its header.
/// Cost    The sum of the models' own.
std::vector<ModelResult> attribute(const Journeys& journeys, const AttributionSettings& settings);

}  // namespace kpi
