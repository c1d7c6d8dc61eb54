// Expected: shares by hand; mean and variance of Poisson(1), which are 1.
#include "core/models/attribution/sampled_shares.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/models/attribution/markov.h"
#include "tests/unit/models/attribution/journey_fixture.h"

namespace kpi {
namespace {

using attribution_test::Path;

const std::vector<SampledModel>& models() {
  static const std::vector<SampledModel> kModels = {{"first_touch", first_touch_model()}, {"markov", {}, true}};
  return kModels;
}

TEST(SampledShares, SampleZeroIsTheJourneysThemselves) {
  const Journeys journeys = attribution_test::random_journeys(4, 80, 5, 6);
  const SampledShares sampled(journeys, models(), 0, 1);
  const MarkovCredit markov = credit_by_markov(journeys, 1).value();
  const ChannelCredit first = credit_by_rule(first_touch_model(), journeys).value();
  const JourneyTotals totals = journey_totals(journeys).value();
  const double touched = totals.all.conversions - totals.untouched.conversions;
  for (std::size_t c = 0; c < 5; ++c) {
    EXPECT_NEAR(sampled.shares(0, 0)[c], first.by_channel[c].conversions / touched, 1e-14);
    EXPECT_NEAR(sampled.shares(1, 0)[c], markov.credit.by_channel[c].conversions / touched, 1e-13);
  }
}

TEST(SampledShares, VaryAsAShareDoes) {
  // 300 of 400 conversions by A: the share has mean 3/4 and standard deviation sqrt(3/16 / 400).
  std::vector<Path> paths;
  for (int i = 0; i < 400; ++i) paths.push_back({i % 4 == 0 ? "B" : "A", 1, 1, 0});
  const Journeys journeys = attribution_test::from_paths(paths).journeys;
  const SampledShares sampled(journeys, models(), 2000, 3);
  for (const std::size_t model : {0U, 1U}) {
    double sum = 0, squares = 0;
    for (std::uint32_t s = 1; s <= 2000; ++s) {
      const double share = sampled.shares(model, s)[1];  // B comes first
      sum += share - 0.75;
      squares += (share - 0.75) * (share - 0.75);
    }
    const double deviation = std::sqrt(3 / 16.0 / 400);
    EXPECT_NEAR(sum / 2000, 0, 5 * deviation / std::sqrt(2000));
    EXPECT_NEAR(std::sqrt(squares / 2000), deviation, 0.1 * deviation);
  }
}

TEST(SampledShares, ASampleWithoutConversionsHasNone) {
  const Journeys journeys = attribution_test::from_paths({{"A", 1, 1, 0}}).journeys;
  const SampledShares sampled(journeys, models(), 100, 1);
  int empty = 0;
  for (std::uint32_t s = 0; s <= 100; ++s) {
    EXPECT_EQ(sampled.shares(0, s).empty(), sampled.shares(1, s).empty());
    empty += sampled.shares(0, s).empty() ? 1 : 0;
  }
  EXPECT_NEAR(empty, 100 * std::exp(-1.0), 5 * 4.9);
  EXPECT_FALSE(sampled.shares(0, 0).empty());
}

}  // namespace
}  // namespace kpi
