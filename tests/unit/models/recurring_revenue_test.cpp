#include "core/models/recurring_revenue.h"

#include <limits>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

using nlohmann::json;
using test::expect_near;

/// Where the reference has no ratio there is a reason.
void expect_ratio(const Outcome<double>& got, const json& expected, const char* name) {
  ASSERT_EQ(got.ok(), expected.contains(name)) << name;
  if (!got.ok()) {
    EXPECT_EQ(got.reason().code, "denominator_zero");
    return;
  }
  expect_near(got.value(), expected[name], 1e-9, 1e-9, name);
}

void expect_movements(const RevenueMovements& got, const json& expected) {
  expect_near(got.opening, expected["opening"], 1e-9, 1e-9);
  expect_near(got.gained, expected["new"], 1e-9, 1e-9);
  expect_near(got.reactivation, expected["reactivation"], 1e-9, 1e-9);
  expect_near(got.expansion, expected["expansion"], 1e-9, 1e-9);
  expect_near(got.contraction, expected["contraction"], 1e-9, 1e-9);
  expect_near(got.churn, expected["churn"], 1e-9, 1e-9);
  expect_near(got.closing, expected["closing"], 1e-9, 1e-9);
  EXPECT_EQ(got.customers_opening, expected["n_open"]);
  EXPECT_EQ(got.customers_gained, expected["n_new"]);
  EXPECT_EQ(got.customers_reactivated, expected["n_reactivated"]);
  EXPECT_EQ(got.customers_churned, expected["n_churned"]);
  EXPECT_EQ(got.customers_closing, expected["n_close"]);
  const RetentionRates rates = retention_rates(got);
  expect_ratio(rates.gross_revenue_retention, expected, "grr");
  expect_ratio(rates.net_revenue_retention, expected, "nrr");
  expect_ratio(rates.net_with_reactivation, expected, "nrr_incl_reactivation");
  expect_ratio(rates.customer_churn, expected, "logo_churn");
  expect_ratio(rates.average_revenue_per_customer, expected, "arpa");
  if (expected.contains("quick_ratio")) expect_ratio(rates.quick_ratio, expected, "quick_ratio");
  if (!expected.contains("grr")) return;
  expect_ratio(rates.customer_churn_with_new, expected, "stripe_style_subscriber_churn");
  expect_near(1 - rates.gross_revenue_retention.value(), expected["gross_mrr_churn_chartmogul"], 1e-9, 1e-9);
  expect_near(1 - rates.net_with_reactivation.value(), expected["net_mrr_churn_chartmogul"], 1e-9, 1e-9);
}

TEST(RecurringRevenue, SnapshotsOfTheReference) {
  KPI_REFERENCE_CASE(bridge, "retention.json", "mrr_movements");
  const auto rows = test::reference_rows("data/mrr_snapshots.csv");
  std::vector<RevenueSnapshot> snapshots;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const int month = std::stoi(rows[i][1].substr(0, 4)) * 12 + std::stoi(rows[i][1].substr(5)) - 1;
    snapshots.push_back({std::stoull(rows[i][0].substr(1)), month, std::strtod(rows[i][2].c_str(), nullptr)});
  }
  const Outcome<std::vector<RevenueMovements>> got = revenue_movements(snapshots);
  ASSERT_TRUE(got.ok());
  ASSERT_EQ(got.value().size(), bridge["expected"].size());
  int yearly = 0;
  for (std::size_t i = 0; i < got.value().size(); ++i) {
    const json& expected = bridge["expected"][i];
    SCOPED_TRACE(expected["month"]);
    expect_movements(got.value()[i], expected);
    if (!expected.contains("nrr_12m_cohort")) continue;
    const std::int32_t now = got.value()[i].period;
    const Outcome<RevenueRetained> year = revenue_retained(snapshots, now - 12, now);
    ASSERT_TRUE(year.ok());
    expect_near(year.value().net, expected["nrr_12m_cohort"], 1e-9, 1e-9);
    expect_near(year.value().gross, expected["grr_12m_cohort_capped"], 1e-9, 1e-9);
    expect_near(year.value().customers, expected["logo_retention_12m_cohort"], 1e-9, 1e-9);
    ++yearly;
  }
  EXPECT_EQ(yearly, 6);
}

