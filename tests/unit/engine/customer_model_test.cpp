// Models of repeat buying over orders: 320 customers drawn at random, whose reference fit the tests of the models name.
#include "core/engine/customer_model.h"

#include <gtest/gtest.h>

#include "tests/support/synthetic_customers.h"

namespace kpi {
namespace {

constexpr std::int32_t kEnd = 20000;

/// Orders with the same frequency, recency, age and mean spend as the synthetic customers; the days between the first and the last do not count.
CustomerOrders synthetic_orders() {
  CustomerOrders orders;
  orders.last_day = kEnd;
  orders.first_day = kEnd;
  std::uint32_t customer = 0;
  for (const test::SyntheticCustomer& c : test::kSyntheticCustomers) {
    const std::int32_t first = kEnd - c.days;
    orders.first_day = std::min(orders.first_day, first);
    orders.orders.push_back({customer, first, 1000});  // the first purchase is no part of the spend
    for (std::uint32_t i = 0; i < c.repeats; ++i) {
      const std::int32_t before_last = static_cast<std::int32_t>(c.repeats - 1 - i);
      orders.orders.push_back({customer, first + c.last_day - std::min(before_last, c.last_day - 1), c.mean_spend});
    }
    ++customer;
  }
  orders.member.assign(customer, 0);
  orders.rows.rows = orders.rows.used = orders.orders.size();
  return orders;
}

TEST(CustomerModel, FitsAsTheReferenceDoes) {
  const Outcome<CustomerModel> made = customer_model(synthetic_orders(), {});
  ASSERT_TRUE(made.ok());
  const CustomerModel& model = made.value();
  ASSERT_EQ(model.histories.size(), 320U);
  const BgNbd& p = std::get<BgNbdFit>(model.fit).parameters;
  EXPECT_NEAR(p.r, 0.5551970988, 1e-5);
  EXPECT_NEAR(p.alpha, 6.3558652823, 1e-4);
  ASSERT_TRUE(model.mean_spend.ok());
  EXPECT_NEAR(model.mean_spend.value(), 32.29740269881034, 1e-3);
  EXPECT_NEAR(model.correlation.value(), 0.06580532297140834, 1e-9);
}

TEST(CustomerModel, WithoutDiscountAValueIsPurchasesTimesSpend) {
  for (const bool is_pareto : {false, true}) {
    const Outcome<CustomerModel> made = customer_model(synthetic_orders(), {is_pareto, 6, 0});
    ASSERT_TRUE(made.ok());
    const CustomerModel& model = made.value();
    ASSERT_TRUE(model.values.ok());
    double sum = 0;
    for (std::size_t i = 0; i < model.histories.size(); ++i) {
      const CustomerValue& c = model.values.value().customers[i];
      EXPECT_NEAR(c.value, c.expected_spend * model.purchases[i], 1e-8 * (1 + c.value));
      EXPECT_LE(model.alive[i], 1);
      sum += c.value;
    }
    EXPECT_NEAR(sum, model.values.value().total_value, 1e-6);
    const Outcome<CustomerModel> discounted = customer_model(synthetic_orders(), {is_pareto, 6, 0.1});
    const double ratio = discounted.value().values.value().total_value / sum;
    EXPECT_LT(ratio, 1);
    EXPECT_GT(ratio, 1 / 1.1) << "at most half a year of 10 %";
  }
}

TEST(CustomerModel, ParametersAreRoundedToTwentyBits) {
  EXPECT_EQ(rounded_parameter(1 + 1e-9), 1);
  EXPECT_EQ(rounded_parameter(-0.75), -0.75);
  EXPECT_EQ(rounded_parameter(0), 0);
  EXPECT_NEAR(rounded_parameter(388.1909762), 388.1909762, 388e-6);
  EXPECT_EQ(rounded_parameter(388.1909762), rounded_parameter(388.1909757));
}

TEST(CustomerModel, FrequenciesAddUpToTheCustomers) {
  const Outcome<CustomerModel> made = customer_model(synthetic_orders(), {});
  const Outcome<FrequencyFit> fit = customer_frequencies(made.value());
  ASSERT_TRUE(fit.ok());
  double actual = 0, expected = 0;
  for (std::size_t i = 0; i < fit.value().actual.size(); ++i) {
    actual += fit.value().actual[i];
    expected += fit.value().expected[i];
  }
  EXPECT_DOUBLE_EQ(actual, 320);
  EXPECT_NEAR(expected, 320, 1e-6);
  EXPECT_DOUBLE_EQ(fit.value().actual[0], 103) << "320 customers less the 217 with a repeat purchase";
}

TEST(CustomerModel, WhatIsHeldOutIsTheLastThird) {
  const CustomerOrders orders = synthetic_orders();
  const Outcome<HoldoutCheck> check = holdout_check(orders, {});
  ASSERT_TRUE(check.ok());
  const std::int32_t days = orders.last_day - orders.first_day + 1;
  EXPECT_EQ(check.value().last_day - check.value().first_day + 1, days / 3);
  double after = 0;
  for (const Order& order : orders.orders) after += order.day >= check.value().first_day ? 1 : 0;
  EXPECT_LE(check.value().actual, after);
  EXPECT_GT(check.value().expected, 0);
}

TEST(CustomerModel, RefusesFewCustomersAndImpossibleSettings) {
  CustomerOrders few;
  few.first_day = 1;
  few.last_day = 100;
  for (std::uint32_t c = 0; c < 20; ++c) few.orders.push_back({c, static_cast<std::int32_t>(c) + 1, 10});
  EXPECT_EQ(customer_model(few, {}).reason().code, "too_few_rows");
  EXPECT_EQ(customer_model(synthetic_orders(), {false, 0, 0.1}).reason().code, "out_of_range");
  EXPECT_EQ(customer_model(synthetic_orders(), {false, 12, -0.1}).reason().code, "out_of_range");
  EXPECT_EQ(holdout_check(few, {}).reason().code, "too_few_rows");
  few.last_day = 20;
  EXPECT_EQ(holdout_check(few, {}).reason().code, "too_few_rows");
}

}  // namespace
}  // namespace kpi
