#include "core/engine/repeated_keys.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace kpi {
namespace {

std::vector<bool> repeats(const std::vector<std::uint64_t>& keys, std::size_t expected) {
  RepeatedKeys repeated(expected);
  for (const std::uint64_t key : keys) repeated.note(key);
  std::vector<bool> found;
  for (const std::uint64_t key : keys) found.push_back(repeated.is_repeat(key));
  return found;
}

TEST(RepeatedKeys, FindsWhatASetFinds) {
  const unsigned seed = std::random_device{}();
  std::mt19937_64 random(seed);
  std::size_t found = 0;
  for (int round = 0; round < 200; ++round) {
    // From nearly all different to nearly all the same, spread over all bits or close together, more than expected or fewer.
    const std::uint64_t range = std::uint64_t{1} << (random() % 20 + 1);
    const std::uint64_t step = random() % 2 == 0 ? 1 : 0x9E3779B97F4A7C15ULL;
    std::vector<std::uint64_t> keys(random() % 5000);
    for (std::uint64_t& key : keys) key = (random() % range + 1) * step;
    std::set<std::uint64_t> seen;
    std::vector<bool> expected;
    for (const std::uint64_t key : keys) expected.push_back(!seen.insert(key).second);
    ASSERT_EQ(repeats(keys, random() % 6000), expected) << "seed " << seed << " round " << round;
    found += keys.size() - seen.size();
  }
  EXPECT_GT(found, 0U);
}

TEST(RepeatedKeys, KnowsWhenNoKeyCanRepeat) {
  RepeatedKeys none(10);
  none.note(0x100);
  none.note(0x300);
  EXPECT_FALSE(none.has_suspects());
  none.note(0x100);
  EXPECT_TRUE(none.has_suspects());
}

}  // namespace
}  // namespace kpi