// ChartMogul's help centre: 100 at the start, churn 10, contraction 10, expansion 10: gross churn 20 %, net churn 10 %.
TEST(RecurringRevenue, PrintedExample) {
  const RetentionRates rates = retention_rates({0, 100, 0, 0, 10, 10, 10, 90, 1, 0, 0, 0, 1});
  EXPECT_NEAR(rates.gross_revenue_retention.value(), 0.8, 1e-9);
  EXPECT_NEAR(rates.net_revenue_retention.value(), 0.9, 1e-9);
  EXPECT_NEAR(1 - rates.net_with_reactivation.value(), 0.1, 1e-9);
}

// Catalogue: start 10, +1.5, -0.3, -0.7: NRR 1.05, GRR 0.90.
TEST(RecurringRevenue, GoldenNumbers) {
  const RetentionRates rates = retention_rates({0, 10, 0, 0, 1.5, 0.3, 0.7, 10.5, 4, 0, 0, 1, 3});
  EXPECT_NEAR(rates.net_revenue_retention.value(), 1.05, 1e-12);
  EXPECT_NEAR(rates.gross_revenue_retention.value(), 0.90, 1e-12);
}

// Customer 1: 100, 100 + 20, -, 50; customer 2: 40, 30, 30, 30.
TEST(RecurringRevenue, ByHand) {
  const std::vector<RevenueSnapshot> snapshots = {{1, 5, 100}, {1, 6, 100}, {1, 6, 20}, {1, 8, 50}, {2, 5, 40}, {2, 6, 30}, {2, 7, 30}, {2, 8, 30}, {1, 7, 0}};
  const std::vector<RevenueMovements> m = revenue_movements(snapshots).value();
  ASSERT_EQ(m.size(), 4U);
  EXPECT_EQ(m[0].gained, 140);
  EXPECT_EQ(m[0].customers_gained, 2U);
  EXPECT_EQ(m[1].expansion, 20);
  EXPECT_EQ(m[1].contraction, 10);
  EXPECT_EQ(m[2].churn, 120);
  EXPECT_EQ(m[2].customers_closing, 1U);
  EXPECT_EQ(m[3].reactivation, 50);
  EXPECT_EQ(m[3].gained, 0);
  EXPECT_EQ(m[3].closing, 80);
  EXPECT_NEAR(revenue_retained(snapshots, 5, 8).value().net, 80.0 / 140, 1e-15);
  EXPECT_NEAR(revenue_retained(snapshots, 5, 6).value().gross, 130.0 / 140, 1e-15);
  EXPECT_EQ(revenue_retained(snapshots, 5, 7).value().customers, 0.5);
}

TEST(RecurringRevenue, WhatOpensAndMovesIsWhatCloses) {
  std::uint64_t state = 77;  // the seed
  std::vector<RevenueSnapshot> snapshots;
  for (int i = 0; i < 4000; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    snapshots.push_back({state >> 57, static_cast<std::int32_t>((state >> 40) % 36), static_cast<double>((state >> 20) % 1000) / 10});
  }
  std::vector<double> total(36, 0);
  for (const RevenueSnapshot& s : snapshots) total[static_cast<std::size_t>(s.period)] += s.amount;
  const std::vector<RevenueMovements> all = revenue_movements(snapshots).value();
  ASSERT_EQ(all.size(), 36U);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_NEAR(all[i].closing, total[i], 1e-8) << "seed 77";
    const RevenueMovements& m = all[i];
    EXPECT_NEAR(m.opening + m.gained + m.reactivation + m.expansion - m.contraction - m.churn, m.closing, 1e-8) << "seed 77";
  }
}

TEST(RecurringRevenue, Degenerate) {
  EXPECT_EQ(revenue_movements({}).reason().code, "no_rows");
  EXPECT_EQ(revenue_movements({{1, 0, -5}}).reason().code, "out_of_range");
  EXPECT_EQ(revenue_movements({{1, 0, 5}, {1, 2000000000, 5}}).reason().code, "out_of_range");
  EXPECT_EQ(revenue_movements({{1, 0, std::numeric_limits<double>::quiet_NaN()}}).reason().code, "not_finite");
  EXPECT_EQ(revenue_retained({{1, 0, 5}}, 1, 2).reason().code, "denominator_zero");
  const std::vector<RevenueMovements> nothing = revenue_movements({{1, 3, 0}}).value();
  ASSERT_EQ(nothing.size(), 1U);
  EXPECT_EQ(retention_rates(nothing[0]).average_revenue_per_customer.reason().code, "denominator_zero");
  EXPECT_EQ(retention_rates(nothing[0]).quick_ratio.reason().code, "denominator_zero");
  EXPECT_EQ(revenue_movements({{1, 2147483647, 5}}).value()[0].closing, 5);
}

}  // namespace
}  // namespace kpi
