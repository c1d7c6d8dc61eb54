#include "core/models/forecast_accuracy.h"

#include <limits>

#include "core/models/holt_winters.h"
#include "core/models/minimise.h"
#include "core/models/naive_forecast.h"
#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

using nlohmann::json;
using test::expect_near;

void expect_accuracy(const ForecastAccuracy& got, const json& expected, double relative) {
  expect_near(got.mean_error, expected["ME"], relative);
  expect_near(got.root_mean_squared_error, expected["RMSE"], relative);
  expect_near(got.mean_absolute_error, expected["MAE"], relative);
  expect_near(got.mean_percentage_error.value() * 100, expected["MPE"], relative);
  expect_near(got.mean_absolute_percentage_error.value() * 100, expected["MAPE"], relative);
  expect_near(got.mean_absolute_scaled_error.value(), expected["MASE"], relative);
  expect_near(got.first_autocorrelation.value(), expected["ACF1"], relative);
  if (expected.contains("Theil's U") && !expected["Theil's U"].is_null()) expect_near(got.theil_u.value(), expected["Theil's U"], relative);
}

std::vector<double> means(const Forecast& forecast) {
  std::vector<double> result;
  for (const ForecastPoint& p : forecast) result.push_back(p.mean);
  return result;
}

TEST(ForecastAccuracy, LastSeasonHeldOutOfTheReference) {
  KPI_REFERENCE_CASE(held, "forecasting.json", "AirPassengers_holdout_accuracy");
  const std::vector<double> all = held["inputs"]["values"];
  const std::vector<double> history(all.begin(), all.end() - 12), actual(all.end() - 12, all.end());
  const json& expected = held["expected"];
  const double scale = naive_scale(history, 12).value();
  const std::vector<double> naive = means(seasonal_naive_forecast(history, 12, 12).value());
  EXPECT_EQ(naive, expected["snaive"].get<std::vector<double>>());
  const ForecastAccuracy of_naive = forecast_accuracy(actual, naive, scale).value();
  expect_accuracy(of_naive, expected["acc_snaive"], 1e-6);
  expect_near(of_naive.symmetric_percentage_error.value() * 100, expected["smape_0_200"]["snaive"], 1e-6);
  expect_near(of_naive.weighted_percentage_error.value(), expected["wape"]["snaive"], 1e-6);
  const std::vector<double> later(history.begin() + 12, history.end()), earlier(history.begin(), history.end() - 12);
  expect_accuracy(forecast_accuracy(later, earlier, scale).value(), expected["acc_snaive_train"], 1e-6);

  // Of the reference's own forecasts; RefitOfTheReference has what is behind them.
  const ForecastAccuracy of_theirs = forecast_accuracy(actual, expected["hw_mult"], scale).value();
  expect_accuracy(of_theirs, expected["acc_hw"], 1e-6);
  expect_near(of_theirs.symmetric_percentage_error.value() * 100, expected["smape_0_200"]["hw_mult"], 1e-6);
  expect_near(of_theirs.weighted_percentage_error.value(), expected["wape"]["hw_mult"], 1e-6);
}

