#include "core/models/rolling_origin.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/models/holt_winters.h"
#include "core/models/naive_forecast.h"
#include "tests/unit/models/example_series.h"

namespace kpi {
namespace {

Outcome<std::vector<double>> means(const Outcome<Forecast>& forecast) {
  if (!forecast.ok()) return forecast.reason();
  std::vector<double> result;
  for (const ForecastPoint& p : forecast.value()) result.push_back(p.mean);
  return result;
}

// 1, 2, ... 10: the drift is always right; the last value is 1, 2 and 3 too low, 2 on average.
TEST(RollingOrigin, DriftBeatsTheLastValueOnALine) {
  std::vector<double> line;
  for (int i = 1; i <= 10; ++i) line.push_back(i);
  const Forecaster drift = [](const std::vector<double>& history, std::size_t horizon) { return means(drift_forecast(history, horizon)); };
  const RollingOriginTest test = rolling_origin_test(line, {1, 3, 4}, drift).value();
  EXPECT_EQ(test.origins, 4U);  // after 4, 5, 6 and 7
  EXPECT_NEAR(test.mean_absolute_error, 0, 1e-14);
  EXPECT_EQ(test.naive_mean_absolute_error, 2);
  EXPECT_NEAR(test.skill.value(), 1, 1e-14);
  EXPECT_EQ(rolling_origin_test(line, {1, 3, 4, 3}, drift).value().origins, 2U);
}

TEST(RollingOrigin, NoBetterThanNaive) {
  const std::vector<double> season = {1, 5, 2, 1, 5, 2, 1, 5, 2, 1, 5, 2};
  const Forecaster last = [](const std::vector<double>& history, std::size_t horizon) { return means(seasonal_naive_forecast(history, 1, horizon)); };
  EXPECT_EQ(rolling_origin_test(season, {3, 3, 6}, last).value().skill.reason().code, "no_better_than_naive");  // the season is exact
  EXPECT_EQ(rolling_origin_test(season, {1, 3, 6}, last).value().skill.reason().code, "no_better_than_naive");  // and nothing beats itself
  EXPECT_EQ(rolling_origin_test(season, {3, 3, 6}, last).value().naive_mean_absolute_error, 0);
}

// Sees only what was known at each origin: a forecaster that repeats the length of its history tells it.
TEST(RollingOrigin, SeesTheHistoryOnly) {
  std::vector<std::size_t> lengths;
  const Forecaster spy = [&](const std::vector<double>& history, std::size_t horizon) {
    lengths.push_back(history.size());
    return Outcome<std::vector<double>>(std::vector<double>(horizon, history.back()));
  };
  EXPECT_TRUE(rolling_origin_test({1, 2, 3, 4, 5}, {1, 2, 2}, spy).ok());
  EXPECT_EQ(lengths, (std::vector<std::size_t>{2, 3}));
}

// 2 (4) 6 | 8 10 and 2 (4) 6 8 | 10 12, the 4 unknown, with weights 1 0 1 1 3 2: a forecast of 9 errs 1, 1 | 1, 3, the last value 2, 4 | 2, 4.
TEST(RollingOrigin, WeighsAndSkips) {
  const std::vector<double> values = {2, 4, 6, 8, 10, 12};
  const Forecaster nine = [](const std::vector<double>&, std::size_t horizon) { return Outcome<std::vector<double>>(std::vector<double>(horizon, 9)); };
  RollingOriginPlan plan{1, 2, 3, 1, {1, 0, 1, 1, 3, 2}};
  const RollingOriginTest test = rolling_origin_test(values, plan, nine).value();
  EXPECT_EQ(test.origins, 2U);
  EXPECT_NEAR(test.mean_absolute_error, (1 * 1 + 3 * 1 + 3 * 1 + 2 * 3) / 9.0, 1e-14);
  EXPECT_NEAR(test.naive_mean_absolute_error, (1 * 2 + 3 * 4 + 3 * 2 + 2 * 4) / 9.0, 1e-14);
  ASSERT_EQ(test.gains.size(), 2U);
  EXPECT_NEAR(test.gains[0], (14 - 4) / 4.5, 1e-14);
  EXPECT_NEAR((test.gains[0] + test.gains[1]) / 2, test.naive_mean_absolute_error - test.mean_absolute_error, 1e-14);
  plan.first_origin = 2;  // the last value that there is, not the unknown one
  plan.weights = {1, 0, 1, 1, 0, 0};
  EXPECT_EQ(rolling_origin_test(values, plan, nine).value().naive_mean_absolute_error, (4 + 6 + 2) / 3.0);
  EXPECT_EQ(rolling_origin_test(values, plan, nine).value().origins, 2U);
  plan.weights = {0, 0, 1, 1, 1, 1};
  EXPECT_EQ(rolling_origin_test(values, plan, nine).reason().code, "too_few_rows");
  plan.weights = {1, -1, 1, 1, 1, 1};
  EXPECT_EQ(rolling_origin_test(values, plan, nine).reason().code, "out_of_range");
}

TEST(RollingOrigin, HoltWintersOnTheAirlineSeries) {
  const Forecaster smoothing = [](const std::vector<double>& history, std::size_t horizon) -> Outcome<std::vector<double>> {
    const Outcome<SmoothedSeries> fit = fit_smoothing(history, {true, Seasonality::kMultiplicative, 12});
    if (!fit.ok()) return fit.reason();
    return means(smoothing_forecast(fit.value(), horizon));
  };
  const RollingOriginTest test = rolling_origin_test(test::airline_passengers(), {12, 12, 60, 12}, smoothing).value();
  EXPECT_EQ(test.origins, 7U);
  EXPECT_GT(test.skill.value(), 0.2);  // R 4.2.2: its mean absolute error on the last year is half of the seasonal naive one
}

TEST(RollingOrigin, Undefined) {
  const Forecaster none = [](const std::vector<double>&, std::size_t) { return Outcome<std::vector<double>>(Undefined{"too_few_rows", {}}); };
  const Forecaster wrong = [](const std::vector<double>&, std::size_t) { return Outcome<std::vector<double>>(std::vector<double>{1}); };
  EXPECT_EQ(rolling_origin_test({1, 2, 3}, {1, 1, 2}, none).reason().code, "too_few_rows");
  EXPECT_EQ(rolling_origin_test({1, 2, 3}, {1, 2, 1}, wrong).reason().code, "out_of_range");
  EXPECT_EQ(rolling_origin_test({1, 2, 3}, {0, 1, 2}, wrong).reason().code, "out_of_range");
  EXPECT_EQ(rolling_origin_test({1, 2, 3}, {1, 1, 2, 0}, wrong).reason().code, "out_of_range");
  EXPECT_EQ(rolling_origin_test({1, 2, 3}, {1, 1, 1, std::numeric_limits<std::size_t>::max()}, wrong).value().origins, 1U);
  EXPECT_EQ(rolling_origin_test({1, 2, 3}, {1, 2, 2}, wrong).reason().code, "too_few_rows");
  EXPECT_EQ(rolling_origin_test({1, 2, 3}, {3, 1, 2}, wrong).reason().code, "too_few_rows");
  EXPECT_EQ(rolling_origin_test({}, {1, 1, 0}, wrong).reason().code, "too_few_rows");
}

}  // namespace
}  // namespace kpi
