#include "core/models/holt_winters.h"

#include <limits>

#include "tests/support/model_fixture.h"
#include "tests/unit/models/example_series.h"

namespace kpi {
namespace {

using nlohmann::json;
using test::expect_near;

SmoothingStart start_of(const json& values) { return {values["s.start"].size(), {values["l.start"], values["b.start"], values["s.start"]}}; }

void expect_state(const SmoothedSeries& got, const json& coefficients, double relative) {
  expect_near(got.last.level, coefficients[0], relative);
  expect_near(got.last.trend, coefficients[1], relative);
  for (std::size_t i = 0; i < got.last.seasons.size(); ++i) expect_near(got.last.seasons[i], coefficients[i + 2], relative);
}

void expect_fixed(const json& one, Seasonality kind) {
  const json &in = one["inputs"], &expected = one["expected"];
  const SmoothingModel model{true, kind, 12};
  const SmoothedSeries got = smooth(in["values"], model, {in["alpha"], in["beta"], in["gamma"]}, start_of(in["start_values"])).value();
  expect_near(got.sum_squared_errors, expected["SSE"], 1e-9);
  expect_state(got, expected["coefficients"], 1e-9);
  for (std::size_t i = 0; i < 6; ++i) expect_near(got.fitted[i], expected["fitted_first"][i], 1e-9);
  const Forecast forecast = smoothing_forecast(got, 24).value();
  for (std::size_t h = 0; h < 24; ++h) expect_near(forecast[h].mean, expected["forecast"][h], 1e-9);
  const SmoothingStart start = smoothing_start(in["values"], model).value();
  EXPECT_EQ(start.first, 12U);
  expect_near(start.state.level, in["start_values"]["l.start"], 1e-9);
  expect_near(start.state.trend, in["start_values"]["b.start"], 1e-9);
  for (std::size_t i = 0; i < 12; ++i) expect_near(start.state.seasons[i], in["start_values"]["s.start"][i], 1e-9);
}

TEST(HoltWinters, FixedWeightsOfTheReference) {
  KPI_REFERENCE_CASE(factor, "forecasting.json", "AirPassengers_holt_winters_mult_fixed");
  KPI_REFERENCE_CASE(added, "forecasting.json", "AirPassengers_holt_winters_add_fixed");
  expect_fixed(factor, Seasonality::kMultiplicative);
  expect_fixed(added, Seasonality::kAdditive);
}

/// `limits`: how many steps ahead the reference's limits are right. From the twelfth on its multiplicative ones take the trend for a season.
void expect_fit(const json& expected, const json& values, const SmoothingModel& model, std::size_t limits) {
  const SmoothedSeries got = fit_smoothing(values, model).value();
  EXPECT_LE(got.sum_squared_errors, expected["SSE"].get<double>() * (1 + 1e-3));
  EXPECT_EQ(got.fitted.size(), expected["n_fitted"]);
  expect_near(got.fitted[0], expected["fitted_first"][0], 1e-9);
  const Forecast forecast = smoothing_forecast(got, expected["forecast"].size()).value();
  ASSERT_GE(forecast.size(), 10U);
  for (std::size_t h = 0; h < forecast.size(); ++h) {
    expect_near(forecast[h].mean, expected["forecast"][h], 0.005);
    if (h >= limits) continue;
    expect_near(*forecast[h].upper, expected["upper95"][h], 0.005);
    expect_near(*forecast[h].lower, expected["lower95"][h], 0.005);
  }
}

TEST(HoltWinters, FittedWeightsOfTheReference) {
  KPI_REFERENCE_CASE(factor, "forecasting.json", "AirPassengers_holt_winters_mult_fit");
  KPI_REFERENCE_CASE(added, "forecasting.json", "AirPassengers_holt_winters_add_fit");
  KPI_REFERENCE_CASE(nile, "forecasting.json", "Nile_fit_smoothing");
  expect_fit(factor["expected"], factor["inputs"]["values"], {true, Seasonality::kMultiplicative, 12}, 11);
  expect_fit(added["expected"], added["inputs"]["values"], {true, Seasonality::kAdditive, 12}, 24);
  expect_fit(nile["expected"]["ses"], nile["inputs"]["values"], {false, Seasonality::kNone, 1}, 10);
  expect_fit(nile["expected"]["holt"], nile["inputs"]["values"], {true, Seasonality::kNone, 1}, 10);
}

TEST(HoltWinters, SimpleAndHoltOfTheReference) {
  KPI_REFERENCE_CASE(nile, "forecasting.json", "Nile_fixed_smoothing");
  const std::vector<double> values = nile["inputs"]["values"];
  const json& expected = nile["expected"];
  const SmoothingModel simple{false, Seasonality::kNone, 1}, holt{true, Seasonality::kNone, 1};
  const SmoothedSeries level = smooth(values, simple, {nile["inputs"]["ses"]["alpha"]}, smoothing_start(values, simple).value()).value();
  expect_near(level.sum_squared_errors, expected["ses"]["SSE"], 1e-10);
  expect_near(level.last.level, expected["ses"]["level"], 1e-10);
  const json& weights = nile["inputs"]["holt"];
  const SmoothedSeries line = smooth(values, holt, {weights["alpha"], weights["beta"]}, smoothing_start(values, holt).value()).value();
  expect_near(line.sum_squared_errors, expected["holt"]["SSE"], 1e-10);
  expect_near(line.last.level, expected["holt"]["level"], 1e-10);
  expect_near(line.last.trend, expected["holt"]["trend"], 1e-10);
  const Forecast forecast = smoothing_forecast(line, 10).value();
  for (std::size_t h = 0; h < 10; ++h) expect_near(forecast[h].mean, expected["holt"]["forecast"][h], 1e-10);
}

// R 4.2.2 HoltWinters: alpha 0.25; alpha 0.4, beta 0.1; and alpha 0.3, beta 0.05, gamma 0.2 with two years forecast.
TEST(HoltWinters, SeriesOfTextbooks) {
  const std::vector<double> nile = test::nile_flow(), airline = test::airline_passengers();
  const SmoothingModel simple{false, Seasonality::kNone, 1}, holt{true, Seasonality::kNone, 1};
  const SmoothedSeries level = smooth(nile, simple, {0.25}, smoothing_start(nile, simple).value()).value();
  expect_near(level.sum_squared_errors, 2038891.3148205047, 1e-10);
  expect_near(level.last.level, 803.8939881631377, 1e-10);
  const SmoothedSeries line = smooth(nile, holt, {0.4, 0.1}, smoothing_start(nile, holt).value()).value();
  expect_near(line.sum_squared_errors, 2289933.5925290757, 1e-10);
  expect_near(line.last.trend, -13.416421321053292, 1e-10);
  EXPECT_LE(fit_smoothing(nile, simple).value().sum_squared_errors, 2038871.8328858486 * (1 + 1e-9));
  EXPECT_LE(fit_smoothing(nile, holt).value().sum_squared_errors, 2267504.070669818 * (1 + 1e-9));
  const double expected[][3] = {{92402.96710291335, 471.9723860769971, 531.652137302427}, {32523.761616422118, 454.0317085022128, 518.8125602341889}};
  for (const Seasonality kind : {Seasonality::kAdditive, Seasonality::kMultiplicative}) {
    const double* figures = expected[kind == Seasonality::kAdditive ? 0 : 1];
    const SmoothingModel model{true, kind, 12};
    const SmoothedSeries s = smooth(airline, model, {0.3, 0.05, 0.2}, smoothing_start(airline, model).value()).value();
    expect_near(s.sum_squared_errors, figures[0], 1e-9);
    const Forecast forecast = smoothing_forecast(s, 24).value();
    expect_near(forecast[0].mean, figures[1], 1e-9);
    expect_near(forecast[23].mean, figures[2], 1e-9);
  }
}

// 10 20 10, alpha 1/2: levels 10, 15, 12.5; errors 10 and -5.
TEST(HoltWinters, SimpleByHand) {
  const SmoothingModel simple{false, Seasonality::kNone, 1};
  const SmoothedSeries s = smooth({10, 20, 10}, simple, {0.5}, smoothing_start({10, 20, 10}, simple).value()).value();
  EXPECT_EQ(s.sum_squared_errors, 125);
  EXPECT_EQ(s.fitted, (std::vector<double>{10, 15}));
  EXPECT_EQ(s.last.level, 12.5);
  EXPECT_EQ(s.error_variance, 112.5);  // errors 10 and -5 about their mean 2.5
  const Forecast f = smoothing_forecast(s, 2).value();
  EXPECT_NEAR(*f[1].upper - f[1].mean, 1.959963984540054 * std::sqrt(112.5 * 1.25), 1e-12);
}

// A line with a season is followed without error, by whatever weights, once the start is right.
TEST(HoltWinters, ExactSeriesAreContinued) {
  std::vector<double> values;
  const double season[] = {5, -2, -4, 1};
  for (int i = 0; i < 20; ++i) values.push_back(100 + 2 * i + season[i % 4]);
  const SmoothedSeries s = smooth(values, {true, Seasonality::kAdditive, 4}, {0.3, 0.2, 0.4}, {0, {98, 2, {5, -2, -4, 1}}}).value();
  EXPECT_NEAR(s.sum_squared_errors, 0, 1e-18);
  const Forecast f = smoothing_forecast(s, 6).value();
  for (int h = 0; h < 6; ++h) EXPECT_NEAR(f[static_cast<std::size_t>(h)].mean, 100 + 2 * (20 + h) + season[h % 4], 1e-9);
}

TEST(HoltWinters, Undefined) {
  const SmoothingModel simple{false, Seasonality::kNone, 1}, seasonal{true, Seasonality::kMultiplicative, 4};
  EXPECT_EQ(smoothing_start({1}, simple).reason().code, "too_few_rows");
  EXPECT_EQ(smoothing_start({1, 2, 3, 4, 5}, seasonal).reason().code, "too_few_rows");
  EXPECT_EQ(smoothing_start({}, seasonal).reason().code, "too_few_rows");
  EXPECT_EQ(smooth({1, 2, 3}, simple, {1.5}, {1, {1}}).reason().code, "out_of_range");
  EXPECT_EQ(smooth({1, 2, 3}, seasonal, {0.5}, {1, {1}}).reason().code, "out_of_range");
  EXPECT_EQ(smooth({1, 2}, simple, {0.5}, {1, {1}}).reason().code, "too_few_rows");
  EXPECT_EQ(fit_smoothing({1, 2, std::numeric_limits<double>::quiet_NaN()}, simple).reason().code, "not_finite");
  EXPECT_EQ(fit_smoothing({1, 2, 3, 4, 5, 6, 7, 0}, seasonal).reason().code, "out_of_range");
  EXPECT_EQ(fit_smoothing({3, 3, 3, 3}, simple).value().last.level, 3);  // a constant is no fault here
}

}  // namespace
}  // namespace kpi
