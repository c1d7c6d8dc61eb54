#include "core/models/sample_summary.h"

#include <limits>

#include "tests/support/crm_deals.h"

namespace kpi {
namespace {

using test::expect_near;

TEST(SampleSummary, WonCyclesOfTheReference) {
  KPI_REFERENCE_CASE(cycle, "sales_cycle.json", "crm_won_cycle_quantiles");
  std::vector<double> won;
  for (const test::CrmDeal& deal : test::crm_deals()) {
    if (deal.outcome == 1) won.push_back(deal.days);
  }
  const auto& expected = cycle["expected"]["stats"];
  const Outcome<SampleSummary> got = summarise(won);
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(got.value().count, expected["n"]);
  expect_near(got.value().mean, expected["mean"], 1e-12);
  expect_near(*got.value().standard_deviation, expected["sd"], 1e-12);
  expect_near(got.value().median, expected["median"], 1e-12);
  expect_near(got.value().trimmed_mean, expected["trim10"], 1e-12);
  expect_near(got.value().interquartile_range, expected["iqr7"], 1e-12);
  expect_near(got.value().median_absolute_deviation, expected["mad"], 1e-12);
}

// Velocity is a formula of the catalogue; what goes into it comes from the same deals.
TEST(SampleSummary, VelocityOfTheReference) {
  KPI_REFERENCE_CASE(velocity, "sales_cycle.json", "crm_velocity");
  const auto& expected = velocity["expected"];
  std::vector<double> won, values;
  double lost = 0;
  for (const test::CrmDeal& deal : test::crm_deals()) {
    if (deal.outcome == 1) won.push_back(deal.days), values.push_back(deal.value);
    lost += deal.outcome == 2 ? 1 : 0;
  }
  const SampleSummary cycle = summarise(won).value(), value = summarise(values).value();
  expect_near(cycle.mean, expected["mean_cycle_days_won"], 1e-12);
  expect_near(cycle.median, expected["median_cycle_days_won"], 1e-12);
  expect_near(value.mean, expected["average_won_value"], 1e-12);
  const double win_rate = static_cast<double>(cycle.count) / (static_cast<double>(cycle.count) + lost);
  expect_near(expected["open_opportunities"].get<double>() * win_rate * value.mean / cycle.mean, expected["velocity_per_day"], 1e-12);
}

// 1 2 3 4 100: mean 22; deviations -21 -20 -19 -18 78, squares 441 + 400 + 361 + 324 + 6084 = 7610, / 4; distances from 3: 2 1 0 1 97.
TEST(SampleSummary, ByHand) {
  const SampleSummary s = summarise({100, 1, 3, 2, 4}).value();
  EXPECT_EQ(s.count, 5U);
  EXPECT_EQ(s.mean, 22);
  expect_near(*s.standard_deviation, std::sqrt(1902.5), 1e-15);
  EXPECT_EQ(s.median, 3);
  EXPECT_EQ(s.trimmed_mean, 22);  // a tenth of five is nobody
  EXPECT_EQ(s.interquartile_range, 2);
  EXPECT_EQ(s.median_absolute_deviation, 1);
}

TEST(SampleSummary, Degenerate) {
  EXPECT_FALSE(summarise({7}).value().standard_deviation.has_value());
  EXPECT_EQ(summarise({7, 7, 7}).value().standard_deviation, 0);
  EXPECT_EQ(summarise({}).reason().code, "no_rows");
  EXPECT_EQ(summarise({std::numeric_limits<double>::quiet_NaN()}).reason().code, "not_finite");
  EXPECT_EQ(summarise({1e200, -1e200}).reason().code, "not_finite");  // the squares overflow
}

}  // namespace
}  // namespace kpi
