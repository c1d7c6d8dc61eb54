#include "core/catalog/nearest.h"

#include <gtest/gtest.h>

namespace kpi {
namespace {

TEST(EditDistance, CountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("abc", ""), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);  // the textbook's example
  EXPECT_EQ(edit_distance("mqls", "mqsl"), 1U);
  EXPECT_EQ(edit_distance("leads", "leads"), 0U);
}

TEST(NearestIds, ListsTheClosestFirst) {
  EXPECT_EQ(nearest_ids("cost_per_leed", {"cost_per_mql", "cost_per_lead", "revenue"}), "cost_per_lead,cost_per_mql");
  EXPECT_EQ(nearest_ids("clickz", {"clicks", "impressions"}), "clicks");
}

TEST(NearestIds, NamesNothingWhenNothingIsNear) {
  EXPECT_EQ(nearest_ids("weather", {"clicks", "impressions"}), "");
  EXPECT_EQ(nearest_ids("", {"clicks"}), "");
  EXPECT_EQ(nearest_ids(std::string(100000, 'a'), {"clicks", std::string(100000, 'a')}), "");
}

TEST(NearestIds, AtMostThreeAndEachOnce) { EXPECT_EQ(nearest_ids("mql", {"mqd", "mqc", "mqb", "mqa", "mqa"}), "mqa,mqb,mqc"); }

}  // namespace
}  // namespace kpi
