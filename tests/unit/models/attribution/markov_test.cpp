// Expected: S. Bryl's example of three paths (catalogue, golden numbers); the exact absorbing chain by sparse LU, confirmed by simulations of
// ChannelAttribution 2.2.4 and by DP6 MAM (fixtures/attribution.json; the toy is commit_ok).
#include "core/models/attribution/markov.h"

#include <gtest/gtest.h>

#include <numeric>

#include "core/models/attribution/markov_chain.h"
#include "tests/unit/models/attribution/journey_fixture.h"

namespace kpi {
namespace {

using attribution_test::expect_within;
using attribution_test::from_paths;
using attribution_test::NamedJourneys;
using attribution_test::random_journeys;

std::string code_of(const Outcome<MarkovCredit>& outcome) { return outcome.ok() ? "ok" : std::string(outcome.reason().code); }

TEST(Markov, PublishedExampleOfThreePaths) {
  const NamedJourneys three = from_paths({{"C1>C2>C3", 1, 1, 0}, {"C1", 0, 0, 1}, {"C2>C3", 0, 0, 1}});
  const Outcome<MarkovCredit> markov = credit_by_markov(three.journeys, 1);
  ASSERT_TRUE(markov.ok());
  EXPECT_NEAR(markov.value().conversion_rate, 1 / 3.0, 1e-15);
  const double effects[] = {0.5, 1, 1}, credits[] = {0.2, 0.4, 0.4};
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_NEAR(markov.value().removal_effects[c].conversions, effects[c], 1e-14);
    EXPECT_NEAR(markov.value().credit.by_channel[c].conversions, credits[c], 1e-14);
  }
  EXPECT_TRUE(markov.value().has_null_journeys);
}

TEST(Markov, ToyOfOrdersOneToThree) {
  const NamedJourneys toy = from_paths(attribution_test::toy_paths());
  struct Expected {
    int order;
    std::size_t states;
    double webinar_effect, webinar_conversions, linkedin_value;
  };
  for (const Expected& e : {Expected{1, 7, 0.39034273202878866, 2.201125345492439, 13638.160248557757},
                            Expected{2, 24, 0.6125, 3.1681691016474978, 30382.76674629952},
                            Expected{3, 20, 0.625, 3.404255319148936, 28011.48168398032}}) {
    SCOPED_TRACE(e.order);
    const Outcome<MarkovCredit> markov = credit_by_markov(toy.journeys, e.order);
    ASSERT_TRUE(markov.ok());
    EXPECT_EQ(markov.value().states, e.states);
    EXPECT_NEAR(markov.value().conversion_rate, 16 / 114.0, 1e-14);
    EXPECT_NEAR(markov.value().value_per_journey, 281500 / 114.0, 1e-9);
    EXPECT_NEAR(markov.value().removal_effects[toy.index("Webinar")].conversions, e.webinar_effect, 1e-12);
    EXPECT_NEAR(markov.value().credit.by_channel[toy.index("Webinar")].conversions, e.webinar_conversions, 1e-11);
    EXPECT_NEAR(markov.value().credit.by_channel[toy.index("LinkedIn Ads")].value, e.linkedin_value, 1e-7);
  }
}

TEST(Markov, FixtureRemovalEffectsAndCredits) {
  KPI_ATTRIBUTION_CASES(cases);
  int checked = 0;
  for (const auto& c : cases) {
    const auto& expected = c["expected"];
    if (!expected.contains("removal_effect_conversions")) continue;
    SCOPED_TRACE(c["id"].get<std::string>());
    const NamedJourneys named = attribution_test::journeys_of(c);
    const Outcome<MarkovCredit> markov = credit_by_markov(named.journeys, c["inputs"]["order"]);
    ASSERT_TRUE(markov.ok());
    const auto& tolerance = c["tolerance"];
    EXPECT_EQ(markov.value().states, expected["n_states"]);
    expect_within(tolerance, markov.value().conversion_rate, expected["p_conversion"], "rate");
    expect_within(tolerance, markov.value().value_per_journey, expected["expected_value_per_path"], "value");
    ASSERT_EQ(expected["conversions"].size(), named.names.size());
    for (const std::string& name : named.names) {
      const Credit& effect = markov.value().removal_effects[named.index(name)];
      const Credit& credit = markov.value().credit.by_channel[named.index(name)];
      expect_within(tolerance, effect.conversions, expected["removal_effect_conversions"][name], name);
      expect_within(tolerance, effect.value, expected["removal_effect_value"][name], name);
      expect_within(tolerance, credit.conversions, expected["conversions"][name], name);
      expect_within(tolerance, credit.value, expected["value"][name], name);
      ++checked;
    }
  }
  EXPECT_EQ(checked, 3 * 7 + 3 * 12);
}

TEST(Markov, FixtureOfThreePaths) {
  KPI_ATTRIBUTION_CASES(cases);
  int checked = 0;
  for (const auto& c : cases) {
    if (c["id"] != "bryl_three_paths") continue;
    const NamedJourneys named = attribution_test::journeys_of(c);
    const Outcome<MarkovCredit> markov = credit_by_markov(named.journeys, c["inputs"]["order"]);
    ASSERT_TRUE(markov.ok());
    expect_within(c["tolerance"], markov.value().conversion_rate, c["expected"]["p_conversion"], "rate");
    for (const std::string& name : named.names) {
      expect_within(c["tolerance"], markov.value().removal_effects[named.index(name)].conversions, c["expected"]["removal_effect"][name], name);
      expect_within(c["tolerance"], markov.value().credit.by_channel[named.index(name)].conversions, c["expected"]["weights"][name], name);
      ++checked;
    }
  }
  EXPECT_EQ(checked, 3);
}

TEST(Markov, CreditsSumToConversionsAndValueOfJourneysWithTouches) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    for (int order = 1; order <= kHighestOrder; ++order) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << " order " << order);
      const Journeys journeys = random_journeys(seed, 80, 6, 8);
      const Outcome<MarkovCredit> markov = credit_by_markov(journeys, order);
      ASSERT_TRUE(markov.ok());
      Credit sum = markov.value().credit.unattributed;
      for (const Credit& c : markov.value().credit.by_channel) {
        EXPECT_GE(c.conversions, 0);
        sum.conversions += c.conversions;
        sum.value += c.value;
      }
      const JourneyTotals totals = journey_totals(journeys).value();
      EXPECT_NEAR(sum.conversions, totals.all.conversions, 1e-12 * totals.all.conversions);
      EXPECT_NEAR(sum.value, totals.all.value, 1e-12 * totals.all.value);
    }
  }
}

