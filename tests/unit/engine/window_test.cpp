#include "core/engine/window.h"

#include <gtest/gtest.h>

namespace kpi {
namespace {

Day day(const char* text) { return *parse_iso_date(text); }

TEST(Window, CutsMonthsAndMarksTheOnesTheWindowCuts) {
  const Window w = make_window(day("2024-01-15"), day("2024-03-31"), Grain::kMonth, day("2024-01-01"), day("2024-12-31"));
  ASSERT_EQ(w.buckets.size(), 3u);
  EXPECT_EQ(format_iso_date(w.buckets[0].first), "2024-01-15");
  EXPECT_EQ(format_iso_date(w.buckets[0].last), "2024-01-31");
  EXPECT_TRUE(w.buckets[0].is_partial);
  EXPECT_FALSE(w.buckets[1].is_partial);
  EXPECT_EQ(format_iso_date(w.buckets[1].last), "2024-02-29");
  EXPECT_FALSE(w.is_unbounded);
}

TEST(Window, MarksTheRunningMonthWhereTheDataEnd) {
  const Window w = make_window(day("2024-01-01"), day("2024-02-29"), Grain::kMonth, day("2024-01-01"), day("2024-02-10"));
  ASSERT_EQ(w.buckets.size(), 2u);
  EXPECT_FALSE(w.buckets[0].is_partial);
  EXPECT_TRUE(w.buckets[1].is_partial);
}

TEST(Window, AQuietWeekendAtTheEndIsNoGap) {
  const Window w = make_window(std::nullopt, std::nullopt, Grain::kMonth, day("2024-01-02"), day("2024-03-29"));
  ASSERT_EQ(w.buckets.size(), 3u);
  EXPECT_TRUE(w.is_unbounded);
  EXPECT_EQ(format_iso_date(w.first), "2024-01-02");
}

TEST(Window, WithoutAnyDatedRowHasNoPeriods) {
  const Window w = make_window(std::nullopt, std::nullopt, Grain::kMonth, kNoDay, kNoDay);
  EXPECT_TRUE(w.buckets.empty());
  EXPECT_TRUE(w.is_unbounded);
}

TEST(Window, CoarsensAGrainThatWouldMakeTooManyPeriods) {
  const Window w = make_window(day("1000-01-01"), day("2999-12-31"), Grain::kDay, kNoDay, kNoDay);
  EXPECT_LE(w.buckets.size(), kMaxBuckets);
  EXPECT_EQ(w.grain, Grain::kYear);  // 24,000 months are too many, and so are 8,000 quarters
}

TEST(CompareWindow, PreviousPeriodOfWholeMonthsMovesByMonths) {
  const Window w = make_window(day("2024-04-01"), day("2024-06-30"), Grain::kMonth, kNoDay, kNoDay);
  const std::optional<Window> before = compare_window(w, CompareKind::kPreviousPeriod);
  ASSERT_TRUE(before);
  EXPECT_EQ(format_iso_date(before->first), "2024-01-01");
  EXPECT_EQ(format_iso_date(before->last), "2024-03-31");
}

TEST(CompareWindow, PreviousPeriodOfDaysMovesByDays) {
  const Window w = make_window(day("2024-03-05"), day("2024-03-11"), Grain::kDay, kNoDay, kNoDay);
  const std::optional<Window> before = compare_window(w, CompareKind::kPreviousPeriod);
  ASSERT_TRUE(before);
  EXPECT_EQ(format_iso_date(before->first), "2024-02-27");
  EXPECT_EQ(format_iso_date(before->last), "2024-03-04");
}

TEST(CompareWindow, LastYearKeepsMonthEndsInLeapYears) {
  const Window w = make_window(day("2024-02-01"), day("2024-02-29"), Grain::kMonth, kNoDay, kNoDay);
  const std::optional<Window> before = compare_window(w, CompareKind::kSamePeriodLastYear);
  ASSERT_TRUE(before);
  EXPECT_EQ(format_iso_date(before->first), "2023-02-01");
  EXPECT_EQ(format_iso_date(before->last), "2023-02-28");
  const Window plain = make_window(day("2025-02-01"), day("2025-02-28"), Grain::kMonth, kNoDay, kNoDay);
  EXPECT_EQ(format_iso_date(compare_window(plain, CompareKind::kSamePeriodLastYear)->last), "2024-02-29");
}

TEST(SlotMap, RowsOutsideAndRowsWithoutADateAreToldApart) {
  const Window bounded = make_window(day("2024-01-01"), day("2024-02-29"), Grain::kMonth, kNoDay, kNoDay);
  const SlotMap map(bounded);
  EXPECT_EQ(map.slot(day("2024-01-31")), 0);
  EXPECT_EQ(map.slot(day("2024-02-01")), 1);
  EXPECT_EQ(map.slot(day("2023-12-31")), SlotMap::kOutside);
  EXPECT_EQ(map.slot(day("2024-03-01")), SlotMap::kOutside);
  EXPECT_EQ(map.slot(kNoDay), SlotMap::kOutside);
  const Window all = make_window(std::nullopt, std::nullopt, Grain::kMonth, day("2024-01-01"), day("2024-02-29"));
  EXPECT_EQ(SlotMap(all).slot(kNoDay), 2);
}

TEST(Window, SeveralPeriodsOrYearsBackAndTheSameWeekdays) {
  const auto ends = [](const char* from, const char* to, CompareKind kind, std::int32_t back) {
    const Window w = make_window(parse_iso_date(from), parse_iso_date(to), Grain::kMonth, kNoDay, kNoDay);
    const std::optional<Window> other = compare_window(w, kind, back);
    return format_iso_date(other->first) + " " + format_iso_date(other->last);
  };
  // Golden numbers of the KPI reference: Friday 2025-11-21 a year earlier is Thursday 2024-11-21, or Friday 2024-11-22.
  EXPECT_EQ(ends("2025-11-21", "2025-11-21", CompareKind::kSamePeriodLastYear, 1), "2024-11-21 2024-11-21");
  EXPECT_EQ(ends("2025-11-21", "2025-11-21", CompareKind::kSameWeekdaysLastYear, 1), "2024-11-22 2024-11-22");
  EXPECT_EQ(ends("2025-11-21", "2025-11-21", CompareKind::kSameWeekdaysLastYear, 2), "2023-11-24 2023-11-24");
  EXPECT_EQ(ends("2024-02-01", "2024-02-29", CompareKind::kSamePeriodLastYear, 2), "2022-02-01 2022-02-28");
  EXPECT_EQ(ends("2025-04-01", "2025-06-30", CompareKind::kPreviousPeriod, 3), "2024-07-01 2024-09-30");
  EXPECT_EQ(ends("2025-04-08", "2025-04-14", CompareKind::kPreviousPeriod, 2), "2025-03-25 2025-03-31");
}

// A period that still runs: data until the 20th of December.
TEST(Window, APeriodThatStillRunsIsComparedUpToTheSameDay) {
  const auto ends = [](const char* from, const char* to, CompareKind kind, const char* so_far) {
    const Window w = make_window(parse_iso_date(from), parse_iso_date(to), Grain::kMonth, kNoDay, kNoDay);
    const std::optional<Window> other = compare_window(w, kind, 1, *parse_iso_date(so_far));
    return format_iso_date(other->first) + " " + format_iso_date(other->last);
  };
  EXPECT_EQ(ends("2025-12-01", "2025-12-31", CompareKind::kPreviousPeriod, "2025-12-20"), "2025-11-01 2025-11-20");
  EXPECT_EQ(ends("2025-12-01", "2025-12-31", CompareKind::kSamePeriodLastYear, "2025-12-20"), "2024-12-01 2024-12-20");
  EXPECT_EQ(ends("2025-12-01", "2025-12-31", CompareKind::kSameWeekdaysLastYear, "2025-12-20"), "2024-12-02 2024-12-21");
  EXPECT_EQ(ends("2025-10-01", "2025-12-31", CompareKind::kPreviousPeriod, "2025-12-20"), "2025-07-01 2025-09-20");
  EXPECT_EQ(ends("2025-12-15", "2025-12-28", CompareKind::kPreviousPeriod, "2025-12-20"), "2025-12-01 2025-12-06");
  EXPECT_EQ(ends("2025-03-01", "2025-03-31", CompareKind::kPreviousPeriod, "2025-03-30"), "2025-02-01 2025-02-28") << "February has no 30th";
  EXPECT_EQ(ends("2024-01-01", "2024-03-31", CompareKind::kPreviousPeriod, "2024-02-29"), "2023-10-01 2023-11-30") << "a whole month stays one";
  EXPECT_EQ(ends("2025-12-01", "2025-12-31", CompareKind::kPreviousPeriod, "2025-12-31"), "2025-11-01 2025-11-30") << "it is over";
  EXPECT_EQ(ends("2025-12-01", "2025-12-31", CompareKind::kPreviousPeriod, "2025-10-20"), "2025-11-01 2025-11-30") << "it has not begun";
}

}  // namespace
}  // namespace kpi
