#include "core/engine/targets.h"

#include <gtest/gtest.h>

#include "core/engine/target_rows.h"
#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

/// Targets by hand; expected values are the arithmetic beside them.
class TargetsTest : public test::EngineFixture {
 protected:
  /// `count` leads on each of the days.
  void put_leads(const std::vector<std::string>& days, const std::vector<std::string>& channels = {}) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < days.size(); ++i) ids.push_back("lead" + std::to_string(i));
    TableBuilder leads("leads", 1);
    leads.keys("lead_id", ids).dates("created_at", days);
    if (!channels.empty()) leads.texts("channel", channels);
    data_->put(leads.build());
  }
  ReportRequest request(const char* from = "", const char* to = "", const char* group = "") {
    ReportRequest asked;
    asked.from = parse_iso_date(from);
    asked.to = parse_iso_date(to);
    asked.group_by = group;
    return asked;
  }
  std::vector<KpiTargets> targets(const ReportRequest& asked, double tolerance = kUsualTolerance) {
    report_ = make_report(*data_, asked).value();
    return make_targets(*data_, report_, asked, tolerance);
  }
  KpiTargets of(const std::vector<KpiTargets>& all, std::string_view id) const {
    for (const KpiTargets& one : all) {
      if (report_.kpis[one.kpi].kpi->id == id) return one;
    }
    ADD_FAILURE() << "no targets of " << id;
    return {};
  }
  Judged total(std::string_view id, const ReportRequest& asked) { return of(targets(asked), id).total; }
  Judged judged(const char* kpi, double value, double target) {
    Target aim;
    aim.value = Quantity{target, {}};
    return judge(*catalog_->kpi(kpi), Quantity{value, {}}, aim, kUsualTolerance);
  }
  Report report_;
};

// Attainment of a lower-is-better KPI is target / value (KPI reference, 1h): 90 / 100 and 100 / 90.
TEST_F(TargetsTest, AttainmentGoesInTheRightDirection) {
  EXPECT_DOUBLE_EQ(judged("new_leads", 90, 100).attainment.value_or(kMissing), 0.9);
  EXPECT_DOUBLE_EQ(judged("new_leads", 120, 100).attainment.value_or(kMissing), 1.2);
  EXPECT_DOUBLE_EQ(judged("cost_per_lead", 90, 100).attainment.value_or(kMissing), 100.0 / 90);
  EXPECT_DOUBLE_EQ(judged("cost_per_lead", 125, 100).attainment.value_or(kMissing), 0.8);
  EXPECT_DOUBLE_EQ(*judged("win_rate", 0.18, 0.2).difference, 0.18 - 0.2);  // -2 percentage points
}

TEST_F(TargetsTest, StatusIsMetNearOrMissed) {
  const auto status = [&](const char* kpi, double value, double target) { return target_status_name(judged(kpi, value, target).status); };
  EXPECT_EQ(status("new_leads", 100, 100), "met");
  EXPECT_EQ(status("new_leads", 90, 100), "near");  // a tenth below
  EXPECT_EQ(status("new_leads", 89.9, 100), "missed");
  EXPECT_EQ(status("cost_per_lead", 100, 100), "met");
  EXPECT_EQ(status("cost_per_lead", 110, 100), "near");  // a tenth above
  EXPECT_EQ(status("cost_per_lead", 110.1, 100), "missed");
  EXPECT_EQ(status("new_leads", 0.1 + 0.2, 0.3), "met");  // how tenths are held is no miss
}

TEST_F(TargetsTest, ZeroAndBelowHaveAStatusAndNoAttainment) {
  const Judged no_churn = judged("customer_churn_rate", 0, 0);
  EXPECT_EQ(no_churn.no_attainment.code, "target_zero");
  EXPECT_EQ(no_churn.status, TargetStatus::kMet);
  EXPECT_EQ(judged("customer_churn_rate", 0.01, 0).status, TargetStatus::kMissed);
  const Judged free_leads = judged("cost_per_lead", 0, 50);
  EXPECT_EQ(free_leads.no_attainment.code, "value_zero");
  EXPECT_EQ(free_leads.status, TargetStatus::kMet);
  const Judged loss = judged("roi", -0.1, -0.2);
  EXPECT_EQ(loss.no_attainment.code, "target_negative");
  EXPECT_EQ(loss.status, TargetStatus::kMet);
  EXPECT_DOUBLE_EQ(judged("roi", -0.1, 0.2).attainment.value_or(kMissing), -0.5);  // -0.1 / 0.2
}

