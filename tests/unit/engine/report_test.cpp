#include "core/engine/report.h"

#include <gtest/gtest.h>

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

class ReportTest : public test::EngineFixture {
 protected:
  Report report(const ReportRequest& request) {
    Result<Report> made = make_report(*data_, request);
    EXPECT_TRUE(made.ok());
    return std::move(made).value();
  }
  static const KpiResult& of(const Report& report, std::string_view id) {
    for (const KpiResult& k : report.kpis) {
      if (k.kpi->id == id) return k;
    }
    ADD_FAILURE() << "no KPI " << id;
    return report.kpis.front();
  }
};

// Golden number of the catalogue, section 6: CPL of (10 000, 400), (10 000, 100), (2 000, 10) is 43.137254902 in all, never the
// mean 108.33 nor the sum 325 of the rows.
TEST_F(ReportTest, ATotalIsTheRatioOfSums) {
  std::vector<std::string> ids, channels;
  const auto add = [&](const char* channel, int leads) {
    for (int i = 0; i < leads; ++i) {
      ids.push_back(std::string(channel) + std::to_string(i));
      channels.emplace_back(channel);
    }
  };
  add("one", 400);
  add("two", 100);
  add("three", 10);
  data_->put(TableBuilder("leads", 1).keys("lead_id", ids).texts("channel", channels).build());
  data_->put(TableBuilder("ad_spend", 2).texts("channel", {"one", "two", "three"}).numbers("cost", {10000, 10000, 2000}).build());
  ReportRequest request;
  request.group_by = "channel";
  const Report r = report(request);
  const KpiResult& cpl = of(r, "cost_per_lead");
  EXPECT_NEAR(number(cpl.value), 43.137254902, 1e-9);
  ASSERT_EQ(r.member_order.size(), 3u);
  EXPECT_EQ(r.group->members()[r.member_order[0]].key, "one");
  EXPECT_DOUBLE_EQ(number(cpl.by_member[0]), 25);
  EXPECT_DOUBLE_EQ(number(cpl.by_member[1]), 100);
  EXPECT_DOUBLE_EQ(number(cpl.by_member[2]), 200);
}

// Golden number of the catalogue, section 6: Wilson 95 % of 5/40 is 5.460 to 26.112 %.
TEST_F(ReportTest, ARateCarriesItsCountsAndItsInterval) {
  std::vector<std::string> ids, stages;
  for (int i = 0; i < 40; ++i) {
    ids.push_back(std::to_string(i));
    stages.emplace_back(i < 5 ? "Won" : "Lost");
  }
  data_->put(TableBuilder("opportunities", 1).keys("opportunity_id", ids).texts("deal_stage", stages).build());
  const Report r = report({});
  const KpiResult& win = of(r, "win_rate");
  EXPECT_DOUBLE_EQ(number(win.value), 0.125);
  ASSERT_TRUE(win.interval);
  EXPECT_NEAR(win.interval->low, 0.05460, 5e-6);
  EXPECT_NEAR(win.interval->high, 0.26112, 5e-6);
  EXPECT_EQ(win.denominator.value_or(0), 40);
}

TEST_F(ReportTest, ComparesWithThePeriodBefore) {
  data_->put(TableBuilder("ad_spend", 1).dates("date", {"2024-01-10", "2024-02-10", "2024-02-11"}).numbers("cost", {10, 20, 5}).numbers("clicks", {5, 5, 0}).build());
  ReportRequest request;
  request.from = parse_iso_date("2024-02-01");
  request.to = parse_iso_date("2024-02-29");
  request.compare = {CompareKind::kPreviousPeriod, 1};
  const Report r = report(request);
  const KpiResult& cpc = of(r, "cost_per_click");
  EXPECT_DOUBLE_EQ(number(cpc.value), 5);
  ASSERT_TRUE(cpc.compared);
  EXPECT_DOUBLE_EQ(number(*cpc.compared), 2);
  request.compare = {CompareKind::kSamePeriodLastYear, 1};
  EXPECT_EQ(reason(*of(report(request), "cost_per_click").compared), "no_rows");
}

// December until the 20th against November until the 20th: 30 against 10, and not against the 1,010 of the whole month.
TEST_F(ReportTest, APeriodThatStillRunsIsComparedSoFar) {
  data_->put(TableBuilder("ad_spend", 1).dates("date", {"2025-11-20", "2025-11-25", "2025-12-20"}).numbers("cost", {10, 1000, 30}).build());
  ReportRequest request;
  request.from = parse_iso_date("2025-12-01");
  request.to = parse_iso_date("2025-12-31");
  request.compare = {CompareKind::kPreviousPeriod, 1};
  const Report so_far = report(request);
  EXPECT_TRUE(so_far.compared->is_so_far);
  EXPECT_DOUBLE_EQ(number(*of(so_far, "marketing_spend").compared), 10);
  request.is_compared_so_far = false;
  const Report whole = report(request);
  EXPECT_FALSE(whole.compared->is_so_far);
  EXPECT_DOUBLE_EQ(number(*of(whole, "marketing_spend").compared), 1010);
}

