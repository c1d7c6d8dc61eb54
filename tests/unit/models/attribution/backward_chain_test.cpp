// Expected: the equations themselves, and arithmetic.
#include "core/models/attribution/backward_chain.h"

#include <gtest/gtest.h>

#include "tests/unit/models/attribution/journey_fixture.h"

namespace kpi {
namespace {

TEST(BackwardChain, WhoHasPassedA) {
  // Of 4 who are in B 3 came from A; of 5 in C 1 started there and 4 came from B: 3/4 and 3/5.
  const MarkovChain chain = markov_chain(attribution_test::from_paths({{"A>B>C", 3, 3, 0}, {"B>C", 1, 1, 0}, {"C", 0, 0, 1}}).journeys, 1).value();
  std::vector<double> passed;
  ASSERT_TRUE(BackwardChain(chain).solve({1, 0, 0}, passed));
  ASSERT_EQ(passed.size(), 3U);
  EXPECT_EQ(passed[0], 1);
  EXPECT_NEAR(passed[1], 0.75, 1e-15);
  EXPECT_NEAR(passed[2], 0.6, 1e-15);
}

TEST(BackwardChain, SolvesItsEquationsOneAfterTheOther) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const MarkovChain chain = markov_chain(attribution_test::random_journeys(seed, 300, 6, 20), 2).value();
    BackwardChain backward(chain);
    for (std::int32_t channel = 0; channel < 6; ++channel) {
      std::vector<char> is_marked;
      for (const MarkovChain::State& s : chain.states) is_marked.push_back(s.has(channel) ? 1 : 0);
      std::vector<double> passed;
      ASSERT_TRUE(backward.solve(is_marked, passed));
      for (std::size_t s = 0; s < passed.size(); ++s) {
        double expected = is_marked[s];
        for (std::uint32_t f = chain.flows_begin[s]; is_marked[s] == 0 && f < chain.flows_begin[s + 1]; ++f) {
          expected += chain.flows[f].count / chain.states[s].entered * passed[chain.flows[f].from];
        }
        EXPECT_NEAR(passed[s], expected, 1e-12);
      }
    }
  }
}

TEST(BackwardChain, AllOrNoneMarked) {
  const MarkovChain chain = markov_chain(attribution_test::from_paths({{"A>B>A", 1, 1, 1}}).journeys, 1).value();
  std::vector<double> passed;
  ASSERT_TRUE(BackwardChain(chain).solve({1, 1}, passed));
  EXPECT_EQ(passed, (std::vector<double>{1, 1}));
  ASSERT_TRUE(BackwardChain(chain).solve({0, 0}, passed));
  EXPECT_EQ(passed, (std::vector<double>{0, 0}));
}

}  // namespace
}  // namespace kpi
