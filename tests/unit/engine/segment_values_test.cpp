// By hand, and against the report's own figures.
#include "core/engine/segment_values.h"

#include <cmath>

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

class SegmentValuesTest : public test::EngineFixture {
 protected:
  /// From January 2024 on: four in France at 100 a month, one of whom leaves in May; two in Spain at 50, of whom nobody does.
  void put() {
    data_->put(TableBuilder("subscriptions", 1)
                   .keys("customer_id", {"a", "b", "c", "d", "e", "f"})
                   .dates("start_at", {"2024-01-05", "2024-01-08", "2024-01-20", "2024-01-21", "2024-01-03", "2024-01-30"})
                   .dates("end_at", {"", "", "2024-05-10", "", "", ""})
                   .numbers("mrr", {100, 100, 100, 100, 50, 50})
                   .texts("country", {"France", "France", "France", "France", "Spain", "Spain"})
                   .build());
  }
  void put_deals() {
    data_->put(TableBuilder("opportunities", 2)
                   .keys("account_id", {"a", "b", "e"})
                   .dates("closed_at", {"2024-03-05", "2024-04-08", "2024-06-03"})
                   .texts("deal_status", {"Won", "Won", "Won"})
                   .numbers("amount", {900, 300, 150})
                   .texts("country", {"France", "France", "Spain"})
                   .build());
  }
  Outcome<SegmentValues> read(SegmentRequest request) {
    const Result<ReportScope> made = open_scope(*data_, request.report);
    EXPECT_TRUE(made.ok());
    cohorts_ = subscription_cohorts({*data_, made.value().window, made.value().filters, nullptr, request.report.parameters, request.report.stages, request.report.currency});
    EXPECT_TRUE(cohorts_.ok());
    return segment_values(*data_, request, cohorts_.value());
  }
  static SegmentRequest by_country(const char* from, const char* to) {
    SegmentRequest request{between(from, to), std::nullopt, 0.10};
    request.report.group_by = "country";
    request.report.parameters["gross_margin"] = 0.8;
    return request;
  }
  static double at(const SegmentValue& one, std::string_view id) { return number(one.of.find(id)->second); }
  static std::string why(const SegmentValue& one, std::string_view id) { return reason(one.of.find(id)->second); }
  Outcome<SubscriptionCohorts> cohorts_ = Undefined{"no_rows", {}};
};

TEST_F(SegmentValuesTest, PricesStandForRevenueWhereNothingElseTellsOfIt) {
  put();
  SegmentRequest request = by_country("2024-02-01", "2024-07-31");
  request.cac = 500;
  data_->put(TableBuilder("subscriptions", 3).keys("customer_id", {"z"}).dates("start_at", {"2024-08-01"}).numbers("mrr", {1}).build());  // the file tells of July
  const Outcome<SegmentValues> made = read(request);
  ASSERT_TRUE(made.ok());
  const SegmentValues& values = made.value();
  EXPECT_TRUE(values.is_recurring);
  EXPECT_EQ(values.cac_source, "typed");
  EXPECT_NEAR(values.discount_rate, std::sqrt(1.1) - 1, 1e-12);  // half a year
  ASSERT_EQ(values.members.size(), 2U);
  const SegmentValue &france = values.members[0], &spain = values.members[1];
  EXPECT_EQ(france.member->key, "france");
  // Month ends of February to July: 4 customers thrice, then 3 thrice.
  const double revenue = (4 * 3 + 3 * 3) * 100, churn = 1.0 / 4, each = revenue / 3;
  EXPECT_DOUBLE_EQ(at(france, "customers_start"), 4);
  EXPECT_DOUBLE_EQ(at(france, "active_customers"), 3);
  EXPECT_DOUBLE_EQ(at(france, "churned_customers"), 1);
  EXPECT_DOUBLE_EQ(at(france, "arpa"), 100);
  EXPECT_DOUBLE_EQ(at(france, "customer_churn_rate"), churn);
  EXPECT_DOUBLE_EQ(at(france, "clv_margin"), each * 0.8 / churn);
  EXPECT_DOUBLE_EQ(at(france, "clv_npv"), each * 0.8 * (1 - churn) / (1 + values.discount_rate - (1 - churn)));
  EXPECT_DOUBLE_EQ(at(france, "clv_to_cac"), each * 0.8 / churn / 500);
  EXPECT_DOUBLE_EQ(at(france, "cac_payback_period"), 500 / (100 * 0.8));
  EXPECT_EQ(why(spain, "clv_margin"), "denominator_zero") << "nobody left";
  EXPECT_DOUBLE_EQ(at(spain, "net_revenue_retention"), 1);
  // All together are sums over sums: 5 of 6 stayed.
  EXPECT_DOUBLE_EQ(at(values.all, "customer_churn_rate"), 1.0 / 6);
  EXPECT_DOUBLE_EQ(at(values.all, "clv_margin"), (revenue + 2 * 50 * 6) / 5 * 0.8 / (1.0 / 6));
}

