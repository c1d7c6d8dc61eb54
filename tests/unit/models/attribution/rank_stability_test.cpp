// Expected: shares by hand; the models' own credits; the normal approximation of a binomial.
#include "core/models/attribution/rank_stability.h"

#include <gtest/gtest.h>

#include "core/models/attribution/markov.h"
#include "tests/unit/models/attribution/journey_fixture.h"

namespace kpi {
namespace {

using attribution_test::from_paths;
using attribution_test::Path;
using attribution_test::random_journeys;

/// One row a journey.
Journeys single_rows(const std::vector<std::pair<std::string, int>>& converted, int not_converted) {
  std::vector<Path> paths;
  for (const auto& [path, count] : converted) {
    for (int i = 0; i < count; ++i) paths.push_back({path, 1, 1, 0});
  }
  for (int i = 0; i < not_converted; ++i) paths.push_back({converted.front().first, 0, 0, 1});
  return from_paths(paths).journeys;
}

std::string code_of(const Outcome<RankStability>& outcome) { return outcome.ok() ? "ok" : std::string(outcome.reason().code); }

TEST(RankStability, ModelsAgreeWhereJourneysHaveOneTouch) {
  const Outcome<RankStability> stability = rank_stability(single_rows({{"A", 300}, {"B", 100}}, 0), {});
  ASSERT_TRUE(stability.ok());
  EXPECT_TRUE(stability.value().all_agree);
  EXPECT_GE(stability.value().models.size(), 7U);
  const ChannelStability& a = stability.value().by_channel[0];
  EXPECT_NEAR(a.lowest_share, 0.75, 1e-12);
  EXPECT_NEAR(a.disagreement, 0, 1e-12);
  EXPECT_EQ(a.agreement, Agreement::kAgrees);
  EXPECT_EQ(a.rank.front(), 1U);
  EXPECT_EQ(a.kept.front(), 1);
}

TEST(RankStability, ModelsDisagreeWhereTheFirstIsNeverTheLast) {
  const Outcome<RankStability> stability = rank_stability(single_rows({{"A>B>B", 200}}, 50), {});
  ASSERT_TRUE(stability.ok());
  EXPECT_FALSE(stability.value().all_agree);
  for (const ChannelStability& c : stability.value().by_channel) {
    EXPECT_EQ(c.agreement, Agreement::kModelsDisagree);
    EXPECT_EQ(c.lowest_share, 0);
    EXPECT_EQ(c.highest_share, 1);
    EXPECT_EQ(c.disagreement, 1);
  }
}

TEST(RankStability, CloseChannelsAreUncertain) {
  // A leads B by 105 to 95: under resampling by a difference of 10 with a standard deviation of sqrt(200), so that A is first in 76 of 100 samples.
  const Outcome<RankStability> stability = rank_stability(single_rows({{"A", 105}, {"B", 95}}, 0), {}, {.samples = 1000});
  ASSERT_TRUE(stability.ok());
  const ChannelStability& a = stability.value().by_channel[0];
  EXPECT_EQ(a.agreement, Agreement::kUncertain);
  EXPECT_NEAR(a.kept.front(), 0.76, 0.05);
  EXPECT_FALSE(stability.value().all_agree);
}

TEST(RankStability, EqualChannelsHaveTheSameRank) {
  const Outcome<RankStability> stability = rank_stability(single_rows({{"A>B", 10}, {"B>A", 10}}, 0), {});
  ASSERT_TRUE(stability.ok());
  for (const ChannelStability& c : stability.value().by_channel) {
    for (const std::uint32_t rank : c.rank) EXPECT_EQ(rank, 1U);
  }
}

TEST(RankStability, SharesAreThoseOfTheModels) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Journeys journeys = random_journeys(seed, 100, 5, 6);
    const Outcome<RankStability> stability = rank_stability(journeys, {}, {.samples = 20, .seed = seed});
    ASSERT_TRUE(stability.ok());
    const std::vector<ModelResult> results = attribute(journeys, {});
    const JourneyTotals totals = journey_totals(journeys).value();
    ASSERT_EQ(stability.value().models.size() + 1, results.size());  // all but shapley_rate
    for (std::size_t m = 0; m < stability.value().models.size(); ++m) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << " " << stability.value().models[m]);
      ASSERT_EQ(stability.value().models[m], results[m].id);
      for (std::size_t c = 0; c < 5; ++c) {
        const double share = results[m].credit.value().by_channel[c].conversions / (totals.all.conversions - totals.untouched.conversions);
        EXPECT_NEAR(stability.value().by_channel[c].share[m], share, 1e-12);
        EXPECT_GE(stability.value().by_channel[c].kept[m], 0);
        EXPECT_LE(stability.value().by_channel[c].kept[m], 1);
        EXPECT_GE(share, stability.value().by_channel[c].lowest_share - 1e-12);
      }
    }
  }
}

TEST(RankStability, TheSameSeedGivesTheSameSamples) {
  const Journeys journeys = random_journeys(9, 60, 4, 5);
  const RankStability a = rank_stability(journeys, {}, {.seed = 5}).value(), b = rank_stability(journeys, {}, {.seed = 5}).value();
  const RankStability c = rank_stability(journeys, {}, {.seed = 6}).value();
  bool differs = false;
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(a.by_channel[i].kept, b.by_channel[i].kept);
    differs = differs || a.by_channel[i].kept != c.by_channel[i].kept;
  }
  EXPECT_TRUE(differs);
}

TEST(RankStability, DegenerateJourneys) {
  const Journeys two = single_rows({{"A", 2}}, 1);
  EXPECT_EQ(code_of(rank_stability(two, {})), "ok");
  EXPECT_EQ(code_of(rank_stability({}, {})), "denominator_zero");
  EXPECT_EQ(code_of(rank_stability(from_paths({{"", 3, 1, 0}, {"A", 0, 0, 1}}).journeys, {})), "denominator_zero");
  EXPECT_EQ(code_of(rank_stability(single_rows({{"A", 1}}, 4), {})), "too_few_rows");
  EXPECT_EQ(code_of(rank_stability(two, {}, {.samples = 1})), "out_of_range");
  EXPECT_EQ(code_of(rank_stability(two, {}, {.least_kept = 1.5})), "out_of_range");
  EXPECT_EQ(code_of(rank_stability(two, {}, {.most_disagreement = std::nan("")})), "out_of_range");
}

}  // namespace
}  // namespace kpi
