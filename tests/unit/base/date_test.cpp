#include "core/base/date.h"

#include <gtest/gtest.h>

namespace kpi {
namespace {

TEST(Date, DaysAndCivilDatesAreInverse) {
  EXPECT_EQ(day_from_civil(1970, 1, 1), 0);
  EXPECT_EQ(day_from_civil(2000, 3, 1), 11017);
  int seen = 0;
  for (Day day = -800000; day < 800000; day += 37) {
    const CivilDate date = civil_from_day(day);
    ASSERT_TRUE(is_valid_date(date.year, date.month, date.day));
    ASSERT_EQ(day_from_civil(date.year, date.month, date.day), day);
    ++seen;
  }
  EXPECT_GT(seen, 40000);
}

TEST(Date, IsoTextIsStrict) {
  EXPECT_EQ(parse_iso_date("2024-02-29"), day_from_civil(2024, 2, 29));
  for (const char* text : {"2023-02-29", "2024-2-9", "2024-02-30", "2024-13-01", "2024-00-10", "2024-01-00", "20240229", "2024-02-29 ", "abcd-ef-gh"}) {
    EXPECT_FALSE(parse_iso_date(text)) << text;
  }
  EXPECT_EQ(format_iso_date(day_from_civil(987, 6, 5)), "0987-06-05");
}

TEST(Date, PeriodsStartAndEnd) {
  const Day day = *parse_iso_date("2024-05-17");  // a Friday
  const auto start = [day](Grain grain) { return format_iso_date(period_start(day, grain)); };
  const auto next = [day](Grain grain) { return format_iso_date(next_period_start(day, grain)); };
  EXPECT_EQ(start(Grain::kDay) + next(Grain::kDay), "2024-05-172024-05-18");
  EXPECT_EQ(start(Grain::kWeek) + next(Grain::kWeek), "2024-05-132024-05-20");
  EXPECT_EQ(start(Grain::kMonth) + next(Grain::kMonth), "2024-05-012024-06-01");
  EXPECT_EQ(start(Grain::kQuarter) + next(Grain::kQuarter), "2024-04-012024-07-01");
  EXPECT_EQ(start(Grain::kYear) + next(Grain::kYear), "2024-01-012025-01-01");
  EXPECT_EQ(format_iso_date(period_start(*parse_iso_date("1969-12-31"), Grain::kWeek)), "1969-12-29");
}

TEST(Date, LabelsFollowIsoWeeks) {
  EXPECT_EQ(period_label(*parse_iso_date("2024-05-13"), Grain::kWeek), "2024-W20");
  EXPECT_EQ(period_label(*parse_iso_date("2024-12-30"), Grain::kWeek), "2025-W01");
  EXPECT_EQ(period_label(*parse_iso_date("2020-12-28"), Grain::kWeek), "2020-W53");
  EXPECT_EQ(period_label(*parse_iso_date("2024-05-01"), Grain::kMonth), "2024-05");
  EXPECT_EQ(period_label(*parse_iso_date("2024-04-01"), Grain::kQuarter), "2024-Q2");
  EXPECT_EQ(period_label(*parse_iso_date("2024-01-01"), Grain::kYear), "2024");
  for (const Grain grain : {Grain::kDay, Grain::kWeek, Grain::kMonth, Grain::kQuarter, Grain::kYear}) EXPECT_EQ(parse_grain(grain_name(grain)), grain);
  EXPECT_FALSE(parse_grain("decade"));
}

TEST(Date, MonthsAreClampedToTheirLastDay) {
  EXPECT_EQ(format_iso_date(add_months(*parse_iso_date("2024-02-29"), -12)), "2023-02-28");
  EXPECT_EQ(format_iso_date(add_months(*parse_iso_date("2024-01-31"), 1)), "2024-02-29");
  EXPECT_EQ(format_iso_date(add_months(*parse_iso_date("2024-01-31"), -2)), "2023-11-30");
}

}  // namespace
}  // namespace kpi
