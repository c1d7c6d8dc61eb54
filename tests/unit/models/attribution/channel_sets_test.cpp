// Expected: by hand.
#include "core/models/attribution/channel_sets.h"

#include <gtest/gtest.h>

#include "tests/unit/models/attribution/journey_fixture.h"

namespace kpi {
namespace {

TEST(ChannelSets, OneRowForEachSetWhateverTheOrderAndTheRepeats) {
  const std::vector<attribution_test::Path> paths = {{"A>B>A", 1, 10, 2}, {"B>A", 2, 5, 0}, {"C", 0, 0, 0}, {"B", 0, 0, 4}, {"", 7, 7, 7}, {"D>A", 1, 1, 0}};
  Journeys journeys = attribution_test::from_paths(paths).journeys;
  journeys.channels = 6;
  const ChannelSets sets = channel_sets(journeys);
  EXPECT_EQ(sets.used, (std::vector<std::int32_t>{0, 1, 3}));  // C happened to nobody, 4 and 5 are in no journey
  ASSERT_EQ(sets.sets.size(), 3U);
  const std::vector<std::vector<std::uint32_t>> members = {{0, 1}, {0, 2}, {1}};
  const double counts[] = {5, 1, 4}, conversions[] = {3, 1, 0}, values[] = {15, 1, 0};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(std::vector<std::uint32_t>(sets.of(sets.sets[i]).begin(), sets.of(sets.sets[i]).end()), members[i]);
    EXPECT_EQ(sets.sets[i].journeys, counts[i]);
    EXPECT_EQ(sets.sets[i].credit.conversions, conversions[i]);
    EXPECT_EQ(sets.sets[i].credit.value, values[i]);
  }
  EXPECT_EQ(sets.journeys, 10);
  EXPECT_EQ(sets.total.conversions, 4);
  EXPECT_EQ(sets.total.value, 16);
  EXPECT_TRUE(channel_sets({}).sets.empty());
}

}  // namespace
}  // namespace kpi