// A full outer join: "new" has no earlier cost and "gone" no cost now, and both stay in the table.
TEST_F(ReportTest, MembersThatAreNewOrGoneStayInAComparison) {
  data_->put(TableBuilder("ad_spend", 1)
                 .dates("date", {"2025-01-10", "2025-01-11", "2025-02-10", "2025-02-11"})
                 .texts("campaign", {"gone", "both", "both", "new"})
                 .numbers("cost", {5, 7, 8, 9})
                 .build());
  ReportRequest request;
  request.from = parse_iso_date("2025-02-01");
  request.to = parse_iso_date("2025-02-28");
  request.group_by = "campaign";
  request.compare = {CompareKind::kPreviousPeriod, 1};
  request.compare_also = {{CompareKind::kSamePeriodLastYear, 1}, {CompareKind::kPreviousPeriod, 2}};
  const Report r = report(request);
  const KpiResult& spend = of(r, "marketing_spend");
  ASSERT_EQ(r.member_order.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string& key = r.group->members()[r.member_order[i]].key;
    EXPECT_EQ(number(spend.by_member[i]), key == "both" ? 8 : key == "new" ? 9 : 0) << key;
    EXPECT_EQ(number(spend.compared_by_member[i]), key == "both" ? 7 : key == "gone" ? 5 : 0) << key;
  }
  ASSERT_EQ(r.compared_also.size(), 2u);
  EXPECT_EQ(format_iso_date(r.compared_also[1].window.first), "2024-12-01");
  EXPECT_EQ(reason(spend.compared_also[0]), "no_rows") << "nothing is known of that year";
}

// January in dollars, February in euros: a change from one to the other is no change, and no line leads from one to the other.
TEST_F(ReportTest, FiguresOfTwoCurrenciesNeverStandSideBySide) {
  data_->put(TableBuilder("ad_spend", 1)
                 .dates("date", {"2025-01-10", "2025-02-10"})
                 .texts("campaign", {"one", "one"})
                 .texts("currency", {"USD", "EUR"})
                 .numbers("cost", {200, 100})
                 .build());
  ReportRequest request;
  request.from = parse_iso_date("2025-02-01");
  request.to = parse_iso_date("2025-02-28");
  request.group_by = "campaign";
  request.compare = {CompareKind::kPreviousPeriod, 1};
  const Report february = report(request);
  const KpiResult& spend = of(february, "marketing_spend");
  EXPECT_DOUBLE_EQ(number(spend.value), 100);
  EXPECT_EQ(reason(*spend.compared), "currency_mixed");
  EXPECT_EQ(reason(spend.compared_by_member[0]), "currency_mixed");
  EXPECT_EQ(reason(spend.compared_series[0]), "currency_mixed");
  const Report both = report({});
  EXPECT_EQ(reason(of(both, "marketing_spend").value), "currency_mixed");
}

TEST_F(ReportTest, OneKpiWithoutAValueDoesNotStopTheOthers) {
  data_->put(TableBuilder("ad_spend", 1).numbers("cost", {10}).numbers("clicks", {0}).numbers("impressions", {0}).build());
  const Report r = report({});
  EXPECT_EQ(reason(of(r, "click_through_rate").value), "denominator_zero");
  EXPECT_EQ(reason(of(r, "cost_per_lead").value), "missing_input");
  EXPECT_DOUBLE_EQ(number(of(r, "marketing_spend").value), 10);
}

TEST_F(ReportTest, NamesAllMissingInputs) {
  const Report r = report({});
  const Undefined* u = std::get_if<Undefined>(&of(r, "romi").value);
  ASSERT_NE(u, nullptr);
  EXPECT_EQ(u->code, "missing_input");
  EXPECT_EQ(u->arguments, (std::vector<std::string>{"revenue", "gross_margin", "media_spend"}));
}

TEST_F(ReportTest, TellsWhichFileWouldOpenMore) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a"}).dates("created_at", {"2024-01-01"}).build());
  const Report r = report({});
  const std::vector<Opportunity> next = next_tables(*data_, r);
  bool is_ad_spend_named = false;
  for (const Opportunity& o : next) {
    if (o.table != "ad_spend") continue;
    is_ad_spend_named = std::find(o.kpis.begin(), o.kpis.end(), "cost_per_lead") != o.kpis.end();
  }
  EXPECT_TRUE(is_ad_spend_named);
}

