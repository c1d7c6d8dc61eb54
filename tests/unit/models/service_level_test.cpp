#include "core/models/service_level.h"

#include <gtest/gtest.h>

namespace kpi {
namespace {

constexpr std::int64_t kHour = 3600;

std::int64_t utc(std::string_view date, std::int64_t hour) { return std::int64_t{*parse_iso_date(date)} * 86400 + hour * kHour; }

// Monday to Friday, 9 to 17 UTC, to be answered within 4 working hours. Now is Tuesday 2024-05-21, 12:00; the 17th is a Friday.
TEST(ServiceLevel, NeverAnsweredCountsAndNotYetDueDoesNot) {
  const WorkingTime desk = WorkingTime::from_calendar({0x1F, 540, 1020, {}, {}}).value();
  const std::vector<HandedLead> leads = {
      {utc("2024-05-17", 15), utc("2024-05-20", 11)},  // 2 + 2 hours: in time, just
      {utc("2024-05-17", 15), utc("2024-05-20", 12)},  // 2 + 3: late
      {utc("2024-05-17", 18), std::nullopt},           // 8 + 3 so far: never answered
      {utc("2024-05-20", 9), utc("2024-05-22", 9)},    // answered after now
      {utc("2024-05-21", 9), std::nullopt},            // 3 hours so far: not yet due
      {utc("2024-05-21", 10), utc("2024-05-21", 11)},  // nor is this, although it is answered
      {utc("2024-05-20", 16), utc("2024-05-20", 16)},  // 1 + 3: exactly 4 hours have passed, not more
      {utc("2024-05-22", 9), std::nullopt},            // not handed over yet
      {utc("2024-05-17", 15), utc("2024-05-16", 15)},  // answered before
      {utc("2024-05-18", 10), utc("2024-05-19", 10)},  // on the weekend: no working time at all
  };
  const ServiceLevel level = service_level(leads, desk, 4 * kHour, utc("2024-05-21", 12)).value();
  EXPECT_EQ(level.handed, 10U);
  EXPECT_EQ(level.due, 5U);
  EXPECT_EQ(level.in_time, 2U);
  EXPECT_EQ(level.late, 1U);
  EXPECT_EQ(level.never_answered, 2U);
  EXPECT_EQ(level.not_yet_due, 3U);
  EXPECT_EQ(level.set_aside, 2U);
  EXPECT_EQ(level.compliance.value(), 0.4);
}

// One of two leads that were answered after three hours has four of its own in place of the two for all.
TEST(ServiceLevel, LimitsOfTheirOwn) {
  const WorkingTime always = WorkingTime::from_calendar({0x7F, 0, 1440, {}, {}}).value();
  const std::vector<HandedLead> leads = {{utc("2024-05-17", 9), utc("2024-05-17", 12)}, {utc("2024-05-17", 9), utc("2024-05-17", 12), 4 * kHour}, {utc("2024-05-18", 20), std::nullopt, 4 * kHour}};
  const ServiceLevel level = service_level(leads, always, 2 * kHour, utc("2024-05-18", 23)).value();
  EXPECT_EQ(level.late, 1U);
  EXPECT_EQ(level.in_time, 1U);
  EXPECT_EQ(level.not_yet_due, 1U) << "after three of its four hours";
}

TEST(ServiceLevel, Undefined) {
  const WorkingTime desk = WorkingTime::from_calendar({0x7F, 0, 1440, {}, {}}).value();
  EXPECT_EQ(service_level({}, desk, 60, 0).reason().code, "no_rows");
  EXPECT_EQ(service_level({{0, 5}}, desk, -1, 0).reason().code, "out_of_range");
  const ServiceLevel young = service_level({{0, 5}}, desk, 60, 30).value();
  EXPECT_EQ(young.not_yet_due, 1U);
  EXPECT_EQ(young.compliance.reason().code, "denominator_zero");
}

TEST(ServiceLevel, ResponseTimes) {
  const std::pair<std::int64_t, ResponseTime> cases[] = {
      {0, ResponseTime::kUnder5Minutes},   {299, ResponseTime::kUnder5Minutes},  {300, ResponseTime::kUnder30Minutes},
      {1799, ResponseTime::kUnder30Minutes}, {1800, ResponseTime::kUnder1Hour},   {3599, ResponseTime::kUnder1Hour},
      {3600, ResponseTime::kUpTo24Hours},  {86400, ResponseTime::kUpTo24Hours},  {86401, ResponseTime::kOver24Hours}};
  for (const auto& [seconds, expected] : cases) EXPECT_EQ(response_time(seconds), expected) << seconds;
  EXPECT_EQ(response_time(std::nullopt), ResponseTime::kNever);
}

TEST(ServiceLevel, ConversionByResponseTime) {
  const auto buckets = conversion_by_response_time({{60, true}, {120, true}, {240, false}, {4000, true}, {4000, false}, {std::nullopt, false}, {90000, false}});
  EXPECT_EQ(buckets[0].leads, 3U);
  EXPECT_EQ(buckets[0].converted, 2U);
  EXPECT_EQ(buckets[0].conversion_rate.value(), 2.0 / 3);
  EXPECT_EQ(buckets[1].conversion_rate.reason().code, "no_rows");
  EXPECT_EQ(buckets[3].conversion_rate.value(), 0.5);
  EXPECT_EQ(buckets[4].leads, 1U);
  EXPECT_EQ(buckets[5].conversion_rate.value(), 0);
}

}  // namespace
}  // namespace kpi