TEST(Markov, NumberingOfChannelsAndUnusedChannelsChangeNothing) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const Journeys journeys = random_journeys(seed, 60, 6, 7);
    Journeys renumbered = journeys;
    renumbered.channels = 9;  // 6 is never used, nor are 7 and 8
    for (Touch& t : renumbered.touches) t.channel = t.channel == 0 ? 8 : 6 - t.channel;
    for (int order = 1; order <= kHighestOrder; ++order) {
      const Outcome<MarkovCredit> a = credit_by_markov(journeys, order), b = credit_by_markov(renumbered, order);
      ASSERT_TRUE(a.ok() && b.ok());
      for (std::size_t c = 0; c < 6; ++c) {
        const std::size_t other = c == 0 ? 8 : 6 - c;
        EXPECT_NEAR(a.value().credit.by_channel[c].conversions, b.value().credit.by_channel[other].conversions, 1e-11);
        EXPECT_NEAR(a.value().credit.by_channel[c].value, b.value().credit.by_channel[other].value, 1e-6);
      }
      EXPECT_EQ(b.value().credit.by_channel[0].conversions, 0);
      EXPECT_EQ(b.value().removal_effects[7].conversions, 0);
    }
  }
}

TEST(Markov, WithoutNullJourneysEveryoneConverts) {
  // Each channel is in half of the journeys: removing it loses that half.
  const Outcome<MarkovCredit> markov = credit_by_markov(from_paths({{"A", 5, 10, 0}, {"B", 5, 30, 0}}).journeys, 1);
  ASSERT_TRUE(markov.ok());
  EXPECT_FALSE(markov.value().has_null_journeys);
  EXPECT_EQ(markov.value().conversion_rate, 1);
  EXPECT_NEAR(markov.value().removal_effects[0].conversions, 0.5, 1e-15);
  EXPECT_NEAR(markov.value().removal_effects[1].value, 0.75, 1e-15);
}

TEST(Markov, DegenerateJourneys) {
  EXPECT_EQ(code_of(credit_by_markov({}, 1)), "denominator_zero");
  EXPECT_EQ(code_of(credit_by_markov(from_paths({{"A", 0, 0, 9}}).journeys, 1)), "denominator_zero");
  EXPECT_EQ(code_of(credit_by_markov(from_paths({{"", 3, 9, 0}, {"A", 0, 0, 1}}).journeys, 1)), "denominator_zero");
  EXPECT_EQ(code_of(credit_by_markov(from_paths({{"A", 1, 9, 0}}).journeys, 0)), "out_of_range");
  EXPECT_EQ(code_of(credit_by_markov(from_paths({{"A", 1, 9, 0}}).journeys, 4)), "out_of_range");
  EXPECT_EQ(code_of(credit_by_markov(from_paths({{"A", 1, -9, 0}}).journeys, 1)), "out_of_range");
  const Outcome<MarkovCredit> worthless = credit_by_markov(from_paths({{"A>A", 2, 0, 1}}).journeys, 2);
  ASSERT_TRUE(worthless.ok());
  EXPECT_NEAR(worthless.value().credit.by_channel[0].conversions, 2, 1e-15);
  EXPECT_EQ(worthless.value().credit.by_channel[0].value, 0);
}

}  // namespace
}  // namespace kpi
