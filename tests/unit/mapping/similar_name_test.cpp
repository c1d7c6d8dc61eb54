#include "core/mapping/similar_name.h"

#include <gtest/gtest.h>

namespace kpi {
namespace {

const NameIndex& names() {
  static const Result<NameIndex> kLoaded = load_name_index();
  EXPECT_TRUE(kLoaded.ok());
  return kLoaded.value();
}

TEST(EditDistance, CountsEditsAndSwapsUpToALimit) {
  EXPECT_EQ(edit_distance("amount", "amount", 2), 0);
  EXPECT_EQ(edit_distance("amuont", "amount", 2), 1);
  EXPECT_EQ(edit_distance("amoun", "amount", 2), 1);
  EXPECT_EQ(edit_distance("kitten", "sitting", 2), 3);
  EXPECT_EQ(edit_distance("", "abc", 2), 3);
  EXPECT_EQ(edit_distance(std::string(100, 'a'), "a", 2), 3);
}

TEST(FindSimilar, FindsOneSlipAndHeldWords) {
  const KnownName* slip = find_similar(names(), "campain name", "ad_spend");
  ASSERT_NE(slip, nullptr);
  EXPECT_EQ(slip->field, "campaign");
  const KnownName* held = find_similar(names(), "total amount spent net", "ad_spend");
  ASSERT_NE(held, nullptr);
  EXPECT_EQ(held->field, "cost");
}

TEST(FindSimilar, ShortAndForeignTextsAreNearNothing) {
  EXPECT_EQ(find_similar(names(), "cst", "ad_spend"), nullptr);
  EXPECT_EQ(find_similar(names(), "favourite colour", "leads"), nullptr);
  EXPECT_EQ(find_similar(names(), "", "leads"), nullptr);
  EXPECT_EQ(find_similar(names(), "campaign", "no such table"), nullptr);
}

}  // namespace
}  // namespace kpi
