#include "core/models/attribution/attribution.h"

#include "core/models/attribution/markov.h"

namespace kpi {

std::vector<NamedTouchModel> touch_models(const AttributionSettings& settings) {
  TouchModel by_lead = position_based_lead_creation_model();
  by_lead.shares.only_until_lead = settings.lead_position_only_until_lead;
  std::vector<NamedTouchModel> models = {{"first_touch", first_touch_model()}, {"last_touch", last_touch_model()}};
  if (settings.direct_channel >= 0) models.push_back({"last_non_direct", last_non_direct_model(settings.direct_channel)});
  models.push_back({"linear", linear_model()});
  models.push_back({"position_based_last_touch", position_based_last_touch_model()});
  models.push_back({"position_based_lead_creation", by_lead});
  models.push_back({"w_shaped", w_shaped_model()});
  models.push_back({"full_path", full_path_model()});
  models.push_back({"j_shaped", j_shaped_model()});
  models.push_back({"inverse_j", inverse_j_model()});
  models.push_back({"time_decay", time_decay_model(settings.half_life_days)});
  if (settings.has_custom_weights) models.push_back({"custom_position", custom_position_model(settings.custom_weights)});
  return models;
}

std::vector<ModelResult> attribute(const Journeys& journeys, const AttributionSettings& settings) {
  std::vector<ModelResult> results;
  for (const NamedTouchModel& named : touch_models(settings)) {
    if (named.model.ok()) {
      results.push_back({named.id, credit_by_rule(named.model.value(), journeys)});
    } else {
      results.push_back({named.id, named.model.reason()});
    }
  }
  Outcome<MarkovCredit> markov = credit_by_markov(journeys, settings.markov_order);
  results.push_back({"markov", markov.ok() ? Outcome<ChannelCredit>(std::move(markov).value().credit) : Outcome<ChannelCredit>(markov.reason())});
  results.push_back({"shapley", credit_by_shapley(journeys)});
  Outcome<ShapleyRateCredit> rate = credit_by_shapley_rate(journeys, settings.shapley_rate);
  results.push_back({"shapley_rate", rate.ok() ? Outcome<ChannelCredit>(std::move(rate).value().credit) : Outcome<ChannelCredit>(rate.reason())});
  return results;
}

}  // namespace kpi