TEST_F(TargetsTest, ALimitTakesThePlaceOfTheTolerance) {
  Target aim;
  aim.value = Quantity{100, {}};
  aim.limit = 60;
  const Kpi& leads = *catalog_->kpi("new_leads");
  EXPECT_EQ(judge(leads, Quantity{60, {}}, aim, kUsualTolerance).status, TargetStatus::kNear);
  EXPECT_EQ(judge(leads, Quantity{59, {}}, aim, kUsualTolerance).status, TargetStatus::kMissed);
}

TEST_F(TargetsTest, MonthsTileAQuarter) {
  put_leads({"2026-01-02", "2026-02-10", "2026-03-31"});
  data_->put(TableBuilder("targets", 2)
                 .texts("kpi", {"new_leads", "New Leads", "new-leads"})
                 .dates("period", {"2026-01-01", "2026-02-01", "2026-03-01"})
                 .numbers("target", {1, 2, 3})
                 .build());
  const Judged quarter = total("new_leads", request("2026-01-01", "2026-03-31"));
  EXPECT_EQ(number(quarter.target.value), 6);  // 1 + 2 + 3
  EXPECT_FALSE(quarter.target.is_by_days);
  EXPECT_DOUBLE_EQ(quarter.attainment.value_or(kMissing), 0.5);  // 3 leads of 6
  const KpiTargets all = of(targets(request()), "new_leads");  // a first lead on the second: January is whole
  ASSERT_EQ(all.series.size(), 3u);
  EXPECT_EQ(number(all.series[0]), 1);
  EXPECT_EQ(number(all.series[2]), 3);
  EXPECT_EQ(number(all.total.target.value), 6);
}

// Data from 10 January on: 22 of the month's 31 days.
TEST_F(TargetsTest, DataThatBeginLateAreMeasuredFromThere) {
  put_leads({"2026-01-10", "2026-02-28"});
  data_->put(TableBuilder("targets", 2).texts("kpi", {"new_leads", "new_leads"}).dates("period", {"2026-01-01", "2026-02-01"}).numbers("target", {31, 28}).build());
  const KpiTargets all = of(targets(request("2026-01-01", "2026-02-28")), "new_leads");
  EXPECT_DOUBLE_EQ(number(all.series[0]), 22);
  EXPECT_DOUBLE_EQ(number(all.total.target.value), 50);
  EXPECT_EQ(number(all.total.target.whole), 59);
  EXPECT_TRUE(all.total.target.is_by_days);
}

// Data to 20 May: 51 of the quarter's 91 days, and 20 of May's 31.
TEST_F(TargetsTest, ASumIsMeasuredToDate) {
  put_leads({"2026-04-01", "2026-05-20"});
  data_->put(TableBuilder("targets", 2)
                 .texts("kpi", {"new_leads"})
                 .dates("period", {"2026-04-01"})
                 .dates("period_end", {"2026-06-30"})
                 .numbers("target", {91})
                 .build());
  const Judged quarter = total("new_leads", request("2026-04-01", "2026-06-30"));
  EXPECT_DOUBLE_EQ(number(quarter.target.value), 50);  // 91 x 50 / 91: 30 days of April and 20 of May
  EXPECT_TRUE(quarter.target.is_by_days);
  EXPECT_EQ(number(quarter.target.whole), 91);
  EXPECT_EQ(format_iso_date(quarter.target.last), "2026-05-20");
  const Judged april = total("new_leads", request("2026-04-01", "2026-04-30"));
  EXPECT_DOUBLE_EQ(number(april.target.value), 30);
  EXPECT_TRUE(april.target.is_by_days);
}

TEST_F(TargetsTest, TheTargetOfThePeriodItselfComesFirst) {
  put_leads({"2026-01-01", "2026-03-31"});
  data_->put(TableBuilder("targets", 2)
                 .texts("kpi", {"new_leads", "new_leads", "new_leads", "new_leads"})
                 .dates("period", {"2026-01-01", "2026-02-01", "2026-03-01", "2026-01-01"})
                 .dates("period_end", {"2026-01-31", "2026-02-28", "2026-03-31", "2026-03-31"})
                 .numbers("target", {10, 10, 10, 40})
                 .build());
  EXPECT_EQ(number(total("new_leads", request("2026-01-01", "2026-03-31")).target.value), 40);
  EXPECT_EQ(number(total("new_leads", request("2026-01-01", "2026-02-28")).target.value), 20);
}

TEST_F(TargetsTest, APartWithoutATargetLeavesNone) {
  put_leads({"2026-01-01", "2026-03-31"});
  data_->put(TableBuilder("targets", 2).texts("kpi", {"new_leads", "new_leads"}).dates("period", {"2026-01-01", "2026-03-01"}).numbers("target", {10, 10}).build());
  const Judged quarter = total("new_leads", request("2026-01-01", "2026-03-31"));
  EXPECT_EQ(reason(quarter.target.value), "target_gap");
  EXPECT_EQ(quarter.status, TargetStatus::kNoTarget);
}

