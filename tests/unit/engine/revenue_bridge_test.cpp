// By hand; against the model of snapshots; and against the KPIs of the same months.
#include "core/engine/revenue_bridge.h"

#include <cmath>
#include <random>
#include <utility>

#include "tests/support/engine_fixture.h"
#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

Day day(const char* text) { return *parse_iso_date(text); }
Subscription priced(std::uint64_t customer, Day start, Day end, double mrr) { return {nullptr, 0, customer, start, end, mrr, "EUR"}; }
void expect_opens_where_it_closed(const std::vector<RevenueMonth>& months) {
  for (std::size_t i = 0; i < months.size(); ++i) {
    const RevenueMovements& m = months[i].movements;
    EXPECT_NEAR(m.closing, m.opening + m.gained + m.reactivation + m.expansion - m.contraction - m.churn, 1e-9);
    EXPECT_EQ(m.customers_closing, m.customers_opening + m.customers_gained + m.customers_reactivated - m.customers_churned);
    EXPECT_EQ(m.opening, i == 0 ? 0 : months[i - 1].movements.closing);
    EXPECT_EQ(m.customers_opening, i == 0 ? 0 : months[i - 1].movements.customers_closing);
  }
}

TEST(RevenueBridge, EachMovementByHand) {
  // a: 100, from March 150 in place of it. b: 80 until 10 March, back in May with 90. c: within February only. d: 70, from April 50.
  const std::vector<Subscription> all = {priced(1, day("2024-01-05"), day("2024-03-01"), 100), priced(1, day("2024-03-01"), kNoDay, 150), priced(2, day("2024-01-20"), day("2024-03-10"), 80),
                                         priced(2, day("2024-05-02"), kNoDay, 90), priced(3, day("2024-02-03"), day("2024-02-20"), 30), priced(4, day("2024-02-28"), day("2024-04-15"), 70),
                                         priced(4, day("2024-04-15"), day("2024-12-31"), 50)};
  const std::vector<RevenueMonth> months = revenue_bridge(all, day("2024-05-20"));
  ASSERT_EQ(months.size(), 5U);
  expect_opens_where_it_closed(months);
  const double wanted[5][7] = {{0, 180, 0, 0, 0, 0, 180}, {180, 70, 0, 0, 0, 0, 250}, {250, 0, 0, 50, 0, 80, 220}, {220, 0, 0, 0, 20, 0, 200}, {200, 0, 90, 0, 0, 0, 290}};
  for (std::size_t i = 0; i < 5; ++i) {
    const RevenueMovements& m = months[i].movements;
    const double got[] = {m.opening, m.gained, m.reactivation, m.expansion, m.contraction, m.churn, m.closing};
    for (std::size_t k = 0; k < 7; ++k) EXPECT_DOUBLE_EQ(got[k], wanted[i][k]) << i << ' ' << k;
    EXPECT_EQ(months[i].is_running, i == 4);
  }
  EXPECT_EQ(months[2].movements.customers_churned, 1U);
  const RetentionRates march = retention_rates(months[2].movements);
  EXPECT_DOUBLE_EQ(march.gross_revenue_retention.value(), 170.0 / 250);
  EXPECT_DOUBLE_EQ(march.net_revenue_retention.value(), 220.0 / 250);
  EXPECT_DOUBLE_EQ(march.customer_churn.value(), 1.0 / 3);
  const MeanMonth mean = mean_month(months, 12);  // January began with nobody, May still runs
  EXPECT_EQ(mean.months, 3U);
  EXPECT_EQ(mean.first, day("2024-02-01"));
  EXPECT_EQ(mean.last, day("2024-04-30"));
  EXPECT_DOUBLE_EQ(mean.customer_churn.value(), 1.0 / (2 + 3 + 2));
  EXPECT_DOUBLE_EQ(mean.revenue_churn.value(), 100.0 / (180 + 250 + 220));
  EXPECT_DOUBLE_EQ(mean.net_revenue_retention.value(), 600.0 / 650);
  EXPECT_EQ(mean_month(months, 1).months, 1U);
  EXPECT_EQ(retained_over_year(all, months).reason().code, "too_few_rows");
}

