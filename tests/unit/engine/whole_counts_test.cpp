// Medians by counting against medians of the sorted list.
#include "core/engine/whole_counts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace kpi {
namespace {

double sorted_median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

TEST(WholeCounts, AgreesWithTheSortedListInEverySlotMemberAndAll) {
  const unsigned seed = 20261122;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 50; ++round) {
    const std::size_t slots = 1 + random() % 5, members = random() % 4;
    const int least = static_cast<int>(random() % 60) - 40, width = 1 + static_cast<int>(random() % 30);
    ASSERT_TRUE(WholeCounts::can_hold(least, least + width - 1, slots + members));
    WholeCounts counts(least, least + width - 1, slots, members);
    std::vector<double> all;
    std::vector<std::vector<double>> of_slot(slots), of_member(members);
    const std::size_t rows = random() % 40;
    for (std::size_t row = 0; row < rows; ++row) {
      const std::size_t slot = random() % slots;
      const double value = least + static_cast<int>(random() % static_cast<unsigned>(width));
      counts.add(slot, value);
      of_slot[slot].push_back(value);
      all.push_back(value);
      if (members == 0) continue;
      const std::size_t member = random() % members;
      counts.add_member(member, value);
      of_member[member].push_back(value);
    }
    const ObservedValues got = counts.medians();
    EXPECT_EQ(got.all, sorted_median(all));
    ASSERT_EQ(got.slots.size(), slots);
    ASSERT_EQ(got.members.size(), members);
    for (std::size_t s = 0; s < slots; ++s) EXPECT_EQ(got.slots[s], sorted_median(of_slot[s]));
    for (std::size_t m = 0; m < members; ++m) EXPECT_EQ(got.members[m], sorted_median(of_member[m]));
  }
}

TEST(WholeCounts, RefusesWhatWouldTakeTooMuchRoom) {
  EXPECT_TRUE(WholeCounts::can_hold(0, 8191, 512));
  EXPECT_FALSE(WholeCounts::can_hold(0, 8192, 1));
  EXPECT_FALSE(WholeCounts::can_hold(0, 8191, 513));
  EXPECT_FALSE(WholeCounts::can_hold(1, 0, 1)) << "no date at all";
}

}  // namespace
}  // namespace kpi