TEST_F(TargetsTest, ARateHoldsForShorterPeriodsAndIsNeverAddedUp) {
  put_leads({"2026-01-01", "2026-06-30"});
  data_->put(TableBuilder("targets", 2)
                 .texts("kpi", {"win_rate", "win_rate"})
                 .dates("period", {"2026-01-01", "2026-04-01"})
                 .dates("period_end", {"2026-03-31", "2026-06-30"})
                 .numbers("target", {0.2, 0.25})
                 .build());
  EXPECT_EQ(number(total("win_rate", request("2026-02-01", "2026-02-28")).target.value), 0.2);
  EXPECT_EQ(reason(total("win_rate", request("2026-01-01", "2026-06-30")).target.value), "target_differs");
  EXPECT_EQ(total("win_rate", request("2026-02-01", "2026-02-28")).status, TargetStatus::kNoValue);  // no deals at all
}

TEST_F(TargetsTest, AChurnRateHoldsForItsOwnPeriodOnly) {
  put_leads({"2026-01-01", "2026-03-31"});
  data_->put(TableBuilder("targets", 2).texts("kpi", {"customer_churn_rate"}).dates("period", {"2026-01-01"}).numbers("target", {0.02}).build());
  EXPECT_EQ(number(total("customer_churn_rate", request("2026-01-01", "2026-01-31")).target.value), 0.02);
  EXPECT_EQ(reason(total("customer_churn_rate", request("2026-01-01", "2026-02-28")).target.value), "target_not_for_part");
}

TEST_F(TargetsTest, AStateIsMeasuredAtItsEnd) {
  put_leads({"2026-01-01", "2026-03-31"});
  data_->put(TableBuilder("targets", 2).texts("kpi", {"mrr", "mrr", "mrr"}).dates("period", {"2026-01-01", "2026-02-01", "2026-03-01"}).numbers("target", {10, 11, 12}).build());
  EXPECT_EQ(number(total("mrr", request("2026-01-01", "2026-03-31")).target.value), 12);
}

// An acceptable cost of a customer is a target for no period in particular.
TEST_F(TargetsTest, WithoutAPeriodALevelStandsAndASumIsForAllData) {
  put_leads({"2026-01-01", "2026-03-31"});
  data_->put(TableBuilder("targets", 2).texts("kpi", {"cac_marketing", "new_leads"}).numbers("target", {5000, 4}).build());
  EXPECT_EQ(number(total("cac_marketing", request("2026-02-01", "2026-02-28")).target.value), 5000);
  EXPECT_EQ(number(total("new_leads", request()).target.value), 4);
  EXPECT_DOUBLE_EQ(total("new_leads", request()).attainment.value_or(kMissing), 0.5);  // 2 leads of 4
  EXPECT_EQ(reason(total("new_leads", request("2026-02-01", "2026-02-28")).target.value), "target_not_for_part");
}

TEST_F(TargetsTest, ChannelsHaveTheirOwnAndMakeNoTotal) {
  put_leads({"2026-01-01", "2026-01-15", "2026-01-31"}, {"Paid Search", "Paid Search", "Our Fair"});
  data_->put(TableBuilder("targets", 2).texts("kpi", {"new_leads", "new_leads"}).dates("period", {"2026-01-01", "2026-01-01"}).texts("channel", {"paid_search", "our fair"}).numbers("target", {4, 1}).build());
  const KpiTargets january = of(targets(request("2026-01-01", "2026-01-31", "channel")), "new_leads");
  EXPECT_EQ(reason(january.total.target.value), "no_target");
  ASSERT_EQ(january.by_member.size(), 2u);  // by rows: paid search, our fair
  EXPECT_DOUBLE_EQ(january.by_member[0].attainment.value_or(kMissing), 0.5);
  EXPECT_EQ(january.by_member[1].status, TargetStatus::kMet);
  ReportRequest narrowed = request("2026-01-01", "2026-01-31");
  narrowed.filters = {{"channel", {"paid_search"}}};
  EXPECT_EQ(number(of(targets(narrowed), "new_leads").total.target.value), 4);
}

TEST_F(TargetsTest, AFilteredFigureIsNotHeldAgainstTheTargetOfAll) {
  put_leads({"2026-01-01", "2026-01-31"}, {"Email", "Paid Search"});
  data_->put(TableBuilder("targets", 2).texts("kpi", {"new_leads"}).dates("period", {"2026-01-01"}).numbers("target", {4}).build());
  ReportRequest narrowed = request("2026-01-01", "2026-01-31");
  narrowed.filters = {{"channel", {"email", "paid_search"}}};
  EXPECT_EQ(reason(of(targets(narrowed), "new_leads").total.target.value), "target_filtered");
  narrowed.filters = {{"channel", {"email"}}};
  EXPECT_EQ(reason(of(targets(narrowed), "new_leads").total.target.value), "no_target");
}