TEST(RevenueBridge, FivePercentAMonthAre46AYear) { EXPECT_NEAR(yearly_loss(0.05), 0.4596, 5e-5); }

TEST(RevenueBridge, WhatIsLeftAfterAYear) {
  const std::vector<Subscription> all = {priced(1, day("2024-01-01"), day("2024-08-01"), 100), priced(1, day("2024-08-01"), kNoDay, 160), priced(2, day("2024-01-09"), day("2024-10-01"), 40),
                                         priced(3, day("2024-01-31"), kNoDay, 60), priced(4, day("2024-07-01"), kNoDay, 500)};
  const Outcome<RevenueRetained> year = retained_over_year(all, revenue_bridge(all, day("2025-01-31")));
  ASSERT_TRUE(year.ok());
  EXPECT_DOUBLE_EQ(year.value().net, 220.0 / 200);
  EXPECT_DOUBLE_EQ(year.value().gross, 160.0 / 200);
  EXPECT_DOUBLE_EQ(year.value().customers, 2.0 / 3);
}

// Priced subscriptions drawn at random: the model of snapshots sees the same movements, as it knows a customer by the months' ends as well.
TEST(RevenueBridge, AgreesWithSnapshots) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto below = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
    const Day first = day("2023-01-01"), last = day("2024-06-30");
    std::vector<Subscription> all;
    for (int i = 0; i < 60; ++i) {
      const Day start = first + below(500);
      all.push_back(priced(static_cast<std::uint64_t>(below(25)), start, below(3) == 0 ? kNoDay : start + 1 + below(300), 10 + below(90)));
    }
    std::vector<RevenueSnapshot> snapshots;
    std::int32_t period = 0;
    for (Day end = day("2023-01-31"); end <= last; end = next_period_start(end + 1, Grain::kMonth) - 1, ++period) {
      for (const Subscription& s : all) {
        if (s.is_active(end)) snapshots.push_back({s.customer, period, s.mrr});
      }
    }
    const Outcome<std::vector<RevenueMovements>> wanted = revenue_movements(snapshots);
    ASSERT_TRUE(wanted.ok());
    const std::vector<RevenueMonth> got = revenue_bridge(all, last);
    expect_opens_where_it_closed(got);
    const std::size_t skipped = got.size() - wanted.value().size();  // months with nothing at their end yet
    for (std::size_t i = 0; i < wanted.value().size(); ++i) {
      const RevenueMovements &w = wanted.value()[i], &g = got[i + skipped].movements;
      const double a[] = {w.opening, w.gained, w.reactivation, w.expansion, w.contraction, w.churn, w.closing};
      const double b[] = {g.opening, g.gained, g.reactivation, g.expansion, g.contraction, g.churn, g.closing};
      for (std::size_t k = 0; k < 7; ++k) EXPECT_NEAR(a[k], b[k], 1e-9) << i << ' ' << k;
      EXPECT_EQ(w.customers_gained, g.customers_gained);
      EXPECT_EQ(w.customers_churned, g.customers_churned);
    }
  }
}

