// Expected values: by hand, and fixtures clv.json (mpmath; lifetimes 0.11.3).
#include "core/models/repeat_check.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/models/bg_nbd.h"
#include "tests/support/reference_orders.h"
#include "tests/support/synthetic_customers.h"

namespace kpi {
namespace {

constexpr BgNbd kPublished{0.243, 4.414, 0.793, 2.426};

TEST(RepeatCheck, FrequencyByHand) {
  const std::vector<RecencyFrequency> customers = {{0, 0, 1}, {0, 0, 3}, {1, 1, 3}, {5, 2, 3}};
  const auto half = [](std::uint32_t count, double t) { return std::pow(0.5, count + 1.0) * (t > 2 ? 1 : 0.5); };
  const Outcome<FrequencyFit> fit = frequency_fit(customers, 3, half);
  ASSERT_TRUE(fit.ok());
  EXPECT_EQ(fit.value().actual, (std::vector<double>{2, 1, 1}));
  EXPECT_EQ(fit.value().expected, (std::vector<double>{1.75, 0.875, 1.375}));  // 3/2 + 1/4; 3/4 + 1/8; the rest of 4
}

TEST(RepeatCheck, ExpectedCustomersAddUp) {
  const std::vector<RecencyFrequency> customers = test::synthetic_customers();
  const auto fit = frequency_fit(customers, 8, [](std::uint32_t n, double t) { return probability_of_count(kPublished, n, t); });
  ASSERT_TRUE(fit.ok());
  const std::vector<double>& expected = fit.value().expected;
  EXPECT_NEAR(std::accumulate(expected.begin(), expected.end(), 0.0), 320, 1e-10);
  for (const double people : expected) EXPECT_GT(people, 0);
}

TEST(RepeatCheck, TrackingByHand) {
  // Purchases: customer 1 on days 0, 3, 9; customer 2 on days 7 (twice) and 14.
  const std::vector<Order> orders = {{1, 0, 1}, {1, 3, 1}, {1, 9, 1}, {2, 7, 1}, {2, 7, 1}, {2, 14, 1}};
  const std::vector<double> times = {0, 1, 2, 3};
  const auto tracking = track_repeats(orders, 0, times, 7, [](double t) { return 10 * t; });
  ASSERT_TRUE(tracking.ok());
  EXPECT_EQ(tracking.value().actual, (std::vector<double>{0, 1, 2, 3}));
  EXPECT_EQ(tracking.value().expected, (std::vector<double>{0, 10, 30, 50}));
}

TEST(RepeatCheck, FixtureFrequencyOfCdnow) {
  KPI_REFERENCE_CASE(wanted, "clv.json", "cdnow_frequency_fit");
  const nlohmann::json& p = wanted["inputs"]["params"];
  const BgNbd m{p[0], p[1], p[2], p[3]};
  const auto customers = test::reference_customers(wanted["inputs"]["data"]["file"]);
  const auto fit = frequency_fit(customers, 8, [&m](std::uint32_t n, double t) { return probability_of_count(m, n, t); });
  ASSERT_TRUE(fit.ok());
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(fit.value().actual[i], wanted["expected"]["actual"][i].get<double>());
    test::expect_near(fit.value().expected[i], wanted["expected"]["expected"][i], 1e-8);
  }
}

TEST(RepeatCheck, FixtureTrackingOfCdnow) {
  KPI_REFERENCE_CASE(wanted, "clv.json", "cdnow_tracking");
  const nlohmann::json& p = wanted["inputs"]["params"];
  const BgNbd m{p[0], p[1], p[2], p[3]};
  const std::vector<double> weeks = wanted["inputs"]["weeks"];
  const auto tracking = track_repeats(test::reference_orders(wanted["inputs"]["data"]["file"]), test::day_of(wanted["inputs"]["origin"]), weeks, 7,
                                      [&m](double t) { return expected_purchases(m, t); });
  ASSERT_TRUE(tracking.ok());
  ASSERT_EQ(weeks.size(), 6U);
  for (std::size_t i = 0; i < weeks.size(); ++i) {
    EXPECT_EQ(tracking.value().actual[i], wanted["expected"]["actual_cumulative"][i].get<double>());
    test::expect_near(tracking.value().expected[i], wanted["expected"]["expected_cumulative"][i], 1e-8);
  }
}

TEST(RepeatCheck, WhatCannotBeChecked) {
  const auto nan = [](std::uint32_t, double) { return std::nan(""); };
  const std::vector<RecencyFrequency> one = {{0, 0, 1}}, none;
  EXPECT_EQ(frequency_fit(one, 1, nan).reason().code, "out_of_range");
  EXPECT_EQ(frequency_fit(one, 3, nan).reason().code, "not_finite");
  EXPECT_EQ(frequency_fit(none, 3, nan).reason().code, "no_rows");
  const std::vector<double> times = {1}, never = {std::nan("")};
  const std::vector<Order> orders = {{1, 0, 1}}, no_orders;
  const auto zero = [](double) { return 0.0; };
  EXPECT_EQ(track_repeats(no_orders, 0, times, 7, zero).reason().code, "no_rows");
  EXPECT_EQ(track_repeats(orders, 0, times, 0, zero).reason().code, "out_of_range");
  EXPECT_EQ(track_repeats(orders, 0, never, 7, zero).reason().code, "not_finite");
  EXPECT_EQ(track_repeats(orders, 0, times, 7, [](double) { return std::nan(""); }).reason().code, "not_finite");
}

}  // namespace
}  // namespace kpi
