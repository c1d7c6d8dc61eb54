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

// 03/04/2026 may be the third of April or the fourth of March: as long as that is asked, the figure belongs to no time, not to all of it.
TEST_F(TypedTotalsTest, CountNowhereWhileTheirPeriodsAreInDoubt) {
  std::unique_ptr<FileTable> totals =
      TableBuilder("totals", 1).texts("measure", {"media_spend"}).dates("period", {"2026-04-03"}).numbers("value", {500}).build();
  totals->unsure_fields = {"period"};
  data_->put(std::move(totals));
  EXPECT_EQ(reason(kpi(report(), "marketing_spend")), "missing_input");
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

TEST_F(TypedTotalsTest, AStateAtTheStartTakesTheFirstPeriodAndAnUndatedOneOnlyAlone) {
  data_->put(TableBuilder("totals", 1)
                 .texts("measure", {"customers_start", "customers_start", "customers_start"})
                 .dates("period", {"2026-01-01", "2026-02-01", ""})
                 .dates("period_end", {"2026-01-31", "2026-02-28", ""})
                 .numbers("value", {100, 110, 7})
                 .build());
  EXPECT_EQ(number(measure(report(), "customers_start").total), 100);
  data_->put(TableBuilder("totals", 1).texts("measure", {"customers_start"}).numbers("value", {7}).build());
  EXPECT_EQ(number(measure(report(), "customers_start").total), 7);
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

TEST_F(TypedTotalsTest, TimeBetweenAFileAndATypedPeriodStaysUnknown) {
  data_->put(TableBuilder("ad_spend", 1).dates("date", {"2026-01-05", "2026-03-06"}).numbers("cost", {10, 20}).build());
  data_->put(TableBuilder("totals", 2).texts("measure", {"media_spend"}).dates("period", {"2026-12-01"}).dates("period_end", {"2026-12-31"}).numbers("value", {5}).build());
  const Report all = report();
  ASSERT_EQ(measure(all, "media_spend").by_bucket.size(), 12u);
  EXPECT_EQ(number(measure(all, "media_spend").by_bucket[1]), 0);  // within the file
  EXPECT_EQ(reason(measure(all, "media_spend").by_bucket[6]), "no_rows");
  EXPECT_EQ(number(measure(all, "media_spend").total), 35);
}

TEST_F(TypedTotalsTest, MonthsWithoutAnEndAreWholeMonths) {
  data_->put(TableBuilder("totals", 1).texts("measure", {"media_spend", "media_spend"}).dates("period", {"2026-05-01", "2026-06-01"}).numbers("value", {3000, 1}).build());
  EXPECT_EQ(reason(measure(report("2026-05-01", "2026-05-15"), "media_spend").total), "total_spans_period");
  EXPECT_EQ(number(measure(report("2026-05-01", "2026-05-31"), "media_spend").total), 3000);
  const Report all = report();  // the data reach to the end of June: June's figure is inside
  EXPECT_EQ(format_iso_date(all.data_last), "2026-06-30");
  EXPECT_EQ(number(measure(all, "media_spend").total), 3001);
  EXPECT_EQ(number(measure(all, "media_spend").by_bucket[1]), 1);
}

TEST_F(TypedTotalsTest, FilesOfOneKindMayAnswerDifferently) {
  const auto with_counts = [] { return TableBuilder("web_events", 1).texts("web_event", {"form_submit"}).dates("date", {"2026-01-05"}).numbers("events", {10}).build(); };
  const auto rows = [] { return TableBuilder("web_events", 2).texts("web_event", {"form_submit", "form_submit"}).dates("date", {"2026-01-06", "2026-01-07"}).build(); };
  data_->put(with_counts());
  data_->put(rows());
  EXPECT_EQ(number(measure(report(), "form_submits").total), 12);
  data_->remove(1);
  data_->put(with_counts());
  EXPECT_EQ(number(measure(report(), "form_submits").total), 12);
}

TEST_F(TypedTotalsTest, DifferentUsersAndGivenNumbersOfUsersDoNotMix) {
  data_->put(TableBuilder("web_sessions", 1).keys("user_id", {"u", "v", "u"}).dates("date", {"2026-01-05", "2026-01-06", "2026-02-07"}).numbers("sessions", {1, 1, 1}).build());
  EXPECT_EQ(number(measure(report(), "users").total), 2);
  EXPECT_EQ(number(measure(report(), "users").by_bucket[1]), 1);
  data_->put(TableBuilder("web_sessions", 2).dates("date", {"2026-02-05"}).numbers("users", {500}).build());
  EXPECT_EQ(reason(measure(report(), "users").total), "not_additive");
}

TEST_F(TypedTotalsTest, RowsWithoutANameAreReported) {
  data_->put(TableBuilder("totals", 1).texts("measure", {"", "media_spend", "media_spent"}).numbers("value", {10, 20, 30}).build());
  EXPECT_EQ(data_->diagnostics(1).total(Code::measure_unknown), 2u);
  // A name that can be put right comes first: the card shows the first one.
  EXPECT_EQ(std::get<std::string>(data_->diagnostics(1).groups().front().kept.front().arguments.front().second), "media_spent");
}

}  // namespace
}  // namespace kpi
