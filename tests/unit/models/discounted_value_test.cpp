// Expected values: fixtures clv.json (lifetimes 0.11.3, recomputed with mpmath at fixed parameters).
#include "core/models/discounted_value.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/reference_customers.h"
#include "tests/support/synthetic_customers.h"

namespace kpi {
namespace {

using test::expect_near;

constexpr BgNbd kBuying{0.5551970988228506, 6.3558652822908535, 0.6158370425934059, 1.393267886320928};
constexpr GammaGamma kSpending{7.662555792162854, 3.6037659908866204, 10.974781916386577};

std::vector<double> synthetic_spend() {
  std::vector<double> spend;
  for (const test::SyntheticCustomer& c : test::kSyntheticCustomers) spend.push_back(c.mean_spend);
  return spend;
}

TEST(DiscountedValue, SyntheticCustomersOverAYear) {
  const std::vector<RecencyFrequency> customers = test::synthetic_customers();
  const Outcome<CustomerValues> values = customer_values(kBuying, kSpending, customers, synthetic_spend(), {12, 0.01, 4.345, 1});
  ASSERT_TRUE(values.ok());
  const CustomerValues& v = values.value();
  ASSERT_EQ(v.customers.size(), 320U);
  const double expected[] = {13.733364592064447, 68.8099128811767, 39.45073631476519, 14.726205628776162, 15.239022632993535, 5.39662872223008};
  for (std::size_t i = 0; i < 6; ++i) expect_near(v.customers[i].value, expected[i], 1e-10);
  expect_near(v.customers[1].probability_alive, 0.7230881357214595, 1e-11);
  expect_near(v.customers[1].expected_spend, 52.916735604267345, 1e-11);
  expect_near(v.customers[10].value, 328.3737518801021, 1e-10);
  expect_near(v.customers[319].value, 58.84261299749774, 1e-10);
  expect_near(v.total_value, 13576.611297327518, 1e-10);
  expect_near(v.mean_value, 42.42691030414849, 1e-10);
  expect_near(v.total_purchases, 405.5669230849129, 1e-10);
}

void expect_case(const std::string& id) {
  KPI_REFERENCE_CASE(wanted, "clv.json", id);
  const nlohmann::json &in = wanted["inputs"], &out = wanted["expected"];
  const BgNbd buying{in["bgnbd"]["r"], in["bgnbd"]["alpha"], in["bgnbd"]["a"], in["bgnbd"]["b"]};
  const GammaGamma spending{in["gammagamma"]["p"], in["gammagamma"]["q"], in["gammagamma"]["v"]};
  const std::string file = in["data"]["file"];
  const Outcome<CustomerValues> values = customer_values(buying, spending, test::reference_customers(file), test::reference_spend(file),
                                                         {in["months"], in["monthly_discount"], in["weeks_per_month"], 1});
  ASSERT_TRUE(values.ok());
  ASSERT_GT(out["rows"].size(), 10U);
  for (const nlohmann::json& row : out["rows"]) {
    const CustomerValue& v = values.value().customers[row["row"].get<std::size_t>() - 1];
    expect_near(v.value, row["clv"], 1e-8);
    expect_near(v.expected_spend, row["expected_spend"], 1e-8);
    expect_near(v.probability_alive, row["p_alive"], 1e-8);
  }
  expect_near(values.value().total_value, out["sum_clv"], 1e-8);
  expect_near(values.value().mean_value, out["mean_clv"], 1e-8);
  expect_near(values.value().total_purchases, out["sum_expected_12m"], 1e-8);
}

TEST(DiscountedValue, FixtureSynthetic) { expect_case("syn_dev_clv_12m"); }
TEST(DiscountedValue, FixtureCdnow) { expect_case("cdnow_clv_12m_published_params"); }

TEST(DiscountedValue, ParetoWithoutDiscountIsPurchasesTimesSpend) {
  const ParetoNbd model{0.553, 10.578, 0.606, 11.669};
  const std::vector<RecencyFrequency> one = {{2, 30.43, 38.86}};
  const Outcome<CustomerValues> values = customer_values(model, {6.25, 3.74, 15.44}, one, std::vector<double>{22.345}, {3, 0, 13, 0.5});
  ASSERT_TRUE(values.ok());
  // Purchases in 39 weeks and spend: fixture points_published_params, catalogue 6.
  expect_near(values.value().total_value, 0.5 * 1.4551231932576025 * 24.659612860892388, 1e-11);
}

TEST(DiscountedValue, WhatHasNoValue) {
  const std::vector<RecencyFrequency> one = {{2, 30.43, 38.86}}, wrong = {{2, 40, 38.86}};
  const std::vector<double> spend = {20};
  const auto code = [&](const BgNbd& m, const GammaGamma& g, const std::vector<RecencyFrequency>& c, const ValueHorizon& h) {
    const Outcome<CustomerValues> values = customer_values(m, g, c, spend, h);
    return values.ok() ? std::string("valued") : std::string(values.reason().code);
  };
  EXPECT_EQ(code(kBuying, kSpending, one, {}), "valued");
  EXPECT_EQ(code({}, kSpending, one, {}), "out_of_range");
  EXPECT_EQ(code(kBuying, {}, one, {}), "out_of_range");
  EXPECT_EQ(code(kBuying, kSpending, wrong, {}), "out_of_range");
  EXPECT_EQ(code(kBuying, kSpending, {{0, 0, 1}, {0, 0, 2}}, {}), "out_of_range");  // two customers, one spend
  EXPECT_EQ(code(kBuying, kSpending, one, {0, 0, 4, 1}), "out_of_range");
  EXPECT_EQ(code(kBuying, kSpending, one, {12, -1, 4, 1}), "out_of_range");
  EXPECT_EQ(code(kBuying, kSpending, one, {12, 0, std::nan(""), 1}), "out_of_range");
  EXPECT_EQ(code(kBuying, {6, 0.5, 10}, {{0, 0, 9}}, {}), "mean_infinite");
  EXPECT_EQ(code(kBuying, {1e300, 1.5, 1e300}, one, {}), "not_finite");
  const Outcome<CustomerValues> none = customer_values(kBuying, kSpending, std::vector<RecencyFrequency>{}, std::vector<double>{}, {});
  EXPECT_EQ(none.reason().code, "no_rows");
}

}  // namespace
}  // namespace kpi
