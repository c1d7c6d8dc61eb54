// Expected: catalogue of KPIs, golden numbers; brute force over all coalitions (fixtures/attribution.json; the toy is commit_ok); arithmetic.
#include "core/models/attribution/shapley.h"

#include <gtest/gtest.h>

#include "tests/unit/models/attribution/journey_fixture.h"

namespace kpi {
namespace {

using attribution_test::expect_within;
using attribution_test::from_paths;
using attribution_test::NamedJourneys;
using attribution_test::random_journeys;

TEST(Shapley, GoldenNumbersOfTheCatalogue) {
  const Outcome<ChannelCredit> credit = credit_by_shapley(from_paths({{"A", 10, 0, 0}, {"B", 20, 0, 0}, {"A>B", 30, 0, 0}, {"A>B>C", 6, 0, 0}}).journeys);
  ASSERT_TRUE(credit.ok());
  const double expected[] = {27, 37, 2};
  for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(credit.value().by_channel[c].conversions, expected[c], 1e-12);
}

TEST(Shapley, RateByHand) {
  // v(A) = 1/4, v(B) = 1/2, v(AB) = (1 + 1 + 4) / 10: A adds 1/4 first and 1/10 second, B 1/2 or 7/20.
  const Outcome<ShapleyRateCredit> credit = credit_by_shapley_rate(from_paths({{"A", 1, 40, 3}, {"B", 1, 10, 1}, {"B>A>B", 4, 0, 0}}).journeys);
  ASSERT_TRUE(credit.ok());
  EXPECT_TRUE(credit.value().is_exact);
  EXPECT_NEAR(credit.value().contributions[0].conversions, 0.175, 1e-15);
  EXPECT_NEAR(credit.value().contributions[1].conversions, 0.425, 1e-15);
  EXPECT_NEAR(credit.value().credit.by_channel[0].conversions, 1.75, 1e-14);
  // Value per journey: v(A) = 10, v(B) = 5, v(AB) = 5.
  EXPECT_NEAR(credit.value().contributions[0].value, 5, 1e-14);
  EXPECT_NEAR(credit.value().contributions[1].value, 0, 1e-14);
}

TEST(Shapley, ToyRateCanBeNegative) {
  const NamedJourneys toy = from_paths(attribution_test::toy_paths());
  const Outcome<ShapleyRateCredit> credit = credit_by_shapley_rate(toy.journeys);
  ASSERT_TRUE(credit.ok());
  EXPECT_NEAR(credit.value().contributions[toy.index("Content")].conversions, -0.040389756467224286, 1e-12);
  EXPECT_NEAR(credit.value().credit.by_channel[toy.index("Demo")].conversions, 12.333980890023831, 1e-10);
}

TEST(Shapley, Fixtures) {
  KPI_ATTRIBUTION_CASES(cases);
  int subsets = 0, rates = 0;
  for (const auto& c : cases) {
    const std::string id = c["id"];
    if (id.find("shapley") == std::string::npos) continue;
    SCOPED_TRACE(id);
    const NamedJourneys named = attribution_test::journeys_of(c);
    const auto& expected = c["expected"];
    if (expected.contains("raw")) {
      const Outcome<ShapleyRateCredit> credit = credit_by_shapley_rate(named.journeys);
      ASSERT_TRUE(credit.ok());
      ASSERT_EQ(expected["raw"].size(), named.names.size());
      for (const std::string& name : named.names) {
        expect_within(c["tolerance"], credit.value().contributions[named.index(name)].conversions, expected["raw"][name], name);
        expect_within(c["tolerance"], credit.value().credit.by_channel[named.index(name)].conversions, expected["scaled_to_conversions"][name], name);
        ++rates;
      }
    } else {
      const Outcome<ChannelCredit> credit = credit_by_shapley(named.journeys);
      ASSERT_TRUE(credit.ok());
      ASSERT_EQ(expected["conversions"].size(), named.names.size());
      for (const std::string& name : named.names) {
        expect_within(c["tolerance"], credit.value().by_channel[named.index(name)].conversions, expected["conversions"][name], name);
        expect_within(c["tolerance"], credit.value().by_channel[named.index(name)].value, expected["value"][name], name);
        ++subsets;
      }
    }
  }
  EXPECT_EQ(subsets, 7 + 12);
  EXPECT_EQ(rates, 7 + 12);
}

TEST(Shapley, ContributionsSumToTheRateAndUnusedChannelsGetNothing) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Journeys journeys = random_journeys(seed, 60, 6, 6);
    journeys.channels = 8;
    const Outcome<JourneyTotals> totals = journey_totals(journeys);
    ASSERT_TRUE(totals.ok());
    for (const std::size_t most_exact : {std::size_t{15}, std::size_t{0}}) {
      const Outcome<ShapleyRateCredit> credit = credit_by_shapley_rate(journeys, {.orders = 50, .seed = seed, .most_exact = most_exact});
      ASSERT_TRUE(credit.ok());
      EXPECT_EQ(credit.value().is_exact, most_exact == 15);
      const Credit touched{totals.value().all.conversions - totals.value().untouched.conversions, totals.value().all.value - totals.value().untouched.value};
      double rate = 0, conversions = 0, value = 0;
      for (std::size_t c = 0; c < 8; ++c) {
        rate += credit.value().contributions[c].conversions;
        conversions += credit.value().credit.by_channel[c].conversions;
        value += credit.value().credit.by_channel[c].value;
      }
      EXPECT_NEAR(rate, touched.conversions / (touched.conversions + totals.value().not_converted), 1e-13);
      EXPECT_NEAR(conversions, touched.conversions, 1e-11);
      EXPECT_NEAR(value, touched.value, 1e-11 * touched.value);
      EXPECT_EQ(credit.value().contributions[6].conversions, 0);
      EXPECT_EQ(credit.value().contributions[7].value, 0);
    }
  }
}

