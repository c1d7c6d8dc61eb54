// Expected: by hand.
#include "core/models/attribution/channel_credit.h"

#include <gtest/gtest.h>

#include "tests/unit/models/attribution/journey_fixture.h"

namespace kpi {
namespace {

using attribution_test::from_paths;

std::string code_of(const Journeys& journeys) {
  const Outcome<JourneyTotals> totals = journey_totals(journeys);
  return totals.ok() ? "ok" : std::string(totals.reason().code);
}

TEST(ChannelCredit, TotalsKeepUntouchedConversionsApart) {
  const Outcome<JourneyTotals> totals = journey_totals(from_paths({{"A>B", 2, 30, 5}, {"", 1, 4, 9}, {"B", 0, 0, 6}}).journeys);
  ASSERT_TRUE(totals.ok());
  EXPECT_EQ(totals.value().all.conversions, 3);
  EXPECT_EQ(totals.value().all.value, 34);
  EXPECT_EQ(totals.value().untouched.conversions, 1);
  EXPECT_EQ(totals.value().untouched.value, 4);
  EXPECT_EQ(totals.value().not_converted, 11);  // the 9 without touches are no journeys
}

TEST(ChannelCredit, JourneysThatAreNone) {
  const Journeys good = from_paths({{"A>B", 1, 1, 0}}).journeys;
  EXPECT_EQ(code_of(good), "ok");
  const auto with = [&](auto change) {
    Journeys journeys = good;
    change(journeys);
    return code_of(journeys);
  };
  EXPECT_EQ(with([](Journeys& j) { j.list[0].count = 3; }), "out_of_range");
  EXPECT_EQ(with([](Journeys& j) { j.list[0].first = 0xFFFFFFFF; }), "out_of_range");
  EXPECT_EQ(with([](Journeys& j) { j.list[0].lead = 2; }), "out_of_range");
  EXPECT_EQ(with([](Journeys& j) { j.list[0].close = -2; }), "out_of_range");
  EXPECT_EQ(with([](Journeys& j) { j.touches[1].channel = 2; }), "out_of_range");
  EXPECT_EQ(with([](Journeys& j) { j.list[0].not_converted = INFINITY; }), "out_of_range");
  EXPECT_EQ(with([](Journeys& j) { j.list[0].value = INFINITY; }), "not_finite");
  EXPECT_EQ(with([](Journeys& j) { j.list[0].conversions = 0; }), "denominator_zero");
  EXPECT_EQ(with([](Journeys& j) { j.touches[0].age_days = NAN; }), "ok");  // paths without ages
  EXPECT_EQ(with([](Journeys& j) { j.has_ages = true, j.touches[0].age_days = NAN; }), "out_of_range");
}

}  // namespace
}  // namespace kpi
