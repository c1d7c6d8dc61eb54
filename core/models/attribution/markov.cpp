#include "core/models/attribution/markov.h"

#include "core/base/sum.h"
#include "core/models/attribution/markov_chain.h"
#include "core/models/attribution/removal_effects.h"

namespace kpi {

Outcome<MarkovCredit> credit_by_markov(const Journeys& journeys, int order) {
  const Outcome<JourneyTotals> totals = journey_totals(journeys);
  if (!totals.ok()) return totals.reason();
  const Outcome<MarkovChain> built = markov_chain(journeys, order);
  if (!built.ok()) return built.reason();
  const MarkovChain& chain = built.value();
  Outcome<std::vector<Credit>> effects = removal_effects(chain, journeys.channels);
  if (!effects.ok()) return effects.reason();

  Sum conversions, value;
  for (const Credit& e : effects.value()) {
    conversions.add(e.conversions);
    value.add(e.value);
  }
  MarkovCredit result;
  for (const Credit& e : effects.value()) {
    result.credit.by_channel.push_back({e.conversions / conversions.value() * chain.conversions,
                                        value.value() > 0 ? e.value / value.value() * chain.value : 0});
  }
  result.credit.unattributed = totals.value().untouched;
  result.removal_effects = std::move(effects).value();
  result.conversion_rate = chain.conversions / chain.journeys;
  result.value_per_journey = chain.value / chain.journeys;
  result.states = chain.states.size();
  result.has_null_journeys = totals.value().not_converted > 0;
  return result;
}

}  // namespace kpi
