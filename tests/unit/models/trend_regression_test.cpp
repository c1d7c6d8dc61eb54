#include "core/models/trend_regression.h"

#include <limits>

#include "tests/support/model_fixture.h"
#include "tests/unit/models/example_series.h"

namespace kpi {
namespace {

using nlohmann::json;
using test::expect_near;

void expect_coefficients(const TrendRegression& got, const json& expected) {
  ASSERT_EQ(got.coefficients.size(), expected.size());
  expect_near(got.coefficients[0], expected["(Intercept)"], 1e-8);
  expect_near(got.coefficients[1], expected["trend"], 1e-8);
  for (std::size_t s = 2; s <= 12; ++s) expect_near(got.coefficients[s], expected["season" + std::to_string(s)], 1e-8);
}

TEST(TrendRegression, TrendAndSeasonOfTheReference) {
  KPI_REFERENCE_CASE(airline, "forecasting.json", "AirPassengers_seasonal_and_trend");
  std::vector<double> values = airline["inputs"]["values"];
  const TrendRegression plain = trend_regression(values, 12).value();
  expect_coefficients(plain, airline["expected"]["tslm"]["coef"]);
  for (std::size_t h = 0; h < 24; ++h) expect_near(plain.at(values.size() + 1 + h), airline["expected"]["tslm"]["forecast"][h], 1e-8);
  for (double& v : values) v = std::log(v);
  const TrendRegression logs = trend_regression(values, 12).value();
  expect_coefficients(logs, airline["expected"]["tslm_log"]["coef"]);
  expect_near(logs.residual_error, airline["expected"]["tslm_log"]["sigma"], 1e-8);
}

TEST(TrendRegression, LineOfTheReference) {
  KPI_REFERENCE_CASE(nile, "forecasting.json", "Nile_fit_smoothing");
  const TrendRegression line = trend_regression(nile["inputs"]["values"], 1).value();
  const json& expected = nile["expected"]["ols"];
  const char* names[] = {"(Intercept)", "seq_along(x)"};
  for (std::size_t i = 0; i < 2; ++i) {
    expect_near(line.coefficients[i], expected["coef"][i], 1e-9);
    expect_near(line.standard_errors[i], expected["se"][names[i]], 1e-9);
    expect_near(line.p[i], expected["p"][names[i]], 1e-9);
  }
  expect_near(line.r_squared, expected["r2"], 1e-9);
}

// R 4.2.2: lm(Nile ~ seq_along(Nile)), and tslm(AirPassengers ~ trend + season).
TEST(TrendRegression, SeriesOfTextbooks) {
  const TrendRegression line = trend_regression(test::nile_flow(), 1).value();
  expect_near(line.coefficients[1], -2.7143054305430536, 1e-9);
  expect_near(line.standard_errors[1], 0.5215540901574569, 1e-9);
  expect_near(line.p[1], 1.0716948863250056e-06, 1e-9);
  expect_near(line.r_squared, 0.2165288046501158, 1e-9);
  const TrendRegression airline = trend_regression(test::airline_passengers(), 12).value();
  expect_near(airline.coefficients[1], 2.6603292540792554, 1e-9);
  expect_near(airline.coefficients[12], -9.180288461538433, 1e-8);
}

// 1 3 2 5 at 1 2 3 4: slope 1.1, intercept 0; residuals -0.1 0.8 -1.3 0.6, squares 2.7 of 8.75; slope's error sqrt(1.35 / 5).
TEST(TrendRegression, ByHand) {
  const TrendRegression line = trend_regression({1, 3, 2, 5}, 1).value();
  EXPECT_NEAR(line.coefficients[0], 0, 1e-14);
  EXPECT_NEAR(line.coefficients[1], 1.1, 1e-14);
  EXPECT_NEAR(line.standard_errors[1], std::sqrt(1.35 / 5), 1e-14);
  EXPECT_NEAR(line.r_squared, 1 - 2.7 / 8.75, 1e-14);
  EXPECT_NEAR(line.at(5), 5.5, 1e-13);
}

TEST(TrendRegression, Undefined) {
  EXPECT_EQ(trend_regression({1, 2}, 1).reason().code, "too_few_rows");
  EXPECT_EQ(trend_regression({1, 2, 3}, 0).reason().code, "out_of_range");
  EXPECT_EQ(trend_regression({4, 4, 4}, 1).reason().code, "denominator_zero");
  EXPECT_EQ(trend_regression({4, 4, std::numeric_limits<double>::infinity()}, 1).reason().code, "not_finite");
}

}  // namespace
}  // namespace kpi
