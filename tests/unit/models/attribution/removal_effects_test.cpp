// Expected: the definition, by walking the chain forwards until nobody is left, with everybody who comes to the channel sent away.
#include "core/models/attribution/removal_effects.h"

#include <gtest/gtest.h>

#include "tests/unit/models/attribution/journey_fixture.h"

namespace kpi {
namespace {

using attribution_test::from_paths;
using attribution_test::random_journeys;

Credit walk_without(const MarkovChain& chain, std::int32_t channel) {
  std::vector<double> here(chain.states.size()), next;
  Credit kept;
  for (std::size_t s = 0; s < here.size(); ++s) here[s] = chain.states[s].has(channel) ? 0 : chain.states[s].started;
  for (double left = 1; left > 1e-18 * chain.journeys;) {
    next.assign(here.size(), 0);
    left = 0;
    for (std::size_t s = 0; s < here.size(); ++s) {
      const MarkovChain::State& state = chain.states[s];
      kept.conversions += here[s] * state.converted / state.entered;
      kept.value += here[s] * state.value / state.entered;
      if (state.has(channel)) continue;
      for (std::uint32_t f = chain.flows_begin[s]; f < chain.flows_begin[s + 1]; ++f) {
        next[s] += here[chain.flows[f].from] * chain.flows[f].count / chain.states[chain.flows[f].from].entered;
      }
      left += next[s];
    }
    here.swap(next);
  }
  return {1 - kept.conversions / chain.conversions, 1 - kept.value / chain.value};
}

TEST(RemovalEffects, DenseAndSparseAreTheDefinition) {
  int checked = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const Journeys journeys = random_journeys(seed, 120, 5, 12);
    for (int order = 1; order <= kHighestOrder; ++order) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << " order " << order);
      const Outcome<MarkovChain> chain = markov_chain(journeys, order);
      ASSERT_TRUE(chain.ok());
      const Outcome<std::vector<Credit>> dense = removal_effects(chain.value(), 5, 100000), sparse = removal_effects(chain.value(), 5, 0);
      ASSERT_TRUE(dense.ok() && sparse.ok());
      for (std::int32_t c = 0; c < 5; ++c) {
        const auto i = static_cast<std::size_t>(c);
        const Credit walked = walk_without(chain.value(), c);
        EXPECT_NEAR(dense.value()[i].conversions, walked.conversions, 1e-12);
        EXPECT_NEAR(dense.value()[i].value, walked.value, 1e-12);
        EXPECT_NEAR(sparse.value()[i].conversions, dense.value()[i].conversions, 1e-12);
        EXPECT_NEAR(sparse.value()[i].value, dense.value()[i].value, 1e-12);
        ++checked;
      }
    }
  }
  EXPECT_EQ(checked, 8 * 3 * 5);
}

TEST(RemovalEffects, VeryLongJourneys) {
  // A and B in turn 2000 times, then C and the conversion; others come to nothing at once. Without C all is lost; without A or B too, but for
  // those who come to C at once.
  std::string path;
  for (int i = 0; i < 2000; ++i) path += "A>B>";
  const Journeys journeys = from_paths({{path + "C", 1, 1, 0}, {"C", 1, 3, 0}, {"B", 0, 0, 7}}).journeys;
  for (int order = 1; order <= kHighestOrder; ++order) {
    SCOPED_TRACE(order);
    const MarkovChain chain = markov_chain(journeys, order).value();
    for (const std::size_t most_dense : {std::size_t{0}, std::size_t{100}}) {
      const Outcome<std::vector<Credit>> effects = removal_effects(chain, 3, most_dense);
      ASSERT_TRUE(effects.ok());
      EXPECT_NEAR(effects.value()[2].conversions, 1, 1e-12);
      if (order > 1) {  // C alone is a state of its own: the value of both ways to the end is kept apart
        EXPECT_NEAR(effects.value()[0].value, 0.25, 1e-12);
        EXPECT_NEAR(effects.value()[1].conversions, 0.5, 1e-12);
      }
    }
  }
}

TEST(RemovalEffects, RoundAndRoundAgainstTheOrderOfTheStates) {
  // The first journey names 450 channels in order, all others go round through them backwards, 10 times: the slowest that an iteration can meet.
  constexpr std::int32_t kChannels = 450;
  Journeys journeys;
  journeys.channels = kChannels;
  for (std::int32_t c = 0; c < kChannels; ++c) journeys.touches.push_back({.channel = c});
  journeys.list.push_back({.first = 0, .count = kChannels, .not_converted = 1});
  journeys.list.push_back({.first = kChannels, .count = 0, .conversions = 3, .value = 3, .not_converted = 2});
  for (int round = 0; round < 10; ++round) {
    for (std::int32_t c = kChannels; c-- > 0;) journeys.touches.push_back({.channel = c});
  }
  journeys.list.back().count = 10 * kChannels - 7;
  const MarkovChain chain = markov_chain(journeys, 1).value();
  const Outcome<std::vector<Credit>> dense = removal_effects(chain, kChannels, 1000), sparse = removal_effects(chain, kChannels, 0);
  ASSERT_TRUE(dense.ok() && sparse.ok());
  for (std::size_t c = 0; c < kChannels; ++c) EXPECT_NEAR(dense.value()[c].conversions, sparse.value()[c].conversions, 1e-11) << c;
}

TEST(RemovalEffects, SmallEffectsKeepTheirDigits) {
  // X is in 3 of 3e12 conversions: 1 - (1 - 1e-12) would leave four digits.
  const MarkovChain chain = markov_chain(from_paths({{"A", 3e12 - 3, 1, 0}, {"X", 3, 1, 1e9}}).journeys, 1).value();
  for (const std::size_t most_dense : {std::size_t{0}, std::size_t{100}}) {
    const Outcome<std::vector<Credit>> effects = removal_effects(chain, 2, most_dense);
    ASSERT_TRUE(effects.ok());
    EXPECT_NEAR(effects.value()[1].conversions, 1e-12, 1e-26);
  }
}

}  // namespace
}  // namespace kpi