TEST_F(ReportTest, UnknownDimensionsAndKpisNameTheNearest) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a"}).texts("channel", {"x"}).build());
  ReportRequest request;
  request.group_by = "chanel";
  const Result<Report> made = make_report(*data_, request);
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, Code::dimension_unknown);
  EXPECT_EQ(std::get<std::string>(made.error().arguments[1].second), "channel");
  const Result<Explanation> explained = explain(*data_, {}, "cost_per_leed", "", "");
  ASSERT_FALSE(explained.ok());
  EXPECT_EQ(explained.error().code, Code::kpi_unknown);
}

TEST_F(ReportTest, AnExplanationRecomputesTheValue) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a", "b", "c", "d"}).texts("channel", {"x", "x", "x", "y"}).build());
  data_->put(TableBuilder("ad_spend", 2).texts("channel", {"x", "y"}).numbers("cost", {30, 50}).build());
  const Result<Explanation> whole = explain(*data_, {}, "cost_per_lead", "", "");
  ASSERT_TRUE(whole.ok());
  EXPECT_DOUBLE_EQ(number(whole.value().trace.value), 20);
  ASSERT_EQ(whole.value().trace.children.size(), 2u);
  EXPECT_EQ(whole.value().trace.operation, "divide");
  EXPECT_DOUBLE_EQ(number(whole.value().trace.children[0].value), 80);
  ASSERT_EQ(whole.value().inputs.size(), 2u);
  EXPECT_EQ(whole.value().inputs[1].files.at(0).rows, 4u);
  const Result<Explanation> member = explain(*data_, {}, "cost_per_lead", "channel", "x");
  ASSERT_TRUE(member.ok());
  EXPECT_DOUBLE_EQ(number(member.value().trace.value), 10);
}

TEST_F(ReportTest, PeriodsThatEndBeforeTheyBeginAreRefused) {
  ReportRequest request;
  request.from = parse_iso_date("2024-02-01");
  request.to = parse_iso_date("2024-01-01");
  const Result<Report> made = make_report(*data_, request);
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, Code::date_invalid);
}

// A CRM that clears the amount of lost deals: 1 of 3 deals is won, yet all of the closed amount is.
TEST_F(ReportTest, ARateByAmountIsDoubtfulWhereLostDealsHaveNone) {
  const auto checks = [&](std::vector<double> amounts) {
    data_->put(TableBuilder("opportunities", 1).texts("deal_stage", {"Won", "Lost", "Lost"}).numbers("amount", std::move(amounts)).build());
    return of(report({}), "win_rate_by_amount").checks;
  };
  EXPECT_EQ(checks({300, 0, 0}), std::vector<std::string_view>{"lost_without_amounts"});
  EXPECT_TRUE(checks({300, 200, 0}).empty());
}

// Two won deals without amounts beside three won leads that carry them: 900 / 2 would be nobody's average.
TEST_F(ReportTest, DealsFromTwoSourcesInOneFigureAreMarked) {
  const std::vector<std::string> days = {"2024-01-05", "2024-02-05", "2024-03-05"};
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a", "b", "c"}).texts("deal_status", {"Won", "Won", "Won"}).dates("closed_at", days).numbers("amount", {200, 300, 400}).build());
  data_->put(TableBuilder("opportunities", 2).texts("deal_stage", {"Won", "Won"}).build());
  const Report mixed = report({});
  EXPECT_EQ(number(of(mixed, "average_deal_size").value), 450);
  EXPECT_EQ(of(mixed, "average_deal_size").checks, std::vector<std::string_view>{"deal_sources_mixed"});
  EXPECT_TRUE(of(mixed, "won_deals").checks.empty());
  data_->put(TableBuilder("opportunities", 2).texts("deal_stage", {"Won", "Won"}).numbers("amount", {500, 600}).build());
  EXPECT_TRUE(of(report({}), "average_deal_size").checks.empty());
}

// A file that lacks the dimension has no place in any member, not even in "no value": its rows are in the total only.
TEST_F(ReportTest, RowsOfAFileWithoutTheDimensionBelongToNoMember) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a", "b", "c"}).texts("campaign", {"x", "x", ""}).build());
  data_->put(TableBuilder("leads", 2).keys("lead_id", {"d", "e"}).build());
  ReportRequest request;
  request.group_by = "campaign";
  const Report made = report(request);
  const KpiResult& leads = of(made, "new_leads");
  EXPECT_EQ(number(leads.value), 5);
  ASSERT_EQ(leads.by_member.size(), 2U);
  double in_members = 0;
  for (const Value& value : leads.by_member) in_members += number(value);
  EXPECT_EQ(in_members, 3);
}

}  // namespace
}  // namespace kpi
