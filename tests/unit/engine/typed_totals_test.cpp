#include "core/engine/typed_totals.h"

#include <gtest/gtest.h>

#include "core/engine/report.h"
#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

/// Typed figures by hand; expected values are sums done by hand.
class TypedTotalsTest : public test::EngineFixture {
 protected:
  Report report(const char* from = "", const char* to = "", const char* group = "") {
    ReportRequest request;
    request.from = parse_iso_date(from);
    request.to = parse_iso_date(to);
    request.group_by = group;
    return make_report(*data_, request).value();
  }
  const MeasureResult& measure(const Report& report, std::string_view id) const {
    return report.measures[static_cast<std::size_t>(catalog_->measure(id) - catalog_->measures().data())];
  }
  static const Value& kpi(const Report& report, std::string_view id) {
    for (const KpiResult& k : report.kpis) {
      if (k.kpi->id == id) return k.value;
    }
    ADD_FAILURE() << id;
    return report.kpis.front().value;
  }
};

TEST_F(TypedTotalsTest, WithoutAPeriodTheyCountForAllTime) {
  data_->put(TableBuilder("totals", 1).texts("measure", {"media_spend", "New Leads", "mqls"}).numbers("value", {50000, 1000, 200}).build());
  const Report all = report();
  EXPECT_EQ(number(kpi(all, "cost_per_lead")), 50);  // golden numbers of the KPI reference
  EXPECT_EQ(number(kpi(all, "cost_per_mql")), 250);
  EXPECT_EQ(reason(kpi(all, "cost_per_sql")), "missing_input");
  EXPECT_EQ(reason(kpi(report("2026-01-01", "2026-01-31"), "new_leads")), "no_date");
}

TEST_F(TypedTotalsTest, AddToWhatTheFilesGive) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a", "b"}).dates("created_at", {"2026-01-05", "2026-02-01"}).build());
  data_->put(TableBuilder("totals", 2)
                 .texts("measure", {"new_leads", "new_leads"})
                 .dates("period", {"2026-01-01", "2026-03-01"})
                 .dates("period_end", {"2026-01-31", "2026-03-31"})
                 .numbers("value", {10, 5})
                 .build());
  const Report all = report();
  const MeasureResult& leads = measure(all, "new_leads");
  EXPECT_EQ(number(leads.total), 17);
  ASSERT_EQ(leads.by_bucket.size(), 3u);
  EXPECT_EQ(number(leads.by_bucket[0]), 11);
  EXPECT_EQ(number(leads.by_bucket[1]), 1);
  EXPECT_EQ(number(leads.by_bucket[2]), 5);
  ASSERT_EQ(leads.files.size(), 2u);
  EXPECT_EQ(leads.files[1].source->note, "typed");
  EXPECT_EQ(leads.files[1].rows, 2u);
}

TEST_F(TypedTotalsTest, AnEmptyPeriodIsUnknownAndNotZero) {
  data_->put(TableBuilder("totals", 1)
                 .texts("measure", {"new_leads", "new_leads"})
                 .dates("period", {"2026-01-01", "2026-03-01"})
                 .dates("period_end", {"2026-01-31", "2026-03-31"})
                 .numbers("value", {10, 5})
                 .build());
  EXPECT_EQ(reason(measure(report(), "new_leads").by_bucket[1]), "no_rows");
}

TEST_F(TypedTotalsTest, ALongerPeriodIsNotSharedOut) {
  data_->put(TableBuilder("totals", 1)
                 .texts("measure", {"new_leads"})
                 .dates("period", {"2026-01-01"})
                 .dates("period_end", {"2026-03-31"})
                 .numbers("value", {90})
                 .build());
  const Report all = report();
  EXPECT_EQ(number(measure(all, "new_leads").total), 90);
  EXPECT_EQ(reason(measure(all, "new_leads").by_bucket[1]), "total_spans_period");
  EXPECT_EQ(reason(measure(report("2026-01-01", "2026-01-31"), "new_leads").total), "total_spans_period");
  EXPECT_EQ(reason(measure(report("2026-02-01", "2026-02-28"), "new_leads").total), "total_spans_period");
  EXPECT_EQ(reason(measure(report("2025-02-01", "2025-02-28"), "new_leads").total), "no_rows");
}

