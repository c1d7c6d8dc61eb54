// Times of day behind dates, as seconds; expected values by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "core/ingest/date_cell.h"

namespace kpi {
namespace {

constexpr Day kDay = 17691;  // 2018-06-09
constexpr double kMidnight = 17691.0 * 86400;

TEST(MomentCell, ReadsTheClockAsWritten) {
  const std::pair<const char*, double> cases[] = {
      {"2018-06-09 21:30", 77400},       {"2018-06-09T21:30:15", 77415},  {"2018-06-09 21:30:15.5", 77415.5}, {"Jun 09, 2018 09:30 pm", 77400},
      {"Jun 09, 2018 12:05 AM", 300},    {"9/6/2018 12:05 PM", 43500},    {"20180609T213000", 77400},         {"20180609T2130", 77400},
      {"09.06.2018 7:05", 25500},        {"le 9 juin 2018 21h30", 77400}, {"43260.25", 21600},
  };
  int seen = 0;
  for (const auto& [text, seconds] : cases) {
    EXPECT_DOUBLE_EQ(read_moment(text, kDay), kMidnight + seconds) << text;
    ++seen;
  }
  EXPECT_EQ(seen, static_cast<int>(std::size(cases)));
}

// 21:30 two hours ahead of UTC is 19:30 there; the day stays the one that is written.
TEST(MomentCell, AZoneMeansTheSameMomentEverywhere) {
  EXPECT_DOUBLE_EQ(read_moment("2018-06-09T21:30:00+02:00", kDay), kMidnight + 70200);
  EXPECT_DOUBLE_EQ(read_moment("2018-06-09 21:30 +0200", kDay), kMidnight + 70200);
  EXPECT_DOUBLE_EQ(read_moment("2018-06-09 09:30 pm UTC-5", kDay), kMidnight + 95400);
  EXPECT_DOUBLE_EQ(read_moment("2018-06-09T21:30:00Z", kDay), kMidnight + 77400);
  EXPECT_DOUBLE_EQ(read_moment("2018-06-09 21:30 GMT+5:30", kDay), kMidnight + 57600);
}

TEST(MomentCell, WithoutATimeThereIsNone) {
  for (const char* text : {"2018-06-09", "", "43260", "9 June 2018", "2018-06-09 25:00", "2018-06-09 10:75", "abc:de"}) {
    EXPECT_TRUE(std::isnan(read_moment(text, kDay))) << text;
  }
}

}  // namespace
}  // namespace kpi
