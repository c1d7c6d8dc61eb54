#include "core/catalog/vocabulary.h"

#include <gtest/gtest.h>

namespace kpi {
namespace {

TEST(Vocabulary, ArticlesHaveTheItemsThatSurvived) {
  int checked = 0;
  struct Last {
    const char* source;
    const char* last;
    const char* beyond;
  };
  for (const Last& s : {Last{"000", "8", "9"}, Last{"001", "10", "11"}, Last{"002", "10", "11"}, Last{"003", "9", "10"}, Last{"004", "17", "18"}}) {
    EXPECT_TRUE(is_source_item(s.source, "1"));
    EXPECT_TRUE(is_source_item(s.source, s.last));
    EXPECT_FALSE(is_source_item(s.source, s.beyond));
    EXPECT_FALSE(is_source_item(s.source, "0"));
    EXPECT_FALSE(is_source_item(s.source, "01"));
    EXPECT_FALSE(is_source_item(s.source, ""));
    EXPECT_FALSE(is_source_item(s.source, "99999999999999999999"));
    ++checked;
  }
  EXPECT_EQ(checked, 5);
}

TEST(Vocabulary, NamedItemsBelongToOneArticle) {
  EXPECT_TRUE(is_source_item("002", "ex"));
  EXPECT_TRUE(is_source_item("002", "ds"));
  EXPECT_FALSE(is_source_item("001", "ex"));
  EXPECT_TRUE(is_source_item("ext", ""));
  EXPECT_FALSE(is_source_item("005", "1"));
  EXPECT_FALSE(is_source_item("", ""));
}

}  // namespace
}  // namespace kpi
