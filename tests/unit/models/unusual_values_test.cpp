#include "core/models/unusual_values.h"

#include <algorithm>
#include <limits>

#include "tests/support/model_fixture.h"
#include "tests/unit/models/example_series.h"

namespace kpi {
namespace {

std::vector<std::size_t> indexes(const std::vector<UnusualValue>& unusual) {
  std::vector<std::size_t> list;
  for (const UnusualValue& one : unusual) list.push_back(one.index);
  return list;
}

// The reference counts from 1. Its tolerance is on the indexes; what it puts in their place ("replacements") hangs on how it fills gaps in the
// version at hand, and is met within 1 %.
TEST(UnusualValues, OfTheReference) {
  for (const char* id : {"AirPassengers_tsoutliers", "Nile_tsoutliers"}) {
    KPI_REFERENCE_CASE(one, "forecasting.json", id);
    std::vector<std::size_t> expected = one["expected"]["index"];
    for (std::size_t& index : expected) --index;
    const std::vector<UnusualValue> got = unusual_values(one["inputs"]["values"], one["inputs"]["frequency"]).value();
    EXPECT_EQ(indexes(got), expected) << id;
    for (std::size_t i = 0; i < std::min(got.size(), expected.size()); ++i) test::expect_near(got[i].expected, one["expected"]["replacements"][i], 0.01, 0, id);
  }
}

// A line with a ripple and one value twice as high: 2 x 44 at the 12th place, where the line has 44.
TEST(UnusualValues, OneOffTheLine) {
  std::vector<double> values;
  for (int i = 0; i < 20; ++i) values.push_back(20 + 2 * i + (i % 3 == 0 ? 0.5 : i % 3 == 1 ? -0.5 : 0));
  EXPECT_TRUE(unusual_values(values, 1).value().empty());
  values[12] = 88;
  const std::vector<UnusualValue> high = unusual_values(values, 1).value();
  EXPECT_EQ(indexes(high), (std::vector<std::size_t>{12}));
  EXPECT_NEAR(high[0].expected, (values[11] + values[13]) / 2, 1e-12);
  values[12] = 0;
  EXPECT_EQ(indexes(unusual_values(values, 1).value()), (std::vector<std::size_t>{12}));
}

// A December as high as every December is not unusual; the same figure in a June is.
TEST(UnusualValues, OutOfSeason) {
  std::vector<double> values;
  for (int i = 0; i < 48; ++i) values.push_back(100 + (i % 12 == 11 ? 60 : 0) + (i * 7 % 5));
  EXPECT_TRUE(unusual_values(values, 12).value().empty());
  values[29] += 60;
  const std::vector<UnusualValue> got = unusual_values(values, 12).value();
  // With four years the other Junes may look low beside it; no December does.
  const auto june = std::find_if(got.begin(), got.end(), [](const UnusualValue& one) { return one.index == 29; });
  ASSERT_NE(june, got.end());
  EXPECT_NEAR(june->expected, 102, 10);
  for (const UnusualValue& one : got) EXPECT_NE(one.index % 12, 11U);
}

TEST(UnusualValues, FollowTheUnit) {
  std::vector<double> scaled;
  for (const double v : test::airline_passengers()) scaled.push_back(1000 * v);
  const std::vector<UnusualValue> one = unusual_values(test::airline_passengers(), 12).value(), thousand = unusual_values(scaled, 12).value();
  ASSERT_EQ(indexes(one), indexes(thousand));
  ASSERT_FALSE(one.empty());
  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_NEAR(thousand[i].expected, 1000 * one[i].expected, 1e-3);
}

// 10 _ 30 _ _: between its neighbours, and beyond the last one as that.
TEST(UnusualValues, FilledGapsByHand) {
  EXPECT_EQ(interpolated({10, 0, 30, 0, 0}, 1, {false, true, false, true, true}), (std::vector<double>{10, 20, 30, 30, 30}));
  EXPECT_EQ(interpolated({0, 0, 30, 40}, 1, {true, true, false, false}), (std::vector<double>{30, 30, 30, 40}));
  std::vector<double> values;
  std::vector<bool> is_missing;
  for (int i = 0; i < 20; ++i) values.push_back(20 + 2 * i + (i % 2));
  is_missing.assign(20, false);
  is_missing[7] = true;
  values[7] = 1e6;  // not read
  EXPECT_TRUE(unusual_values(values, 1, is_missing).value().empty());
}

TEST(UnusualValues, Undefined) {
  EXPECT_EQ(unusual_values({1, 2, 3}, 1).reason().code, "too_few_rows");
  EXPECT_EQ(unusual_values(std::vector<double>(9, 4), 1).reason().code, "denominator_zero");
  EXPECT_EQ(unusual_values(std::vector<double>(9, 4), 0).reason().code, "out_of_range");
  EXPECT_EQ(unusual_values(std::vector<double>(9, 4), 1, {true}).reason().code, "out_of_range");
  EXPECT_EQ(unusual_values({1, 2, 3, 4, 5, 6, 7, std::numeric_limits<double>::infinity()}, 1).reason().code, "not_finite");
  EXPECT_TRUE(unusual_values({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 1).value().empty());
}

}  // namespace
}  // namespace kpi
