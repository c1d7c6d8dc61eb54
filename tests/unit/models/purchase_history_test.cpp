// Expected values: by hand, and fixtures clv.json (pandas; identical to BTYD's cdnowSummary).
#include "core/models/purchase_history.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/base/sum.h"
#include "tests/support/reference_orders.h"

namespace kpi {
namespace {

TEST(PurchaseHistory, ByHand) {
  // Customer 7: days 0, 10 (two orders), 21 and, held out, 35 and 70. Customer 3: day 28 alone. Customer 9: only later.
  const std::vector<Order> orders = {{7, 21, 30}, {7, 0, 100}, {3, 28, 5}, {7, 10, 8}, {7, 35, 1}, {7, 10, 4}, {9, 30, 2}, {7, 70, 1}, {7, 35, 9}};
  const Outcome<PurchaseHistories> built = purchase_histories(orders, {28, 42, 7});
  ASSERT_TRUE(built.ok());
  ASSERT_EQ(built.value().customers.size(), 2U);
  EXPECT_EQ(built.value().later_customers, 1U);
  const PurchaseHistory &three = built.value().customers[0], &seven = built.value().customers[1];
  EXPECT_EQ(three.customer, 3U);
  EXPECT_EQ(three.pattern, (RecencyFrequency{0, 0, 0}));
  EXPECT_EQ(three.mean_repeat_spend, 0);
  EXPECT_EQ(seven.first_day, 0);
  EXPECT_EQ(seven.pattern, (RecencyFrequency{2, 3, 4}));
  EXPECT_EQ(seven.mean_repeat_spend, 21);  // (8 + 4 + 30) / 2: by purchase day, the first left out
  EXPECT_EQ(seven.holdout_purchases, 1U);  // day 35 once, day 70 is past the end
}

TEST(PurchaseHistory, MergesOneDayOfOneCustomer) {
  const auto merged = merge_same_day(std::vector<Order>{{2, 5, 1}, {1, 5, 10}, {2, 5, 3}, {1, -5, 4}});
  ASSERT_TRUE(merged.ok());
  ASSERT_EQ(merged.value().size(), 3U);
  EXPECT_EQ(merged.value()[0].day, -5);
  EXPECT_EQ(merged.value()[2].amount, 4);
}

void expect_build(const std::string& id, std::int32_t last_day, std::int32_t holdout) {
  KPI_REFERENCE_CASE(wanted, "clv.json", id);
  const nlohmann::json& out = wanted["expected"];
  const auto built = purchase_histories(test::reference_orders(wanted["inputs"]["data"]["file"]), {last_day, holdout, wanted["inputs"]["unit_days"]});
  ASSERT_TRUE(built.ok());
  const auto rows = test::reference_rows(out["data"]["file"]);
  const std::vector<PurchaseHistory>& customers = built.value().customers;
  ASSERT_EQ(customers.size(), out["n"].get<std::size_t>());
  ASSERT_EQ(rows.size(), customers.size() + 1);
  Sum x, recency, age, spend, held;
  for (std::size_t i = 0; i < customers.size(); ++i) {
    const PurchaseHistory& c = customers[i];
    EXPECT_EQ(c.customer, test::number_of(rows[i + 1][0]));
    EXPECT_EQ(c.pattern.frequency, test::number_of(rows[i + 1][1]));
    test::expect_near(c.pattern.recency, test::number_of(rows[i + 1][2]), 1e-12);
    test::expect_near(c.pattern.age, test::number_of(rows[i + 1][3]), 1e-12);
    test::expect_near(c.mean_repeat_spend, test::number_of(rows[i + 1][4]), 1e-12);
    EXPECT_EQ(c.holdout_purchases, test::number_of(rows[i + 1][5]));
    x.add(c.pattern.frequency);
    recency.add(c.pattern.recency);
    age.add(c.pattern.age);
    spend.add(c.mean_repeat_spend);
    held.add(c.holdout_purchases);
  }
  EXPECT_EQ(x.value(), out["sum_x"].get<double>());
  test::expect_near(recency.value(), out["sum_t_x"], 1e-12);
  test::expect_near(age.value(), out["sum_T"], 1e-12);
  test::expect_near(spend.value(), out["sum_m_x"], 1e-12);
  EXPECT_EQ(held.value(), out.value("sum_x_star", held.value()));
}

TEST(PurchaseHistory, FixtureCdnow) { expect_build("cdnow_rfm_build", test::day_of("1997-09-30"), test::day_of("1998-06-30")); }
TEST(PurchaseHistory, FixtureSynthetic) { expect_build("syn_dev_rfm_build", test::day_of("2023-12-31"), test::day_of("2024-06-30")); }

TEST(PurchaseHistory, WhatCannotBeBuilt) {
  const auto code = [](const std::vector<Order>& orders, const CalibrationPeriod& period) {
    const auto built = purchase_histories(orders, period);
    return built.ok() ? std::string("built") : std::string(built.reason().code);
  };
  EXPECT_EQ(code({}, {10, 10, 7}), "no_rows");
  EXPECT_EQ(code({{1, 20, 5}}, {10, 30, 7}), "no_rows");
  EXPECT_EQ(code({{1, 2, std::nan("")}}, {10, 10, 7}), "not_finite");
  EXPECT_EQ(code({{1, 2, 1e308}, {1, 2, 1e308}}, {10, 10, 7}), "not_finite");
  EXPECT_EQ(code({{1, 1, 0}, {1, 2, 1e308}, {1, 3, 1e308}}, {10, 10, 7}), "not_finite");
  EXPECT_EQ(code({{1, 2, 5}}, {10, 9, 7}), "out_of_range");
  EXPECT_EQ(code({{1, 2, 5}}, {10, 10, 0}), "out_of_range");
  // The whole range of days is possible.
  const std::int32_t least = std::numeric_limits<std::int32_t>::min() + 1, most = std::numeric_limits<std::int32_t>::max();
  const auto built = purchase_histories(std::vector<Order>{{1, least, 5}}, {most, most, 1});
  ASSERT_TRUE(built.ok());
  EXPECT_EQ(built.value().customers[0].pattern.age, 4294967294.0);
}

}  // namespace
}  // namespace kpi
