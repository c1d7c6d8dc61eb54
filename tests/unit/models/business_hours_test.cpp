// All expected seconds are arithmetic on the calendar, in the comments. Moments are written as local time minus the offset in force.
#include "core/models/business_hours.h"

#include <gtest/gtest.h>

namespace kpi {
namespace {

constexpr std::int64_t kHour = 3600;

std::int64_t utc(std::string_view date, std::int64_t hour, std::int64_t minute = 0) {
  return std::int64_t{*parse_iso_date(date)} * 86400 + hour * kHour + minute * 60;
}

/// Berlin in 2024: an hour ahead, two from 31 March 01:00 UTC to 27 October 01:00 UTC. Monday to Friday, 9 to 17.
BusinessCalendar berlin() {
  return {0x1F, 540, 1020, {}, {{utc("2023-10-29", 1), 3600}, {utc("2024-03-31", 1), 7200}, {utc("2024-10-27", 1), 3600}}};
}

WorkingTime hours(const BusinessCalendar& calendar) {
  const Outcome<WorkingTime> made = WorkingTime::from_calendar(calendar);
  EXPECT_TRUE(made.ok());
  return made.value();
}

TEST(BusinessHours, WithinADayAndAround) {
  const WorkingTime desk = hours({0x1F, 540, 1020, {}, {}});                                       // UTC; 2024-05-17 is a Friday
  EXPECT_EQ(desk.seconds_between(utc("2024-05-17", 10), utc("2024-05-17", 10, 30)), 1800);
  EXPECT_EQ(desk.seconds_between(utc("2024-05-17", 6), utc("2024-05-17", 23)), 8 * kHour);
  EXPECT_EQ(desk.seconds_between(utc("2024-05-17", 16), utc("2024-05-20", 10)), 2 * kHour);        // an hour on Friday, one on Monday
  EXPECT_EQ(desk.seconds_between(utc("2024-05-18", 0), utc("2024-05-20", 9)), 0);                  // the weekend
  EXPECT_EQ(desk.seconds_between(utc("2024-05-13", 0), utc("2024-05-20", 0)), 40 * kHour);         // a week
  EXPECT_EQ(desk.seconds_between(utc("2024-05-17", 12), utc("2024-05-17", 12)), 0);
  EXPECT_EQ(desk.seconds_between(utc("2024-05-17", 12), utc("2024-05-17", 11)), 0);
  EXPECT_EQ(desk.seconds_between(utc("1969-12-29", 0), utc("1970-01-05", 0)), 40 * kHour);         // Monday to Monday, through 1970
}

TEST(BusinessHours, Holidays) {
  BusinessCalendar calendar = berlin();
  for (const char* day : {"2024-05-01", "2024-05-09", "2024-05-20", "2024-05-18", "2024-05-09"}) calendar.holidays.push_back(*parse_iso_date(day));
  const WorkingTime desk = hours(calendar);
  // May 2024 has 23 days from Monday to Friday; three are holidays, the 18th is a Saturday anyway, the 9th is named twice.
  EXPECT_EQ(desk.seconds_between(utc("2024-04-30", 22), utc("2024-05-31", 22)), 20 * 8 * kHour);
  EXPECT_EQ(desk.seconds_between(utc("2024-05-09", 7), utc("2024-05-09", 15)), 0);
}

// The clock goes forward on Sunday 31 March 2024: Friday 16:00 is 15:00 UTC, Monday 10:00 is 08:00 UTC.
TEST(BusinessHours, WeekWithAChangeToSummerTime) {
  const WorkingTime desk = hours(berlin());
  EXPECT_EQ(desk.seconds_between(utc("2024-03-29", 15), utc("2024-04-01", 8)), 2 * kHour);
  EXPECT_EQ(desk.seconds_between(utc("2024-03-28", 23), utc("2024-04-05", 22)), 6 * 8 * kHour);  // Friday, then Monday to Friday
  EXPECT_EQ(desk.seconds_between(utc("2024-10-25", 14), utc("2024-10-28", 9)), 2 * kHour);       // and back: 16:00 is 14:00, 10:00 is 09:00 UTC
}

// Open round the clock: the Sunday of the change has 23 hours in spring and 25 in autumn.
TEST(BusinessHours, SkippedAndRepeatedHours) {
  BusinessCalendar calendar = berlin();
  calendar.working_days = 0x7F;
  calendar.opens_minute = 0;
  calendar.closes_minute = 1440;
  const WorkingTime desk = hours(calendar);
  EXPECT_EQ(desk.seconds_between(utc("2024-03-30", 23), utc("2024-03-31", 22)), 23 * kHour);
  EXPECT_EQ(desk.seconds_between(utc("2024-10-26", 22), utc("2024-10-27", 23)), 25 * kHour);
  // Open from 2 to 4 at night: the hour from 2 to 3 is skipped in spring and there twice in autumn.
  calendar.opens_minute = 120;
  calendar.closes_minute = 240;
  const WorkingTime night = hours(calendar);
  EXPECT_EQ(night.seconds_between(utc("2024-03-30", 12), utc("2024-03-31", 12)), 1 * kHour);
  EXPECT_EQ(night.seconds_between(utc("2024-10-26", 12), utc("2024-10-27", 12)), 3 * kHour);
  EXPECT_EQ(night.seconds_between(utc("2024-06-01", 12), utc("2024-06-02", 12)), 2 * kHour);
}

// Berlin 2024: +1, +2 from March 31 1:00 UTC, +1 from October 27 1:00 UTC.
TEST(BusinessHours, LocalClocks) {
  const std::vector<OffsetChange> berlin_2024 = {{utc("2023-10-29", 1), 3600}, {utc("2024-03-31", 1), 7200}, {utc("2024-10-27", 1), 3600}};
  const auto back = [&](std::int64_t local) { return utc_of_local(berlin_2024, local); };
  EXPECT_EQ(back(utc("2024-01-10", 12)), utc("2024-01-10", 11));
  EXPECT_EQ(back(utc("2024-07-10", 12)), utc("2024-07-10", 10));
  EXPECT_EQ(back(utc("2020-07-10", 12)), utc("2020-07-10", 11)) << "the first offset also holds before it";
  EXPECT_EQ(back(utc("2024-03-31", 2)), utc("2024-03-31", 1)) << "2 o'clock is skipped: read as winter time";
  EXPECT_EQ(back(utc("2024-10-27", 2)), utc("2024-10-27", 0)) << "2 o'clock comes twice: the first";
  EXPECT_EQ(utc_of_local(berlin_2024, utc("2024-10-27", 2), utc("2024-10-27", 0) + 1), utc("2024-10-27", 1)) << "the second";
  EXPECT_EQ(utc_of_local({}, 42), 42);
  for (std::int64_t moment = utc("2023-11-01", 0); moment < utc("2025-01-01", 0); moment += 5 * kHour) {
    const std::int64_t local = local_of_utc(berlin_2024, moment);
    EXPECT_EQ(utc_of_local(berlin_2024, local, moment), moment);
  }
  EXPECT_EQ(local_of_utc({}, 42), 42);
}

// Cutting an interval in two never changes its sum.
TEST(BusinessHours, Additive) {
  BusinessCalendar calendar = berlin();
  calendar.holidays = {*parse_iso_date("2024-04-01"), *parse_iso_date("2024-12-25")};
  const WorkingTime desk = hours(calendar);
  std::uint64_t state = 11;  // the seed
  std::int64_t previous = utc("2024-01-01", 0), sum = 0;
  const std::int64_t first = previous;
  for (int i = 0; i < 2000; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    const std::int64_t next = previous + static_cast<std::int64_t>(state >> 49);
    const std::int64_t piece = desk.seconds_between(previous, next);
    EXPECT_GE(piece, 0) << "seed 11";
    EXPECT_LE(piece, next - previous) << "seed 11";
    sum += piece;
    previous = next;
  }
  EXPECT_EQ(sum, desk.seconds_between(first, previous)) << "seed 11";
  EXPECT_GT(sum, 0);
}

TEST(BusinessHours, CalendarsThatAreNone) {
  const auto refused = [](const BusinessCalendar& calendar) { return WorkingTime::from_calendar(calendar).reason().arguments.at(0); };
  EXPECT_EQ(refused({0, 540, 1020, {}, {}}), "working_days");
  EXPECT_EQ(refused({0x80, 540, 1020, {}, {}}), "working_days");
  EXPECT_EQ(refused({1, 1020, 540, {}, {}}), "opening_hours");
  EXPECT_EQ(refused({1, -1, 540, {}, {}}), "opening_hours");
  EXPECT_EQ(refused({1, 0, 1441, {}, {}}), "opening_hours");
  EXPECT_EQ(refused({1, 0, 1440, {}, {{5, 0}, {5, 3600}}}), "offsets");
  EXPECT_EQ(refused({1, 0, 1440, {}, {{5, 86400}}}), "offsets");
}

}  // namespace
}  // namespace kpi
