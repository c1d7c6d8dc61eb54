#include "core/models/naive_forecast.h"

#include <limits>

#include "tests/support/model_fixture.h"
#include "tests/unit/models/example_series.h"

namespace kpi {
namespace {

using test::expect_near;

TEST(NaiveForecast, DriftOfTheReference) {
  KPI_REFERENCE_CASE(nile, "forecasting.json", "Nile_fit_smoothing");
  const auto& expected = nile["expected"]["drift"];
  const Forecast got = drift_forecast(nile["inputs"]["values"], 10).value();
  ASSERT_EQ(expected["mean"].size(), 10U);
  for (std::size_t h = 0; h < 10; ++h) {
    expect_near(got[h].mean, expected["mean"][h], 1e-9);
    expect_near(*got[h].lower, expected["lower"][h], 1e-9);
    expect_near(*got[h].upper, expected["upper"][h], 1e-9);
  }
}

// rwf(Nile, drift = TRUE) of the package forecast 8.20 for R.
TEST(NaiveForecast, DriftOfTheNile) {
  const ForecastPoint next = drift_forecast(test::nile_flow(), 1).value()[0];
  expect_near(next.mean, 736.1616161616162, 1e-12);
  expect_near(*next.lower, 404.96899356532333, 1e-9);
}

// 1 2 4 5: changes 1 2 1, mean 4/3, squares about it 2/3, variance 1/3; two steps ahead 1/3 (2 + 4/3).
TEST(NaiveForecast, ByHand) {
  const Forecast drift = drift_forecast({1, 2, 4, 5}, 2).value();
  EXPECT_NEAR(drift[1].mean, 5 + 8.0 / 3, 1e-14);
  EXPECT_NEAR(*drift[1].upper - drift[1].mean, 1.959963984540054 * std::sqrt(10.0 / 9), 1e-12);
  // Season 2: differences 3, 3, mean square 9; the third step is in the second season ahead.
  const Forecast seasonal = seasonal_naive_forecast({1, 2, 4, 5}, 2, 3).value();
  EXPECT_EQ(seasonal[0].mean, 4);
  EXPECT_EQ(seasonal[1].mean, 5);
  EXPECT_EQ(seasonal[2].mean, 4);
  EXPECT_NEAR(seasonal[0].mean - *seasonal[0].lower, 1.959963984540054 * 3, 1e-12);
  EXPECT_NEAR(seasonal[2].mean - *seasonal[2].lower, 1.959963984540054 * std::sqrt(18.0), 1e-12);
}

TEST(NaiveForecast, Undefined) {
  EXPECT_EQ(drift_forecast({1, 2}, 2).reason().code, "too_few_rows");
  EXPECT_EQ(seasonal_naive_forecast({1, 2}, 2, 2).reason().code, "too_few_rows");
  EXPECT_EQ(seasonal_naive_forecast({1, 2}, std::numeric_limits<std::size_t>::max(), 2).reason().code, "too_few_rows");
  EXPECT_EQ(seasonal_naive_forecast({1, 2}, 0, 2).reason().code, "out_of_range");
  EXPECT_EQ(seasonal_naive_forecast({1, 2}, 1, 2, 1).reason().code, "out_of_range");
  EXPECT_EQ(drift_forecast({1, 2, std::numeric_limits<double>::quiet_NaN()}, 2).reason().code, "not_finite");
  EXPECT_EQ(drift_forecast({0, 1e308, -1e308}, 9).reason().code, "not_finite");
}

}  // namespace
}  // namespace kpi
