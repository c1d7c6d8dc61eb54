#include "core/ingest/raw_cells.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace kpi {
namespace {

RawCells::Words words_of(const std::string& text, char margin) {
  const std::string padded = text + std::string(32, margin);  // what follows a cell must not matter
  return RawCells::words(reinterpret_cast<const std::uint8_t*>(padded.data()), static_cast<std::uint32_t>(text.size()));
}

TEST(RawCells, TellsTextsOfUpToTwentyFourBytesApartExactly) {
  const unsigned seed = std::random_device{}();
  std::mt19937 random(seed);
  RawCells cells;
  std::map<std::string, std::uint16_t> expected;
  std::size_t known = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text(random() % RawCells::kExactLength + 1, 'a');
    for (char& c : text) c = static_cast<char>('a' + random() % 2);
    const std::uint32_t found = cells.find(words_of(text, static_cast<char>(random() % 256)));
    const auto [it, is_new] = expected.try_emplace(text, static_cast<std::uint16_t>(expected.size()));
    if (is_new) {
      ASSERT_EQ(found, RawCells::kUnknown) << "seed " << seed << " text " << text;
      cells.add(words_of(text, 'x'), it->second);
    } else {
      ASSERT_EQ(found, it->second) << "seed " << seed << " text " << text;
      ++known;
    }
  }
  EXPECT_GT(known, 1000U);
}

TEST(RawCells, ForgetsWhatIsTooMuchAndKeepsTheRest) {
  RawCells cells;
  std::size_t kept = 0;
  for (std::uint32_t i = 0; i < 40000; ++i) cells.add(words_of("cell " + std::to_string(i), ' '), static_cast<std::uint16_t>(i));
  for (std::uint32_t i = 0; i < 40000; ++i) {
    const std::uint32_t found = cells.find(words_of("cell " + std::to_string(i), '"'));
    ASSERT_TRUE(found == i || found == RawCells::kUnknown);
    kept += found == i ? 1U : 0U;
  }
  EXPECT_EQ(kept, 32768U);
}

}  // namespace
}  // namespace kpi
