#include "core/mapping/value_profile.h"

#include <gtest/gtest.h>

namespace kpi {
namespace {

TEST(LooksLikeNumber, AnyNotationButNoDatesAndCodes) {
  for (const char* cell : {"0", "12.50", "1.234,50", "1,234.50", "$174.03", "45\xC2\xA0" "000", "(12.00)", "-3", "5,19 %", "< 10%", "EUR 12", "12 kr",
                           "1\xE2\x80\x99" "234.50", "500,50 \xE2\x82\xBD", "\xD9\xA1\xD9\xA2\xD9\xAB\xD9\xA5", "1.5e3"}) {
    EXPECT_TRUE(looks_like_number(cell)) << cell;
  }
  for (const char* cell : {"", "abc", "2024-01-02", "01/02/2024", "A-12", "L10001", "12:30", "high", "1178_a", "a@b.c"}) {
    EXPECT_FALSE(looks_like_number(cell)) << cell;
  }
}

TEST(LooksLikeDate, AnyCommonNotation) {
  for (const char* cell : {"2024-05-17", "2024-05-17T08:23:11Z", "2024-05-17 08:23", "9/1/2026", "01.08.2026", "26-02-2018 19:58", "20230515",
                           "Jun 09, 2018 09:30 pm", "2024-05", "05/2024", "17 May 2024", "8. Januar 2026", "2024/5/7", "45123", "1/2/24",
                           "2023\xE5\xB9\xB4" "10\xE6\x9C\x88" "25\xE6\x97\xA5"}) {
    EXPECT_TRUE(looks_like_date(cell)) << cell;
  }
  for (const char* cell : {"", "12.50", "1.234.567", "08:15:30", "99999999", "abc", "174.03", "3", "2024", "10.5.3.1234567"}) {
    EXPECT_FALSE(looks_like_date(cell)) << cell;
  }
}

TEST(LooksMissing, TheWaysToWriteNothing) {
  for (const char* cell : {"", " ", "-", "--", " --", "N/A", "null", "(not set)"}) EXPECT_TRUE(looks_missing(cell)) << cell;
  for (const char* cell : {"0", "none of these", "x"}) EXPECT_FALSE(looks_missing(cell)) << cell;
}

TEST(ProfileValues, CountsOnlyCellsThatHoldSomething) {
  const std::vector<std::vector<std::string>> samples = {{"1", "x"}, {"--", "x"}, {}, {"2,5", "x"}};
  const ValueProfile profile = profile_values(samples, 0, false);
  EXPECT_EQ(profile.present, 2U);
  EXPECT_EQ(profile.numbers, 2U);
  EXPECT_EQ(profile_values(samples, 7, false).present, 0U);
}

TEST(ValuesFit, AStrayTotalsLabelIsForgivenAndNothingFitsEverything) {
  ValueProfile profile;
  EXPECT_TRUE(values_fit(profile, ExpectedValue::kDate));
  profile.present = 3;
  profile.dates = 2;
  EXPECT_TRUE(values_fit(profile, ExpectedValue::kDate));
  profile.dates = 1;
  EXPECT_FALSE(values_fit(profile, ExpectedValue::kDate));
  profile.present = 10;
  profile.numbers = 8;
  EXPECT_TRUE(values_fit(profile, ExpectedValue::kAmount));
  profile.percents = 8;
  EXPECT_FALSE(values_fit(profile, ExpectedValue::kAmount));
  EXPECT_TRUE(values_fit(profile, ExpectedValue::kNumber));
}

}  // namespace
}  // namespace kpi
