#include "core/base/order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace kpi {
namespace {

// Against std::stable_sort: few different values, so that most elements have equals.
TEST(SortedOrder, IsTheStableOrderAndItsBeginning) {
  const unsigned seed = std::random_device{}();
  std::mt19937 random(seed);
  for (std::size_t count : {0U, 1U, 2U, 3U, 10U, 257U, 1000U}) {
    std::vector<int> values(count);
    for (int& value : values) value = static_cast<int>(random() % 20);
    std::vector<std::size_t> expected(count);
    for (std::size_t i = 0; i < count; ++i) expected[i] = i;
    std::stable_sort(expected.begin(), expected.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    const auto is_before = [&](std::size_t a, std::size_t b) { return values[a] < values[b]; };
    EXPECT_EQ(sorted_order(count, is_before), expected) << "seed " << seed;
    for (std::size_t limit : {std::size_t{0}, std::size_t{1}, count / 2, count, count + 1}) {
      const std::vector<std::size_t> first(expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(std::min(limit, count)));
      EXPECT_EQ(sorted_order(count, is_before, limit), first) << "seed " << seed;
    }
  }
}

TEST(SortList, KeepsTheFirst) {
  std::vector<std::string> words = {"pear", "fig", "apple", "plum", "kiwi"};
  sort_list(words, [](const std::string& a, const std::string& b) { return a.size() < b.size(); }, 3);
  EXPECT_EQ(words, (std::vector<std::string>{"fig", "pear", "plum"}));
}

}  // namespace
}  // namespace kpi
