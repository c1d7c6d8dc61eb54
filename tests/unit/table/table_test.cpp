#include "core/table/table.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace kpi {
namespace {

TEST(Dictionary, NumbersTextsInTheOrderOfAppearance) {
  Dictionary dictionary;
  EXPECT_EQ(dictionary.intern(""), Dictionary::kMissing);
  EXPECT_EQ(dictionary.intern("b"), 1);
  EXPECT_EQ(dictionary.intern("a"), 2);
  EXPECT_EQ(dictionary.intern("b"), 1);
  EXPECT_EQ(dictionary.find("a"), 2);
  EXPECT_EQ(dictionary.find("c"), Dictionary::kMissing);
  EXPECT_EQ(dictionary.text(2), "a");
  EXPECT_EQ(dictionary.size(), 3U);
}

TEST(Dictionary, TellsTextsOfEveryLengthApart) {
  Dictionary dictionary;
  std::set<std::uint16_t> codes;
  int texts = 0;
  for (std::size_t length = 1; length <= 60; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      std::string text(length, 'x');
      text[at] = 'y';
      codes.insert(dictionary.intern(text));
      ASSERT_EQ(dictionary.text(dictionary.find(text)), text);
      ++texts;
    }
    codes.insert(dictionary.intern(std::string(length, '\0')));  // zero bytes are text
    ++texts;
  }
  EXPECT_EQ(codes.size(), static_cast<std::size_t>(texts));
}

TEST(Dictionary, TheRestSharesOneCode) {
  Dictionary dictionary;
  for (int i = 0; i < 65534; ++i) ASSERT_EQ(dictionary.intern(std::to_string(i)), i + 1);
  EXPECT_FALSE(dictionary.is_full());
  EXPECT_EQ(dictionary.intern("one more"), Dictionary::kRest);
  EXPECT_TRUE(dictionary.is_full());
  EXPECT_EQ(dictionary.intern("12345"), 12346);
  EXPECT_EQ(dictionary.text(Dictionary::kRest), "");
}

TEST(Fingerprint, IsZeroForBlankOnlyAndDiffersElsewhere) {
  EXPECT_EQ(key_fingerprint(""), 0U);
  std::set<std::uint64_t> seen;
  int keys = 0;
  for (int i = 0; i < 20000; ++i) {
    seen.insert(key_fingerprint(std::to_string(i)));
    seen.insert(key_fingerprint("0000000-lead-" + std::to_string(i)));
    seen.insert(key_fingerprint(std::string(static_cast<std::size_t>(i) + 1, 'a')));
    keys += 3;
  }
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(keys));
  EXPECT_EQ(key_fingerprint("lead-000001"), key_fingerprint(std::string("lead-") + "000001"));
}

TEST(Segmented, GrowsFromSmallToWholeSegments) {
  Segmented<std::uint32_t> values;
  for (std::uint32_t i = 0; i < 200000; ++i) ASSERT_TRUE(values.push_back(i));
  EXPECT_EQ(values.size(), 200000U);
  EXPECT_EQ(values.segment_count(), 4U);
  EXPECT_EQ(values.segment_size(0), kSegmentRows);
  EXPECT_EQ(values.segment_size(3), 200000U - 3 * kSegmentRows);
  for (std::uint32_t i = 0; i < 200000; i += 997) ASSERT_EQ(values[i], i);
  Segmented<double> few;
  ASSERT_TRUE(few.push_back(1));
  EXPECT_LE(few.bytes(), 4096U);
}

TEST(Table, OriginsFollowTheJumps) {
  Table table;
  table.row_count = 4;
  for (const std::uint32_t offset : {10U, 20U, 5U, 9U}) ASSERT_TRUE(table.offset_low.push_back(offset));
  table.jumps = {{0, 3}, {2, 9}};
  table.highs = {{2, 5000000000}};
  EXPECT_EQ(table.origin(1).record, 4U);
  EXPECT_EQ(table.origin(1).byte_offset, 20U);
  EXPECT_EQ(table.origin(3).record, 10U);
  EXPECT_EQ(table.origin(3).byte_offset, 5000000009U);
  EXPECT_EQ(table.origin(4).record, 0U);
}

}  // namespace
}  // namespace kpi