// The reference's search for the least squares ended where they are least of all nearby, at a fast level and seasons that take all in; ours goes on to
// less. From the same corner the same minimum is found, and its forecasts and their errors are the reference's.
TEST(ForecastAccuracy, RefitOfTheReference) {
  KPI_REFERENCE_CASE(held, "forecasting.json", "AirPassengers_holdout_accuracy");
  const std::vector<double> all = held["inputs"]["values"];
  const std::vector<double> history(all.begin(), all.end() - 12), actual(all.end() - 12, all.end());
  const json& expected = held["expected"];
  const double relative = held["tolerance"]["hw_rel"];
  const SmoothingModel model{true, Seasonality::kMultiplicative, 12};
  const SmoothingStart start = smoothing_start(history, model).value();
  const auto fitted = [&](const std::vector<double>& w) { return smooth(history, model, {w[0], w[1], w[2]}, start).value(); };
  const Minimum nearby = minimise([&](const std::vector<double>& w) { return fitted(w).sum_squared_errors; },
                                  {{0.8, 0.01, 1}, {0, 0, 0}, {1, 1, 1}, {0.05, 0.01, 0.05}}, 4000);
  const SmoothedSeries refit = fitted(nearby.point);
  const std::vector<double> forecast = means(smoothing_forecast(refit, 12).value());
  for (std::size_t h = 0; h < 12; ++h) expect_near(forecast[h], expected["hw_mult"][h], relative);
  const ForecastAccuracy accuracy = forecast_accuracy(actual, forecast, naive_scale(history, 12).value()).value();
  expect_near(accuracy.mean_absolute_error, expected["acc_hw"]["MAE"], relative);
  expect_near(accuracy.root_mean_squared_error, expected["acc_hw"]["RMSE"], relative);
  expect_near(accuracy.mean_absolute_scaled_error.value(), expected["acc_hw"]["MASE"], relative);
  EXPECT_LT(fit_smoothing(history, model).value().sum_squared_errors, refit.sum_squared_errors);
}

// Errors 1, -2, 3: mean 2/3, squares 14, absolute 6.
TEST(ForecastAccuracy, ByHand) {
  const ForecastAccuracy a = forecast_accuracy({10, 20, 40}, {9, 22, 37}, 2).value();
  EXPECT_NEAR(a.mean_error, 2.0 / 3, 1e-15);
  EXPECT_NEAR(a.root_mean_squared_error, std::sqrt(14.0 / 3), 1e-15);
  EXPECT_EQ(a.mean_absolute_error, 2);
  EXPECT_NEAR(a.mean_percentage_error.value(), (0.1 - 0.1 + 0.075) / 3, 1e-15);
  EXPECT_NEAR(a.mean_absolute_percentage_error.value(), 0.275 / 3, 1e-15);
  EXPECT_NEAR(a.symmetric_percentage_error.value(), (2.0 / 19 + 4.0 / 42 + 6.0 / 77) / 3, 1e-15);
  EXPECT_NEAR(a.weighted_percentage_error.value(), 6.0 / 70, 1e-15);
  EXPECT_EQ(a.mean_absolute_scaled_error.value(), 1);
  EXPECT_NEAR(a.theil_u.value(), std::sqrt((0.2 * 0.2 + 0.15 * 0.15) / 2), 1e-14);  // errors 2/10, 3/20; changes 1, 1
  EXPECT_EQ(naive_scale({1, 4, 2}, 1).value(), 2.5);
}

TEST(ForecastAccuracy, Degenerate) {
  EXPECT_EQ(forecast_accuracy({}, {}, 1).reason().code, "no_rows");
  EXPECT_EQ(forecast_accuracy({1}, {1, 2}, 1).reason().code, "out_of_range");
  EXPECT_EQ(forecast_accuracy({1}, {std::numeric_limits<double>::infinity()}, 1).reason().code, "not_finite");
  const ForecastAccuracy zero = forecast_accuracy({0, 0}, {0, 1}, 0).value();
  EXPECT_EQ(zero.mean_absolute_percentage_error.reason().code, "denominator_zero");
  EXPECT_EQ(zero.weighted_percentage_error.reason().code, "denominator_zero");
  EXPECT_EQ(zero.mean_absolute_scaled_error.reason().code, "denominator_zero");
  EXPECT_EQ(zero.theil_u.reason().code, "denominator_zero");
  EXPECT_EQ(zero.mean_absolute_error, 0.5);
  EXPECT_EQ(naive_scale({1, 2}, 2).reason().code, "too_few_rows");
  EXPECT_EQ(naive_scale({1, 2}, 0).reason().code, "out_of_range");
}

}  // namespace
}  // namespace kpi
