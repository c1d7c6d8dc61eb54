#include "core/models/quantiles.h"

#include <array>
#include <limits>

#include "tests/support/crm_deals.h"

namespace kpi {
namespace {

using test::expect_near;

void expect_types(const std::vector<double>& values, const std::vector<double>& shares, const nlohmann::json& types, double relative) {
  ASSERT_EQ(types.size(), 9U);
  for (const auto& expected : types) {
    const Outcome<std::vector<double>> got = quantiles(values, shares, static_cast<QuantileType>(expected["type"].get<int>()));
    ASSERT_TRUE(got.ok());
    ASSERT_EQ(got.value().size(), expected["q"].size());
    for (std::size_t i = 0; i < shares.size(); ++i) expect_near(got.value()[i], expected["q"][i], relative, 0, expected["type"].dump());
  }
}

TEST(Quantiles, NineTypesOfTheReference) {
  KPI_REFERENCE_CASE(small, "sales_cycle.json", "quantile_types_small");
  expect_types(small["inputs"]["x"], small["inputs"]["probs"], small["expected"], 1e-12);
  KPI_REFERENCE_CASE(cycle, "sales_cycle.json", "crm_won_cycle_quantiles");
  std::vector<double> won;
  for (const test::CrmDeal& deal : test::crm_deals()) {
    if (deal.outcome == 1) won.push_back(deal.days);
  }
  ASSERT_EQ(won.size(), 2107U);
  expect_types(won, cycle["inputs"]["probs"], cycle["expected"]["types"], 1e-12);
}

// R 4.2 quantile(c(3, 7, 7, 12, 15, 19, 21, 30, 44, 90), c(.1, .25, .5, .9), type = 1 to 9).
TEST(Quantiles, NineTypesOfTenValues) {
  const std::vector<double> values = {90, 3, 7, 44, 7, 12, 30, 15, 19, 21};
  const double expected[9][4] = {{3, 7, 15, 44}, {5, 7, 17, 67}, {3, 7, 15, 44}, {3, 7, 15, 44}, {5, 7, 17, 67}, {3.4, 7, 17, 85.4}, {6.6, 8.25, 17, 48.6},
                                 {67.0 / 15, 7, 17, 1097.0 / 15}, {4.6, 7, 17, 71.6}};
  for (int type = 1; type <= 9; ++type) {
    const Outcome<std::vector<double>> got = quantiles(values, {0.1, 0.25, 0.5, 0.9}, static_cast<QuantileType>(type));
    ASSERT_TRUE(got.ok());
    for (std::size_t i = 0; i < 4; ++i) expect_near(got.value()[i], expected[type - 1][i], 1e-14, 0, std::to_string(type));
  }
}

TEST(Quantiles, OneValueAndEnds) {
  for (int type = 1; type <= 9; ++type) {
    EXPECT_EQ(quantiles({5}, {0.3}, static_cast<QuantileType>(type)).value()[0], 5);
    EXPECT_EQ(quantiles({2, 1, 3}, {0, 1}, static_cast<QuantileType>(type)).value(), (std::vector<double>{1, 3}));
  }
}

TEST(Quantiles, Undefined) {
  EXPECT_EQ(quantiles({}, {0.5}).reason().code, "no_rows");
  EXPECT_EQ(quantiles({1, std::numeric_limits<double>::infinity()}, {0.5}).reason().code, "not_finite");
  EXPECT_EQ(quantiles({1}, {1.5}).reason().code, "out_of_range");
  EXPECT_EQ(quantiles({1}, {std::numeric_limits<double>::quiet_NaN()}).reason().code, "out_of_range");
}

}  // namespace
}  // namespace kpi
