#include "core/base/text.h"

#include <gtest/gtest.h>

namespace kpi {
namespace {

TEST(Text, ValidUtf8IsTheShortestFormOfAScalarValue) {
  EXPECT_TRUE(is_valid_utf8("a\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80"));
  for (const char* text : {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "\xC3", "\x80", "\xF0\x9F\x98"}) {
    EXPECT_FALSE(is_valid_utf8(text));
    std::size_t replaced = 0;
    EXPECT_TRUE(is_valid_utf8(sanitise_utf8(text, &replaced)));
    EXPECT_GT(replaced, 0U);
  }
}

TEST(Text, TrimsBlanksOfEveryKind) {
  EXPECT_EQ(trim(" \t\r\n a b \xC2\xA0\xE2\x80\xAF\xE3\x80\x80"), "a b");
  EXPECT_EQ(trim("\xEF\xBB\xBF\xE2\x80\x8Fx\xE2\x80\x8E"), "x");
  EXPECT_EQ(trim("\xC3\xA0"), "\xC3\xA0");  // the last byte alone would be NBSP's
  EXPECT_EQ(trim("\xA0"), "\xA0");          // not UTF-8: stays
  EXPECT_EQ(trim(" "), "");
}

TEST(Text, FoldsTheScriptsOfExports) {
  EXPECT_EQ(fold("TOTAL \xC3\x89\xC3\x9F \xC5\x81\xC5\xB9 \xD0\x98\xD0\xA2\xD0\x81 \xCE\xA3\xEF\xBC\xA1"), "total \xC3\xA9\xC3\x9F \xC5\x82\xC5\xBA \xD0\xB8\xD1\x82\xD1\x91 \xCF\x83\xEF\xBD\x81");
  EXPECT_TRUE(equal_folded("Gesamt", "GESAMT"));
  EXPECT_FALSE(equal_folded("a", "ab"));
}

TEST(Text, CutsAtACharacter) {
  EXPECT_EQ(cut_utf8("a\xC3\xA9", 2), "a");
  EXPECT_EQ(cut_utf8("a\xC3\xA9", 3), "a\xC3\xA9");
}

}  // namespace
}  // namespace kpi