TEST(Shapley, ChannelsThatDoTheSameGetTheSame) {
  // A and B are exchangeable: each journey of one has a twin of the other.
  const Journeys journeys = from_paths({{"A>C", 2, 20, 3}, {"C>B", 2, 20, 3}, {"A>B", 4, 8, 1}, {"C", 0, 0, 5}, {"A", 1, 1, 1}, {"B", 1, 1, 1}}).journeys;
  const Outcome<ChannelCredit> subset = credit_by_shapley(journeys);
  const Outcome<ShapleyRateCredit> rate = credit_by_shapley_rate(journeys);
  ASSERT_TRUE(subset.ok() && rate.ok());
  EXPECT_NEAR(subset.value().by_channel[0].conversions, subset.value().by_channel[2].conversions, 1e-14);  // A, C, B by appearance
  EXPECT_NEAR(rate.value().contributions[0].conversions, rate.value().contributions[2].conversions, 1e-15);
  EXPECT_NEAR(rate.value().contributions[0].value, rate.value().contributions[2].value, 1e-14);
}

TEST(Shapley, SampledOrdersAreWithinTheirError) {
  const Journeys journeys = random_journeys(7, 400, 9, 5);
  const Outcome<ShapleyRateCredit> exact = credit_by_shapley_rate(journeys);
  const Outcome<ShapleyRateCredit> sampled = credit_by_shapley_rate(journeys, {.orders = 2000, .seed = 11, .most_exact = 8});
  const Outcome<ShapleyRateCredit> again = credit_by_shapley_rate(journeys, {.orders = 2000, .seed = 11, .most_exact = 8});
  ASSERT_TRUE(exact.ok() && sampled.ok() && again.ok());
  EXPECT_FALSE(sampled.value().is_exact);
  for (std::size_t c = 0; c < 9; ++c) {
    const Credit& error = sampled.value().standard_errors[c];
    EXPECT_GT(error.conversions, 0);
    EXPECT_LT(error.conversions, 0.02);
    EXPECT_NEAR(sampled.value().contributions[c].conversions, exact.value().contributions[c].conversions, 4 * error.conversions);
    EXPECT_NEAR(sampled.value().contributions[c].value, exact.value().contributions[c].value, 4 * error.value);
    EXPECT_EQ(exact.value().standard_errors[c].conversions, 0);
    EXPECT_EQ(sampled.value().contributions[c].conversions, again.value().contributions[c].conversions);
  }
}

TEST(Shapley, DegenerateJourneys) {
  const auto code = [](const Journeys& journeys, const ShapleyRateSettings& settings = {}) {
    const Outcome<ShapleyRateCredit> credit = credit_by_shapley_rate(journeys, settings);
    return credit.ok() ? std::string("ok") : std::string(credit.reason().code);
  };
  EXPECT_EQ(code({}), "denominator_zero");
  EXPECT_EQ(code(from_paths({{"", 3, 0, 0}, {"A", 0, 0, 1}}).journeys), "denominator_zero");
  const Journeys one = from_paths({{"A", 1, 2, 0}}).journeys;
  EXPECT_EQ(code(one), "ok");
  EXPECT_EQ(code(one, {.orders = 1}), "out_of_range");
  EXPECT_EQ(code(one, {.most_exact = 21}), "out_of_range");
  EXPECT_FALSE(credit_by_shapley({}).ok());
}

}  // namespace
}  // namespace kpi