TEST_F(TargetsTest, ContradictionsCountNowhereAndAreNamed) {
  put_leads({"2026-01-01", "2026-01-31"});
  data_->put(TableBuilder("targets", 2).texts("kpi", {"new_leads", "mqls"}).dates("period", {"2026-01-01", "2026-01-01"}).numbers("target", {4, 7}).build());
  data_->put(TableBuilder("targets", 3).texts("kpi", {"new_leads", "mqls"}).dates("period", {"2026-01-01", "2026-01-01"}).numbers("target", {5, 7}).build());
  EXPECT_EQ(reason(total("new_leads", request("2026-01-01", "2026-01-31")).target.value), "target_conflict");
  EXPECT_EQ(number(total("mqls", request("2026-01-01", "2026-01-31")).target.value), 7);  // said twice, the same
  EXPECT_EQ(data_->diagnostics(2).total(Code::target_conflict), 0u);
  EXPECT_EQ(data_->diagnostics(3).total(Code::target_conflict), 1u);
}

TEST_F(TargetsTest, WhatCountsNowhereIsNamed) {
  auto table = TableBuilder("targets", 2)
                   .texts("kpi", {"cost_per_leed", "win_rate", "new_leads", "mqls", "CPL"})
                   .dates("period", {"2026-01-01", "2026-01-01", "", "2026-02-01", "2026-01-01"})
                   .dates("period_end", {"2026-01-31", "2026-01-31", "", "2026-01-31", "2026-01-31"})
                   .numbers("target", {1, 20, 5, 6, 7})
                   .build();
  table->has_unreadable_dates = true;
  data_->put(std::move(table));
  const Diagnostics& found = data_->diagnostics(2);
  ASSERT_EQ(found.total(Code::target_kpi_unknown), 1u);
  for (const Diagnostics::Group& group : found.groups()) {
    if (group.code != Code::target_kpi_unknown) continue;
    EXPECT_EQ(std::get<std::string>(group.kept[0].arguments[0].second), "cost_per_leed");
    EXPECT_EQ(std::get<std::string>(group.kept[0].arguments[1].second).substr(0, 13), "cost_per_lead");
  }
  EXPECT_EQ(found.total(Code::target_not_a_share), 1u);     // 20 for a win rate
  EXPECT_EQ(found.total(Code::target_period_unknown), 2u);  // unreadable, and an end before its start
  const std::vector<TargetRow> rows = target_rows(*data_);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(catalog_->kpis()[rows[0].kpi].id, "cost_per_lead");  // by its synonym
}

TEST_F(TargetsTest, MoneyOfAnotherCurrencyIsNoTarget) {
  data_->put(TableBuilder("ad_spend", 1).dates("date", {"2026-01-01", "2026-01-31"}).numbers("cost", {50, 50}).currency("EUR").build());
  data_->put(TableBuilder("targets", 2).texts("kpi", {"media_spend"}).dates("period", {"2026-01-01"}).numbers("target", {90}).texts("currency", {"USD"}).build());
  data_->put(TableBuilder("targets", 3).texts("kpi", {"marketing_spend"}).dates("period", {"2026-01-01"}).numbers("target", {80}).texts("currency", {"EUR"}).build());
  const Judged spend = total("marketing_spend", request("2026-01-01", "2026-01-31"));
  EXPECT_EQ(number(spend.target.value), 80);
  EXPECT_EQ(*spend.difference, 20);
  data_->put(TableBuilder("targets", 3).texts("kpi", {"marketing_spend"}).dates("period", {"2026-01-01"}).numbers("target", {80}).texts("currency", {"USD"}).build());
  EXPECT_EQ(reason(total("marketing_spend", request("2026-01-01", "2026-01-31")).target.value), "currency_mixed");
}

TEST_F(TargetsTest, TargetsAreNoData) {
  put_leads({"2026-01-01", "2026-01-31"}, {"Email", "Email"});
  data_->put(TableBuilder("targets", 2).texts("kpi", {"new_leads"}).dates("period", {"2027-01-01"}).texts("channel", {"fax"}).texts("owner", {"Ann"}).numbers("target", {9}).build());
  const Report all = make_report(*data_, request("", "", "channel")).value();
  EXPECT_EQ(format_iso_date(all.data_last), "2026-01-31");
  EXPECT_EQ(all.member_order.size(), 1u);
  for (const std::string& dimension : available_dimensions(*data_)) EXPECT_NE(dimension, "owner");
}

}  // namespace
}  // namespace kpi
