// Expected: counts by hand, and transition_matrix of ChannelAttribution 2.2.4 (fixtures/attribution.json).
#include "core/models/attribution/markov_chain.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/unit/models/attribution/journey_fixture.h"

namespace kpi {
namespace {

using attribution_test::from_paths;
using attribution_test::NamedJourneys;
using attribution_test::random_journeys;
using Shares = std::map<std::string, std::map<std::string, double>>;

Shares shares_of(const NamedJourneys& named, bool with_self) {
  const Outcome<MarkovChain> chain = markov_chain(named.journeys, 1);
  if (!chain.ok()) return {};
  const auto name = [&](std::int32_t end) -> std::string {
    if (end == kStart) return "(start)";
    if (end == kConversion) return "(conversion)";
    if (end == kNull) return "(null)";
    return named.names[static_cast<std::size_t>(chain.value().states[static_cast<std::size_t>(end)].channels[0])];
  };
  Shares shares;
  for (const Transition& t : transition_shares(chain.value(), with_self)) shares[name(t.from)][name(t.to)] = t.share;
  return shares;
}

TEST(MarkovChain, SharesByHand) {
  const NamedJourneys named = from_paths({{"A>A>B", 2, 10, 1}, {"B>A", 0, 0, 1}});
  // A is left 3 times for A, 3 times for B and once for nothing; B three times at the end (2 converted) and once for A.
  const Shares with = shares_of(named, true), without = shares_of(named, false);
  EXPECT_EQ(with, (Shares{{"(start)", {{"A", .75}, {"B", .25}}},
                          {"A", {{"A", 3 / 7.0}, {"B", 3 / 7.0}, {"(null)", 1 / 7.0}}},
                          {"B", {{"A", .25}, {"(conversion)", .5}, {"(null)", .25}}}}));
  EXPECT_EQ(without, (Shares{{"(start)", {{"A", .75}, {"B", .25}}},
                             {"A", {{"B", .75}, {"(null)", .25}}},
                             {"B", {{"A", .25}, {"(conversion)", .5}, {"(null)", .25}}}}));
}

TEST(MarkovChain, FixtureTransitionMatrices) {
  KPI_ATTRIBUTION_CASES(cases);
  int checked = 0;
  for (const auto& c : cases) {
    if (!c["expected"].contains("with_self")) continue;
    SCOPED_TRACE(c["id"].get<std::string>());
    const NamedJourneys named = attribution_test::journeys_of(c);
    for (const bool with_self : {true, false}) {
      const Shares got = shares_of(named, with_self);
      const auto& expected = c["expected"][with_self ? "with_self" : "without_self"];
      ASSERT_EQ(got.size(), expected.size());
      for (const auto& [from, row] : expected.items()) {
        ASSERT_EQ(got.at(from).size(), row.size()) << from;
        for (const auto& [to, share] : row.items()) {
          ASSERT_EQ(got.at(from).count(to), 1U) << from << " " << to;
          attribution_test::expect_within(c["tolerance"], got.at(from).at(to), share, from + " " + to);
          ++checked;
        }
      }
    }
  }
  EXPECT_GT(checked, 100);
}

TEST(MarkovChain, WindowsOfTwoAndThree) {
  const MarkovChain two = markov_chain(from_paths({{"A>B>A>B", 1, 1, 0}, {"B", 0, 0, 1}}).journeys, 2).value();
  ASSERT_EQ(two.states.size(), 3U);  // AB, BA, and B alone
  EXPECT_EQ(two.states[0].channels[0], 0);
  EXPECT_EQ(two.states[0].channels[1], 1);
  EXPECT_EQ(two.states[0].entered, 2);
  EXPECT_EQ(two.states[2].channels[0], 1);
  EXPECT_EQ(two.states[2].channels[1], kNoTouch);
  const MarkovChain three = markov_chain(from_paths({{"A>A>A>A", 1, 1, 0}, {"A>A", 1, 1, 0}}).journeys, 3).value();
  ASSERT_EQ(three.states.size(), 2U);  // AAA, which stays once, and the short AA
  EXPECT_EQ(three.states[0].stayed, 1);
  EXPECT_EQ(three.states[0].converted, 1);
}

TEST(MarkovChain, WhatEntersAStateLeavesIt) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const Journeys journeys = random_journeys(seed, 50, 5, 8);
    for (int order = 1; order <= kHighestOrder; ++order) {
      const Outcome<MarkovChain> built = markov_chain(journeys, order);
      ASSERT_TRUE(built.ok());
      const MarkovChain& chain = built.value();
      std::vector<double> in(chain.states.size()), out(chain.states.size());
      for (std::size_t s = 0; s < chain.states.size(); ++s) {
        in[s] += chain.states[s].started;
        out[s] += chain.states[s].converted + chain.states[s].lost;
        for (std::uint32_t f = chain.flows_begin[s]; f < chain.flows_begin[s + 1]; ++f) {
          in[s] += chain.flows[f].count;
          out[chain.flows[f].from] += chain.flows[f].count;
        }
      }
      for (std::size_t s = 0; s < chain.states.size(); ++s) {
        EXPECT_EQ(in[s], chain.states[s].entered);
        EXPECT_EQ(out[s], chain.states[s].entered);
      }
    }
  }
}

}  // namespace
}  // namespace kpi
