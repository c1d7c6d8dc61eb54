// Expected values by hand.
#include "core/models/cohort_payback.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace kpi {
namespace {

TEST(CohortPayback, FirstMonthThatCoversTheCost) {
  // 10 customers at 300 of margin a month, two of them leaving in month 4: 3000, 6000, 9000, 11400, 13800.
  const Outcome<CohortPayback> payback = cohort_payback(AcquisitionCohort{10000, {3000, 3000, 3000, 2400, 2400}});
  ASSERT_TRUE(payback.ok());
  EXPECT_EQ(payback.value().cumulative_margin, (std::vector<double>{3000, 6000, 9000, 11400, 13800}));
  EXPECT_EQ(payback.value().payback_month, 4U);
  EXPECT_DOUBLE_EQ(payback.value().share_earned[2], 0.9);
}

TEST(CohortPayback, NeverWithChurnWhereTheSimpleRatioSays18Months) {
  // 1800 of cost, 100 a month at first: 18 months by the ratio. With 6 % leaving each month all that ever comes is 100 / 0.06 = 1667.
  AcquisitionCohort cohort{1800, {}};
  for (int month = 0; month < 240; ++month) cohort.margin.push_back(100 * std::pow(0.94, month));
  const Outcome<CohortPayback> payback = cohort_payback(cohort);
  ASSERT_TRUE(payback.ok());
  EXPECT_FALSE(payback.value().payback_month.has_value());
  EXPECT_NEAR(payback.value().cumulative_margin.back(), 100 / 0.06, 0.01);
}

TEST(CohortPayback, ExactlyTheCostIsEnoughAndALaterLossUndoesNothing) {
  const Outcome<CohortPayback> payback = cohort_payback(AcquisitionCohort{0.3, {0.1, 0.1, 0.1, -5}});
  ASSERT_TRUE(payback.ok());
  EXPECT_EQ(payback.value().payback_month, 3U);  // rounding takes nothing away
  EXPECT_LT(payback.value().cumulative_margin[3], 0);
}

TEST(CohortPayback, TogetherOverTheMonthsThatAllHaveSeen) {
  const std::vector<AcquisitionCohort> cohorts = {{100, {40, 40, 40, 40}}, {200, {60, 60}}};
  const Outcome<CohortPayback> payback = cohort_payback(cohorts);
  ASSERT_TRUE(payback.ok());
  EXPECT_EQ(payback.value().cumulative_margin, (std::vector<double>{100, 200}));
  EXPECT_FALSE(payback.value().payback_month.has_value());
}

TEST(CohortPayback, WithoutCostInTheFirstMonth) {
  const Outcome<CohortPayback> payback = cohort_payback(AcquisitionCohort{0, {0, 5}});
  ASSERT_TRUE(payback.ok());
  EXPECT_EQ(payback.value().payback_month, 1U);
  EXPECT_TRUE(payback.value().share_earned.empty());
}

TEST(CohortPayback, WhatHasNone) {
  const auto code = [](const AcquisitionCohort& cohort) { return std::string(cohort_payback(cohort).reason().code); };
  EXPECT_EQ(code({100, {}}), "no_rows");
  EXPECT_EQ(code({-1, {5}}), "out_of_range");
  EXPECT_EQ(code({std::nan(""), {5}}), "not_finite");
  EXPECT_EQ(code({1, {5, std::nan("")}}), "not_finite");
  EXPECT_EQ(code({1, {1e308, 1e308}}), "not_finite");
  EXPECT_EQ(code({1e-300, {-1e300}}), "not_finite");
  EXPECT_EQ(cohort_payback(std::vector<AcquisitionCohort>{}).reason().code, "no_rows");
}

}  // namespace
}  // namespace kpi
