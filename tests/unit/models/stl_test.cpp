#include "core/models/stl.h"

#include <limits>

#include "tests/support/model_fixture.h"
#include "tests/unit/models/example_series.h"

namespace kpi {
namespace {

TEST(Stl, PeriodicSeasonOfTheReference) {
  KPI_REFERENCE_CASE(airline, "forecasting.json", "AirPassengers_seasonal_and_trend");
  const std::vector<double> values = airline["inputs"]["values"];
  const auto& expected = airline["expected"]["stl_periodic"];
  const double tolerance = airline["tolerance"]["stl_rel"];
  const Stl parts = stl(values, stl_plan(values.size(), 12, 0, false)).value();
  for (std::size_t i = 0; i < 12; ++i) test::expect_near(parts.seasonal[i], expected["seasonal"][i], tolerance);
  for (std::size_t i = 0; i < 5; ++i) test::expect_near(parts.trend[i], expected["trend_first"][i], tolerance);
}

// R 4.2.2: stl(AirPassengers, "periodic").
TEST(Stl, AirlinePassengers) {
  const Stl parts = stl(test::airline_passengers(), stl_plan(144, 12, 0, false)).value();
  test::expect_near(parts.seasonal[6], 70.24388153701301, 1e-9);
  test::expect_near(parts.seasonal[143], -31.74051550165006, 1e-9);
  test::expect_near(parts.trend[0], 127.1873484372575, 1e-9);
}

// A line with a season that never changes is split without a remainder: local lines go through a line, and local constants through a constant.
TEST(Stl, LineAndSeasonByHand) {
  const double season[] = {5, -2, -4, 1};
  std::vector<double> values;
  for (int i = 0; i < 24; ++i) values.push_back(100 + 2 * i + season[i % 4]);
  for (const bool is_robust : {false, true}) {
    const Stl parts = stl(values, stl_plan(24, 4, 7, is_robust)).value();
    for (std::size_t i = 4; i < 20; ++i) EXPECT_NEAR(parts.remainder[i], 0, 0.15) << i;
    for (std::size_t i = 0; i < 24; ++i) EXPECT_NEAR(parts.seasonal[i] + parts.trend[i] + parts.remainder[i], values[i], 1e-12);
  }
}

// Scale and shift: the parts follow, whatever the weights (which only know shares).
TEST(Stl, FollowsTheUnit) {
  std::vector<double> twice;
  for (const double v : test::airline_passengers()) twice.push_back(2 * v + 10);
  const StlPlan plan = stl_plan(144, 12, 11, true);
  const Stl one = stl(test::airline_passengers(), plan).value(), two = stl(twice, plan).value();
  for (std::size_t i = 0; i < 144; ++i) {
    EXPECT_NEAR(two.seasonal[i], 2 * one.seasonal[i], 1e-6);
    EXPECT_NEAR(two.trend[i], 2 * one.trend[i] + 10, 1e-6);
  }
}

TEST(Stl, RobustAgainstOneStrangeValue) {
  std::vector<double> values = test::airline_passengers();
  const Stl before = stl(values, stl_plan(144, 12, 11, true)).value();
  values[60] += 500;
  const Stl after = stl(values, stl_plan(144, 12, 11, true)).value();
  EXPECT_NEAR(after.trend[60], before.trend[60], 5);
  EXPECT_NEAR(after.remainder[60] - before.remainder[60], 500, 10);
}

TEST(Stl, Undefined) {
  const std::vector<double> values(30, 1);
  EXPECT_EQ(stl(values, stl_plan(30, 1, 0, false)).reason().code, "out_of_range");
  EXPECT_EQ(stl(std::vector<double>(24, 1), stl_plan(24, 12, 0, false)).reason().code, "too_few_rows");
  EXPECT_EQ(stl({}, stl_plan(0, 12, 7, false)).reason().code, "too_few_rows");
  std::vector<double> bad = values;
  bad[3] = std::numeric_limits<double>::infinity();
  EXPECT_EQ(stl(bad, stl_plan(30, 12, 0, false)).reason().code, "not_finite");
  EXPECT_NEAR(stl(values, stl_plan(30, 12, 11, true)).value().trend[0], 1, 1e-12);  // a constant has no remainders to weigh
  StlPlan plan = stl_plan(30, 12, 0, false);
  plan.trend_jump = 0;
  EXPECT_EQ(stl(values, plan).reason().code, "out_of_range");
}

}  // namespace
}  // namespace kpi