// Each month that is paid as a subscription of its own.
TEST(RevenueBridge, SnapshotsOfTheReference) {
  KPI_REFERENCE_CASE(bridge, "retention.json", "mrr_movements");
  std::vector<Subscription> all;
  Day last = kNoDay;
  const auto rows = test::reference_rows("data/mrr_snapshots.csv");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const Day start = day((rows[i][1] + "-01").c_str()), next = next_period_start(start, Grain::kMonth);
    last = std::max(last, next - 1);
    const double mrr = std::strtod(rows[i][2].c_str(), nullptr);
    if (mrr > 0) all.push_back(priced(std::stoull(rows[i][0].substr(1)), start, next, mrr));
  }
  const std::vector<RevenueMonth> months = revenue_bridge(all, last);
  const auto& expected = bridge["expected"];
  ASSERT_EQ(months.size(), expected.size());
  expect_opens_where_it_closed(months);
  for (std::size_t i = 0; i < months.size(); ++i) {
    const RevenueMovements& m = months[i].movements;
    const nlohmann::json& e = expected[i];
    SCOPED_TRACE(e["month"]);
    const std::pair<double, const char*> parts[] = {{m.opening, "opening"}, {m.gained, "new"}, {m.reactivation, "reactivation"}, {m.expansion, "expansion"},
                                                    {m.contraction, "contraction"}, {m.churn, "churn"}, {m.closing, "closing"}};
    for (const auto& [got, name] : parts) test::expect_near(got, e[name], 1e-9, 1e-9, name);
    EXPECT_EQ(m.customers_churned, e["n_churned"]);
    EXPECT_EQ(m.customers_closing, e["n_close"]);
    if (e.contains("logo_churn")) test::expect_near(retention_rates(m).customer_churn.value(), e["logo_churn"], 1e-9, 1e-9);
  }
  const Outcome<RevenueRetained> year = retained_over_year(all, months);
  ASSERT_TRUE(year.ok());
  test::expect_near(year.value().net, expected.back()["nrr_12m_cohort"], 1e-9, 1e-9);
  test::expect_near(year.value().gross, expected.back()["grr_12m_cohort_capped"], 1e-9, 1e-9);
}

using RevenueBridgeOfFiles = test::EngineFixture;

// Also with what a model of snapshots would not count: a free plan, and a price below zero.
TEST_F(RevenueBridgeOfFiles, AgreesWithTheKpis) {
  data_->put(TableBuilder("subscriptions", 1)
                 .keys("customer_id", {"a", "a", "b", "b", "c", "d", "d", "e"})
                 .dates("start_at", {"2024-01-05", "2024-03-01", "2024-01-20", "2024-05-02", "2024-02-03", "2024-01-15", "2024-04-01", "2024-02-09"})
                 .dates("end_at", {"", "", "2024-03-10", "", "2024-05-20", "2024-04-01", "", ""})
                 .numbers("mrr", {100, 50, 80, 90, 30, 0, 25, -10})
                 .build());
  const std::vector<RevenueMonth> months = revenue_bridge(subscriptions(*data_), day("2024-05-31"));
  ASSERT_EQ(months.size(), 5U);
  expect_opens_where_it_closed(months);
  for (const RevenueMonth& month : months) {
    ReportRequest request;
    request.from = month.start;
    request.to = next_period_start(month.start, Grain::kMonth) - 1;
    const RevenueMovements& m = month.movements;
    EXPECT_DOUBLE_EQ(number(kpi_of("mrr", request).value), m.closing);
    EXPECT_DOUBLE_EQ(number(kpi_of("net_new_mrr", request).value), m.closing - m.opening);
    const RetentionRates rates = retention_rates(m);
    const auto expect_same = [&](const char* id, const Outcome<double>& rate) {
      const KpiResult kpi = kpi_of(id, request);
      if (rate.ok()) {
        EXPECT_DOUBLE_EQ(number(kpi.value), rate.value()) << id;
      } else {
        EXPECT_EQ(reason(kpi.value), "denominator_zero") << id;
      }
    };
    expect_same("gross_revenue_retention", rates.gross_revenue_retention);
    expect_same("net_revenue_retention", rates.net_revenue_retention);
    expect_same("customer_churn_rate", rates.customer_churn);
    if (rates.customer_churn.ok()) {
      EXPECT_DOUBLE_EQ(number(kpi_of("customer_churn_rate_yearly", request).value), yearly_loss(rates.customer_churn.value()));
    }
  }
}

}  // namespace
}  // namespace kpi