TEST_F(TypedTotalsTest, AStateCountsAsOfTheLastPeriod) {
  data_->put(TableBuilder("totals", 1)
                 .texts("measure", {"open_pipeline", "open_pipeline", "open_pipeline"})
                 .dates("period", {"2026-01-01", "2026-02-01", "2026-02-01"})
                 .dates("period_end", {"2026-01-31", "2026-02-28", "2026-02-28"})
                 .numbers("value", {100, 70, 50})
                 .texts("channel", {"paid_search", "paid_search", "events"})
                 .build());
  const Report all = report("", "", "channel");
  EXPECT_EQ(number(measure(all, "open_pipeline").total), 120);
  EXPECT_EQ(number(measure(all, "open_pipeline").by_bucket[0]), 100);
  EXPECT_EQ(number(measure(all, "open_pipeline").by_bucket[1]), 120);
  const std::int64_t paid = all.group->find("paid_search");
  ASSERT_GE(paid, 0);
  EXPECT_EQ(number(measure(all, "open_pipeline").by_member[static_cast<std::size_t>(paid)]), 70);
}

TEST_F(TypedTotalsTest, MediansDoNotAddUp) {
  data_->put(TableBuilder("totals", 1)
                 .texts("measure", {"median_won_amount", "median_won_amount"})
                 .dates("period", {"2026-01-01", "2026-02-01"})
                 .dates("period_end", {"2026-01-31", "2026-02-28"})
                 .numbers("value", {100, 70})
                 .build());
  const Report all = report();
  EXPECT_EQ(reason(measure(all, "median_won_amount").total), "not_additive");
  EXPECT_EQ(number(measure(all, "median_won_amount").by_bucket[0]), 100);
}

TEST_F(TypedTotalsTest, CurrenciesAreNotAdded) {
  data_->put(TableBuilder("totals", 1).texts("measure", {"media_spend", "media_spend"}).numbers("value", {1, 2}).texts("currency", {"EUR", "USD"}).build());
  EXPECT_EQ(reason(measure(report(), "media_spend").total), "currency_mixed");
}

TEST_F(TypedTotalsTest, FiltersAndMembers) {
  data_->put(TableBuilder("totals", 1)
                 .texts("measure", {"media_spend", "media_spend", "new_leads"})
                 .numbers("value", {10, 20, 5})
                 .texts("channel", {"paid_search", "events", ""})
                 .build());
  ReportRequest request;
  request.filters = {{"channel", {"events"}}};
  const Report filtered = make_report(*data_, request).value();
  EXPECT_EQ(number(measure(filtered, "media_spend").total), 20);
  EXPECT_EQ(reason(measure(filtered, "new_leads").total), "no_rows");
}

TEST_F(TypedTotalsTest, AnAmountOfWonDealsIsRevenueToo) {
  data_->put(TableBuilder("totals", 1).texts("measure", {"won_amount", "won_deals", "revenue", "Marketing spend"}).numbers("value", {9000, 3, 500, 1000}).build());
  const Report all = report();
  EXPECT_EQ(number(kpi(all, "average_deal_size")), 3000);
  EXPECT_EQ(number(kpi(all, "revenue")), 9500);  // with what was sold without a deal
  EXPECT_EQ(number(kpi(all, "marketing_spend")), 1000);
}

TEST_F(TypedTotalsTest, AnUnknownMeasureIsReported) {
  data_->put(TableBuilder("totals", 1).texts("measure", {"media_spent", "media_spent", "gross_margin"}).numbers("value", {10, 20, 5}).build());
  EXPECT_EQ(data_->diagnostics(1).total(Code::measure_unknown), 2u);
  EXPECT_TRUE(typed_figures(*data_).empty());
}

}  // namespace
}  // namespace kpi
