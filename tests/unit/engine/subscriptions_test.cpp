#include "core/engine/subscriptions.h"

#include <gtest/gtest.h>

#include <map>

#include "core/engine/report.h"
#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

/// Expected values by hand from the rows of each test.
class SubscriptionsTest : public test::EngineFixture {
 protected:
  /// Movement -> amounts added up.
  std::map<Movement, double> sums() const {
    std::map<Movement, double> sums;
    const std::vector<Subscription> all = subscriptions(*data_);
    for (const SubscriptionChange& change : subscription_changes(all)) sums[change.movement] += change.amount;
    return sums;
  }
  static double kpi(const Report& report, std::string_view id) {
    for (const KpiResult& k : report.kpis) {
      if (k.kpi->id == id) return number(k.value);
    }
    return kMissing;
  }
  Report report(const char* from, const char* to) {
    ReportRequest request;
    request.from = parse_iso_date(from);
    request.to = parse_iso_date(to);
    return make_report(*data_, request).value();
  }
};

TEST_F(SubscriptionsTest, AnUpgradeIsNoChurn) {
  data_->put(TableBuilder("subscriptions", 1)
                 .keys("customer_id", {"a", "a", "b"})
                 .dates("start_at", {"2026-01-10", "2026-03-15", "2026-01-20"})
                 .dates("end_at", {"2026-03-15", "", "2026-04-02"})
                 .numbers("mrr", {100, 150, 40})
                 .build());
  const auto found = sums();
  EXPECT_EQ(found.at(Movement::kNew), 140);
  EXPECT_EQ(found.at(Movement::kExpansion), 50);
  EXPECT_EQ(found.at(Movement::kChurn), 40);
  EXPECT_EQ(found.count(Movement::kContraction), 0u);
}

TEST_F(SubscriptionsTest, WhoComesBackIsNotNew) {
  data_->put(TableBuilder("subscriptions", 1)
                 .keys("customer_id", {"a", "a"})
                 .dates("start_at", {"2026-01-10", "2026-05-01"})
                 .dates("end_at", {"2026-02-10", ""})
                 .numbers("mrr", {100, 80})
                 .build());
  const auto found = sums();
  EXPECT_EQ(found.at(Movement::kNew), 100);
  EXPECT_EQ(found.at(Movement::kChurn), 100);
  EXPECT_EQ(found.at(Movement::kReactivation), 80);
}

TEST_F(SubscriptionsTest, AMonthsStatesAndMovementsAgree) {
  data_->put(TableBuilder("subscriptions", 1)
                 .keys("customer_id", {"a", "a", "b", "c", "d"})
                 .dates("start_at", {"2026-01-10", "2026-02-10", "2026-01-20", "2026-02-05", "2026-01-01"})
                 .dates("end_at", {"", "", "2026-02-20", "", "2026-02-03"})
                 .numbers("mrr", {100, 30, 40, 60, kMissing})
                 .build());
  const Report february = report("2026-02-01", "2026-02-28");
  EXPECT_EQ(kpi(february, "mrr"), 190);                        // a 130, c 60
  EXPECT_EQ(kpi(february, "arr"), 2280);
  EXPECT_EQ(kpi(february, "net_new_mrr"), 50);                 // from 140
  EXPECT_DOUBLE_EQ(kpi(february, "customer_churn_rate"), 0.5);  // b of a and b
  EXPECT_DOUBLE_EQ(kpi(february, "net_revenue_retention"), 130.0 / 140);
  EXPECT_DOUBLE_EQ(kpi(february, "gross_revenue_retention"), 100.0 / 140);
  EXPECT_DOUBLE_EQ(kpi(february, "customer_retention_rate"), 0.5);  // two at the end, one of them joined, of two
}

TEST_F(SubscriptionsTest, CurrenciesAreNotAdded) {
  data_->put(TableBuilder("subscriptions", 1)
                 .keys("customer_id", {"a", "b"})
                 .dates("start_at", {"2026-01-10", "2026-01-20"})
                 .numbers("mrr", {100, 40})
                 .texts("currency", {"EUR", "USD"})
                 .build());
  const Report january = report("2026-01-01", "2026-01-31");
  for (const KpiResult& k : january.kpis) {
    if (k.kpi->id != "mrr") continue;
    EXPECT_EQ(reason(k.value), "currency_mixed");
    return;
  }
  FAIL() << "no mrr";
}

TEST_F(SubscriptionsTest, RowsWithoutStartCustomerOrPriceAreLeftOut) {
  data_->put(TableBuilder("subscriptions", 1)
                 .keys("customer_id", {"a", "", "c"})
                 .dates("start_at", {"", "2026-01-01", "2026-01-01"})
                 .numbers("mrr", {100, 40, kMissing})
                 .build());
  EXPECT_TRUE(subscriptions(*data_).empty());
}

TEST_F(SubscriptionsTest, TermsOfContractsAreNoDepartures) {
  data_->put(TableBuilder("subscriptions", 1)
                 .keys("customer_id", {"a", "b"})
                 .dates("start_at", {"2026-01-10", "2026-02-20"})
                 .dates("end_at", {"2028-01-10", "2028-02-20"})
                 .numbers("mrr", {100, 40})
                 .build());
  const Report all = make_report(*data_, {}).value();
  EXPECT_EQ(format_iso_date(all.data_last), "2026-02-20");
  EXPECT_EQ(kpi(all, "mrr"), 140);
}

TEST_F(SubscriptionsTest, AFilterComesBeforeTheNetting) {
  data_->put(TableBuilder("subscriptions", 1)
                 .keys("customer_id", {"a", "a", "b"})
                 .dates("start_at", {"2026-01-10", "2026-03-20", "2026-01-01"})
                 .dates("end_at", {"2026-03-15", "", ""})
                 .numbers("mrr", {100, 150, 10})
                 .texts("product", {"x", "y", "x"})
                 .build());
  ReportRequest request;
  request.from = parse_iso_date("2026-03-01");
  request.to = parse_iso_date("2026-03-31");
  request.filters = {{"product", {"x"}}};
  EXPECT_DOUBLE_EQ(kpi(make_report(*data_, request).value(), "gross_revenue_retention"), 10.0 / 110);
  request.filters = {};
  request.group_by = "product";
  const Report grouped = make_report(*data_, request).value();
  EXPECT_DOUBLE_EQ(kpi(grouped, "net_revenue_retention"), 160.0 / 110);  // the customer went from 100 to 150
  for (const KpiResult& k : grouped.kpis) {
    if (k.kpi->id != "gross_revenue_retention") continue;
    const std::size_t x = grouped.group->members()[grouped.member_order[0]].key == "x" ? 0 : 1;
    EXPECT_DOUBLE_EQ(number(k.by_member[x]), 10.0 / 110);
  }
}

TEST_F(SubscriptionsTest, AChangeOfCurrencyHasNoDifference) {
  data_->put(TableBuilder("subscriptions", 1)
                 .keys("customer_id", {"a", "a"})
                 .dates("start_at", {"2026-01-10", "2026-03-10"})
                 .dates("end_at", {"2026-03-10", ""})
                 .numbers("mrr", {100, 110})
                 .texts("currency", {"EUR", "USD"})
                 .build());
  const Report march = report("2026-03-01", "2026-03-31");
  for (const KpiResult& k : march.kpis) {
    if (k.kpi->id != "net_new_mrr") continue;
    EXPECT_EQ(reason(k.value), "currency_mixed");
    return;
  }
  FAIL() << "no net_new_mrr";
}

}  // namespace
}  // namespace kpi
