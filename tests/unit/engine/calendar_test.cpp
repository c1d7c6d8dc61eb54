#include "core/engine/calendar.h"

#include <gtest/gtest.h>

#include "core/engine/window.h"

namespace kpi {
namespace {

Day day(const char* text) { return *parse_iso_date(text); }

TEST(Calendar, IsTheCommonOneUnlessSaidOtherwise) {
  const Calendar common;
  for (const Grain grain : {Grain::kDay, Grain::kWeek, Grain::kMonth, Grain::kQuarter, Grain::kYear}) {
    for (Day d = day("2023-12-20"); d < day("2024-03-05"); ++d) {
      EXPECT_EQ(common.start(d, grain), period_start(d, grain));
      EXPECT_EQ(common.next_start(d, grain), next_period_start(d, grain));
      EXPECT_EQ(common.label(d, grain), period_label(period_start(d, grain), grain));
    }
  }
}

// By the calendar on the wall: a year from April on (as British companies have it), named after the year in which it ends.
TEST(Calendar, AYearMayBeginInAnyMonth) {
  const Calendar april(4, WeekStart::kMonday);
  EXPECT_EQ(format_iso_date(april.start(day("2025-03-31"), Grain::kYear)), "2024-04-01");
  EXPECT_EQ(format_iso_date(april.next_start(day("2025-03-31"), Grain::kYear)), "2025-04-01");
  EXPECT_EQ(april.label(day("2025-03-31"), Grain::kYear), "FY2025");
  EXPECT_EQ(april.label(day("2024-04-01"), Grain::kQuarter), "FY2025-Q1");
  EXPECT_EQ(april.label(day("2025-01-15"), Grain::kQuarter), "FY2025-Q4");
  EXPECT_EQ(format_iso_date(april.start(day("2025-01-15"), Grain::kQuarter)), "2025-01-01");
  const Calendar november(11, WeekStart::kMonday);
  EXPECT_EQ(format_iso_date(november.start(day("2024-02-29"), Grain::kQuarter)), "2024-02-01");
  EXPECT_EQ(november.label(day("2024-02-29"), Grain::kQuarter), "FY2024-Q2");
  EXPECT_EQ(november.label(day("2024-11-01"), Grain::kYear), "FY2025");
  EXPECT_EQ(november.label(day("2024-11-01"), Grain::kMonth), "2024-11");
}

// 2024-05-12 is a Sunday.
TEST(Calendar, WeeksMayBeginOnSunday) {
  const Calendar sunday(1, WeekStart::kSunday);
  EXPECT_EQ(format_iso_date(sunday.start(day("2024-05-12"), Grain::kWeek)), "2024-05-12");
  EXPECT_EQ(format_iso_date(sunday.start(day("2024-05-18"), Grain::kWeek)), "2024-05-12");
  EXPECT_EQ(format_iso_date(sunday.next_start(day("2024-05-18"), Grain::kWeek)), "2024-05-19");
  EXPECT_EQ(sunday.label(day("2024-05-18"), Grain::kWeek), "2024-05-12");
}

TEST(Calendar, PeriodsOfEveryCalendarLieEndToEnd) {
  for (unsigned month = 1; month <= 12; ++month) {
    const Calendar calendar(month, month % 2 == 0 ? WeekStart::kSunday : WeekStart::kMonday);
    for (const Grain grain : {Grain::kWeek, Grain::kQuarter, Grain::kYear}) {
      for (Day d = day("2023-01-01"); d < day("2026-01-01"); d += 5) {
        const Day first = calendar.start(d, grain), next = calendar.next_start(d, grain);
        ASSERT_TRUE(first <= d && d < next);
        ASSERT_EQ(calendar.start(next, grain), next);
        ASSERT_EQ(calendar.start(next - 1, grain), first);
      }
    }
  }
}

TEST(Calendar, CutsAWindow) {
  const Window w = make_window(day("2024-01-01"), day("2024-12-31"), Grain::kQuarter, kNoDay, kNoDay, Calendar(2, WeekStart::kMonday));
  ASSERT_EQ(w.buckets.size(), 5u);
  EXPECT_TRUE(w.buckets[0].is_partial) << "January alone ends the fourth quarter";
  EXPECT_EQ(format_iso_date(w.buckets[1].first), "2024-02-01");
  EXPECT_EQ(w.calendar.label(w.buckets[1].first, w.grain), "FY2025-Q1");
}

}  // namespace
}  // namespace kpi
