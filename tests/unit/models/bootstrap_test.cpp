#include "core/models/bootstrap.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/group_columns.h"

namespace kpi {
namespace {

// Two values 0 and 2 each: a replicate's mean is 0, 1 or 2 with chances 1/4, 1/2, 1/4, so the difference has variance 2 * 1/2 = 1.
TEST(Bootstrap, ByHand) {
  const std::vector<double> a = {0, 2}, b = {10, 12};
  const auto r = bootstrap_mean_difference(a, b, {20000, 5, 0.95});
  ASSERT_TRUE(r.ok());
  EXPECT_EQ(r.value().difference, 10);
  EXPECT_NEAR(r.value().standard_error, 1, 0.02);  // four standard errors of a deviation of 20 000 draws
  EXPECT_EQ(r.value().interval.low, 8);            // -2 and 2 have a chance of 1/16 each
  EXPECT_EQ(r.value().interval.high, 12);
}

TEST(Bootstrap, FixtureCases) {
  KPI_FIXTURE_CASES(cases, "experiments");
  for (const std::string id : {"bootstrap_first_amount", "bootstrap_post_spend"}) {
    SCOPED_TRACE(id);
    const auto c = test::fixture_case(cases, id);
    const test::GroupColumns values = test::revenue_per_visitor(c["inputs"]["column"]);
    const auto r = bootstrap_mean_difference(values.a, values.b, {10000, 2024, 0.95});
    ASSERT_TRUE(r.ok());
    const auto& boot = c["expected"]["r_boot"];
    const double room = c["tolerance"]["abs"].get<double>() / 2;  // as told for 10 000 and more
    EXPECT_NEAR(r.value().difference, boot["t0"].get<double>(), 1e-9);
    EXPECT_NEAR(r.value().standard_error, boot["se"].get<double>(), boot["se"].get<double>() * c["tolerance"]["se_rel"].get<double>());
    EXPECT_NEAR(r.value().interval.low, boot["perc"][0].get<double>(), room);
    EXPECT_NEAR(r.value().interval.high, boot["perc"][1].get<double>(), room);
    // R's boot interpolates percentiles on the normal scale and takes the acceleration by regression: far below what chance moves an
    // endpoint by, for which the fixture's room is made.
    const auto near = [&](const char* key, const Interval& interval) {
      EXPECT_NEAR(interval.low, boot[key][0].get<double>(), room) << key;
      EXPECT_NEAR(interval.high, boot[key][1].get<double>(), room) << key;
    };
    near("norm", r.value().normal);
    near("basic", r.value().basic);
    ASSERT_TRUE(r.value().corrected);
    near("bca", *r.value().corrected);
    EXPECT_NEAR(r.value().interval.low, c["expected"]["numpy_percentile"][0].get<double>(), room);
    EXPECT_NEAR(r.value().interval.high, c["expected"]["numpy_percentile"][1].get<double>(), room);
  }
}

// Mirrored groups have no skewness together, and a symmetric one no bias worth the name: all four intervals agree.
TEST(Bootstrap, IntervalsAgreeWhereNothingIsSkewed) {
  std::vector<double> a, b;
  for (int i = 0; i < 200; ++i) a.push_back(i % 20), b.push_back(3 + (i * 7) % 20);
  const auto r = bootstrap_mean_difference(a, b, {20000, 9, 0.95});
  ASSERT_TRUE(r.ok());
  ASSERT_TRUE(r.value().corrected);
  EXPECT_NEAR(r.value().bias, 0, 4 * r.value().standard_error / std::sqrt(20000));
  const double room = 0.05 * r.value().standard_error;  // an endpoint of 20 000 draws moves by 0.02 deviations
  for (const Interval& other : {r.value().normal, r.value().basic, *r.value().corrected}) {
    EXPECT_NEAR(other.low, r.value().interval.low, 2 * room);
    EXPECT_NEAR(other.high, r.value().interval.high, 2 * room);
  }
}

// b's long tail to the right: BCa moves both ends of the interval to the right of the percentiles, the basic interval to the left.
TEST(Bootstrap, SkewnessMovesTheCorrectedInterval) {
  std::vector<double> a(40, 1.0), b(40, 1.0);
  a[0] = 1.5;
  b[0] = 60, b[1] = 20, b[2] = 10;
  const auto r = bootstrap_mean_difference(a, b, {10000, 3, 0.95});
  ASSERT_TRUE(r.ok());
  ASSERT_TRUE(r.value().corrected);
  EXPECT_GT(r.value().corrected->low, r.value().interval.low);
  EXPECT_GT(r.value().corrected->high, r.value().interval.high);
  EXPECT_LT(r.value().basic.high, r.value().interval.high);
}

// Swapped arms: the difference is negated, and so is each interval but for what chance moves it by.
TEST(Bootstrap, SwappingNegates) {
  const std::vector<double> a = {1, 5, 2, 8, 3, 9, 0, 4}, b = {2, 9, 4, 4, 12, 7};
  const auto there = bootstrap_mean_difference(a, b, {20000, 7, 0.9}), back = bootstrap_mean_difference(b, a, {20000, 7, 0.9});
  ASSERT_TRUE(there.ok() && back.ok());
  EXPECT_EQ(there.value().difference, -back.value().difference);
  const double room = 0.06 * there.value().standard_error;
  EXPECT_NEAR(there.value().interval.low, -back.value().interval.high, room);
  EXPECT_NEAR(there.value().normal.high, -back.value().normal.low, room);
}

TEST(Bootstrap, TheSeedDecides) {
  const std::vector<double> a = {1, 5, 2, 8, 3}, b = {2, 9, 4, 4};
  const auto one = bootstrap_mean_difference(a, b, {500, 1, 0.9}), same = bootstrap_mean_difference(a, b, {500, 1, 0.9});
  const auto other = bootstrap_mean_difference(a, b, {500, 2, 0.9});
  ASSERT_TRUE(one.ok() && same.ok() && other.ok());
  EXPECT_EQ(one.value().standard_error, same.value().standard_error);
  EXPECT_NE(one.value().standard_error, other.value().standard_error);
}

TEST(Bootstrap, Degenerate) {
  const std::vector<double> flat = {3, 3, 3}, one = {1};
  EXPECT_EQ(bootstrap_mean_difference(one, flat).reason().code, "too_few_rows");
  EXPECT_EQ(bootstrap_mean_difference(flat, flat, {99, 1, 0.95}).reason().code, "out_of_range");
  EXPECT_EQ(bootstrap_mean_difference(flat, std::vector<double>{1, std::nan("")}).reason().code, "not_finite");
  const auto same = bootstrap_mean_difference(flat, flat);
  ASSERT_TRUE(same.ok());
  EXPECT_EQ(same.value().interval.low, 0);
  EXPECT_EQ(same.value().standard_error, 0);
  EXPECT_FALSE(same.value().corrected);  // no replicate is below the difference
}

}  // namespace
}  // namespace kpi
