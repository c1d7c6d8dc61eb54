#include "core/base/number.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

namespace kpi {
namespace {

TEST(Number, IsRoundedAsTheStandardLibraryRounds) {
  const unsigned seed = std::random_device{}();
  std::mt19937_64 random(seed);
  int compared = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t mantissa = random() % (random() % 4 == 0 ? 9999999999999999999ULL : 10000000000ULL);
    const int exponent = static_cast<int>(random() % 47) - 27;
    const std::string text = std::to_string(mantissa) + "e" + std::to_string(exponent);
    ASSERT_EQ(decimal_to_double(mantissa, exponent), std::strtod(text.c_str(), nullptr)) << text << " seed " << seed;
    ++compared;
  }
  EXPECT_EQ(compared, 20000);
}

TEST(Number, FarNumbersAreRoundedLikewise) {
  const unsigned seed = std::random_device{}();
  std::mt19937_64 random(seed);
  int compared = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t mantissa = random() % 9999999999999999999ULL + 1;
    const int exponent = static_cast<int>(random() % 595) - 306 - 19;  // down to the smallest normal number
    const double expected = std::strtod((std::to_string(mantissa) + "e" + std::to_string(exponent)).c_str(), nullptr);
    if (expected < 2.3e-308) continue;
    ASSERT_EQ(decimal_to_double(mantissa, exponent), expected) << mantissa << "e" << exponent << " seed " << seed;
    ++compared;
  }
  EXPECT_GT(compared, 15000);
  EXPECT_EQ(decimal_to_double(5, -324), 5e-324);
  EXPECT_EQ(decimal_to_double(1, -400), 0);
}

TEST(Number, ReadsPlainNumbersOnly) {
  EXPECT_EQ(parse_number("-12.50"), -12.5);
  EXPECT_EQ(parse_number("1e3"), 1000);
  EXPECT_EQ(parse_number(".5"), 0.5);
  EXPECT_EQ(parse_number("0.1"), 0.1);
  EXPECT_EQ(parse_number("123456789012345678901234567890"), 123456789012345678901234567890.0);
  for (const char* text : {"", "-", ".", "1,5", "1e", "1e999", "0x10", " 1", "1 ", "nan", "inf", "1..2", "--1"}) EXPECT_FALSE(parse_number(text)) << text;
}

}  // namespace
}  // namespace kpi
