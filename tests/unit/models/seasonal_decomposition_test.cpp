#include "core/models/seasonal_decomposition.h"

#include <limits>

#include "tests/support/model_fixture.h"
#include "tests/unit/models/example_series.h"

namespace kpi {
namespace {

TEST(SeasonalDecomposition, SeasonsOfTheReference) {
  KPI_REFERENCE_CASE(airline, "forecasting.json", "AirPassengers_seasonal_and_trend");
  const std::vector<double> values = airline["inputs"]["values"];
  for (const auto& [key, kind] : {std::pair{"decompose_mult", Seasonality::kMultiplicative}, std::pair{"decompose_add", Seasonality::kAdditive}}) {
    const Outcome<Decomposition> got = decompose(values, 12, kind);
    ASSERT_TRUE(got.ok());
    EXPECT_EQ(got.value().trend_begins, 6U);
    EXPECT_EQ(got.value().trend.size(), 132U);
    for (std::size_t i = 0; i < 12; ++i) test::expect_near(got.value().seasons[i], airline["expected"][key][i], 1e-8, 0, key);
  }
}

// R 4.2.2: decompose(AirPassengers, "multiplicative")$figure.
TEST(SeasonalDecomposition, AirlinePassengers) {
  const Decomposition d = decompose(test::airline_passengers(), 12, Seasonality::kMultiplicative).value();
  test::expect_near(d.seasons[0], 0.9102303673722009, 1e-12);
  test::expect_near(d.seasons[1], 0.8836253206943757, 1e-12);
}

// A line 0, 1, 2, ... with +3, -1, -2 on top, three times: an average over a season of three is the line itself.
TEST(SeasonalDecomposition, LineAndSeasonByHand) {
  std::vector<double> values;
  const double season[] = {3, -1, -2};
  for (int i = 0; i < 9; ++i) values.push_back(i + season[i % 3]);
  const Decomposition d = decompose(values, 3, Seasonality::kAdditive).value();
  EXPECT_EQ(d.trend_begins, 1U);
  ASSERT_EQ(d.trend.size(), 7U);
  for (std::size_t i = 0; i < 7; ++i) EXPECT_NEAR(d.trend[i], static_cast<double>(i + 1), 1e-14);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(d.seasons[i], season[i], 1e-14);
}

TEST(SeasonalDecomposition, Undefined) {
  EXPECT_EQ(decompose({1, 2, 3}, 2, Seasonality::kAdditive).reason().code, "too_few_rows");
  EXPECT_EQ(decompose({1, 2, 3, 4}, 1, Seasonality::kAdditive).reason().code, "out_of_range");
  EXPECT_EQ(decompose({1, 2, 3, 4}, 2, Seasonality::kNone).reason().code, "out_of_range");
  EXPECT_EQ(decompose({1, 0, 3, 4}, 2, Seasonality::kMultiplicative).reason().code, "out_of_range");
  EXPECT_EQ(decompose({1, std::numeric_limits<double>::quiet_NaN(), 3, 4}, 2, Seasonality::kAdditive).reason().code, "not_finite");
}

}  // namespace
}  // namespace kpi