TEST_F(SegmentValuesTest, AreTheReportsOwnWhereItHasThem) {
  put();
  put_deals();
  SegmentRequest request = by_country("2024-02-01", "2024-07-31");
  request.report.parameters["discount_rate"] = 0.05;
  const Outcome<SegmentValues> made = read(request);
  ASSERT_TRUE(made.ok());
  EXPECT_FALSE(made.value().is_recurring);
  EXPECT_EQ(made.value().discount_rate, 0.05);
  EXPECT_TRUE(made.value().cac_source.empty());
  int compared = 0;
  for (const char* id : {"customer_churn_rate", "clv_margin", "clv_npv", "net_revenue_retention", "gross_revenue_retention", "clv_to_cac"}) {
    const Value whole = kpi_of(id, request.report).value, france = member_value(id, request.report, "country", "france");
    EXPECT_EQ(reason(whole), why(made.value().all, id)) << id;
    if (std::holds_alternative<Quantity>(whole)) {
      EXPECT_DOUBLE_EQ(number(whole), at(made.value().all, id)) << id;
    }
    if (std::holds_alternative<Quantity>(france)) {
      EXPECT_DOUBLE_EQ(number(france), at(made.value().members[0], id)) << id;
      ++compared;
    }
  }
  EXPECT_EQ(compared, 5);
}

TEST_F(SegmentValuesTest, WithoutBoundsTheLastTwelveMonthsThatAreOver) {
  put();
  SegmentRequest request;
  request.report.group_by = "country";
  const Outcome<SegmentValues> young = read(request);  // told of until 10 May: February to April, as January began with nobody
  ASSERT_TRUE(young.ok());
  EXPECT_EQ(young.value().first, *parse_iso_date("2024-02-01"));
  EXPECT_EQ(young.value().last, *parse_iso_date("2024-04-30"));
  EXPECT_EQ(why(young.value().all, "clv_margin"), "missing_input") << "no margin";
  data_->put(TableBuilder("subscriptions", 2).keys("customer_id", {"z"}).dates("start_at", {"2026-03-31"}).numbers("mrr", {1}).texts("country", {"Spain"}).build());
  const Outcome<SegmentValues> old = read(request);
  ASSERT_TRUE(old.ok());
  EXPECT_EQ(old.value().first, *parse_iso_date("2025-04-01"));
  EXPECT_EQ(old.value().last, *parse_iso_date("2026-03-31"));
  EXPECT_NEAR(old.value().discount_rate, 0.10, 1e-12);
}

TEST_F(SegmentValuesTest, NoMonthIsOver) {
  data_->put(TableBuilder("subscriptions", 1).keys("customer_id", {"a"}).dates("start_at", {"2024-01-05"}).numbers("mrr", {1}).build());
  EXPECT_EQ(read({}).reason().code, "no_rows");
}

}  // namespace
}  // namespace kpi
