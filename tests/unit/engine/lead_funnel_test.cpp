// Rates on cohort basis: who entered in a period, and who of them came further.
#include "core/engine/lead_funnel.h"

#include "core/engine/report.h"
#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

class LeadFunnelTest : public test::EngineFixture {
 protected:
  KpiResult of(const char* id, ReportRequest request = {}) {
    Result<Report> made = make_report(*data_, request);
    EXPECT_TRUE(made.ok());
    for (const KpiResult& k : made.value().kpis) {
      if (k.kpi->id == id) return k;
    }
    ADD_FAILURE() << "no KPI " << id;
    return {};
  }
  static ReportRequest march() {
    ReportRequest request;
    request.from = parse_iso_date("2024-03-01");
    request.to = parse_iso_date("2024-03-31");
    return request;
  }
};

// The reference's trap T1: 400 leads of March, 30 wins in March of which 6 are of leads of March: by period 7.5 %, by cohort so far 1.5 %.
TEST_F(LeadFunnelTest, PeriodAndCohortAreTwoNumbers) {
  std::vector<std::string> ids, created, customer;
  for (int i = 0; i < 424; ++i) {
    ids.push_back(std::to_string(i));
    created.emplace_back(i < 400 ? "2024-03-05" : "2024-01-10");
    customer.emplace_back(i < 6 || i >= 400 ? "2024-03-25" : "");
  }
  data_->put(TableBuilder("leads", 1).keys("lead_id", ids).dates("created_at", created).dates("customer_at", customer).build());
  std::vector<std::string> deals, closed, status;
  for (int i = 0; i < 30; ++i) {
    deals.push_back(std::to_string(i));
    closed.emplace_back("2024-03-25");
    status.emplace_back("won");
  }
  data_->put(TableBuilder("opportunities", 2).keys("opportunity_id", deals).dates("closed_at", closed).texts("deal_status", status).build());
  const KpiResult k = of("lead_to_customer_rate", march());
  EXPECT_EQ(k.basis, Basis::kCohort);
  EXPECT_DOUBLE_EQ(number(k.value), 0.015);
  ASSERT_TRUE(k.other_basis);
  EXPECT_DOUBLE_EQ(number(*k.other_basis), 0.075);
  EXPECT_TRUE(k.interval) << "a share of the same people";
  ReportRequest by_period = march();
  by_period.basis = Basis::kPeriod;
  const KpiResult p = of("lead_to_customer_rate", by_period);
  EXPECT_EQ(p.basis, Basis::kPeriod);
  EXPECT_DOUBLE_EQ(number(p.value), 0.075);
  EXPECT_DOUBLE_EQ(number(*p.other_basis), 0.015);
  EXPECT_FALSE(p.interval) << "wins of the period are no part of its leads";
}

// By hand: a passes all stages, b jumps from lead to customer on March 9, c stays an MQL, d is an MQL of April.
// Any stage: MQLs of March are a, b (entered when the next known stage was) and c; SQLs of them a and b. All stages: a and c; a.
TEST_F(LeadFunnelTest, SkippedStagesCountByTheRule) {
  data_->put(TableBuilder("leads", 1)
                 .keys("lead_id", {"a", "b", "c", "d"})
                 .dates("created_at", {"2024-03-01", "2024-03-01", "2024-03-02", "2024-03-03"})
                 .dates("mql_at", {"2024-03-02", "", "2024-03-04", "2024-04-02"})
                 .dates("sql_at", {"2024-04-05", "", "", ""})
                 .dates("customer_at", {"2024-05-06", "2024-03-09", "", ""})
                 .build());
  EXPECT_DOUBLE_EQ(number(of("mql_to_sql_rate", march()).value), 2.0 / 3);
  ReportRequest strict = march();
  strict.stages = StageRule::kStrict;
  EXPECT_DOUBLE_EQ(number(of("mql_to_sql_rate", strict).value), 1.0 / 2);
  EXPECT_DOUBLE_EQ(number(of("lead_to_mql_rate", march()).value), 1) << "d too: whenever that was";
  EXPECT_DOUBLE_EQ(number(of("lead_to_mql_rate", strict).value), 3.0 / 4);
  EXPECT_DOUBLE_EQ(number(of("lead_to_customer_rate", march()).value), 2.0 / 4);
  EXPECT_DOUBLE_EQ(number(of("lead_to_customer_rate", strict).value), 1.0 / 4);
}

// A file with nothing but the stage of today: everybody counts with the day of creation.
TEST_F(LeadFunnelTest, StagesWithoutDatesCountByCreation) {
  data_->put(TableBuilder("leads", 1)
                 .keys("lead_id", {"a", "b", "c", "d"})
                 .dates("created_at", {"2024-03-01", "2024-03-01", "2024-03-02", "2024-04-03"})
                 .texts("lead_stage", {"SQL", "MQL", "Lead", "SQL"})
                 .build());
  EXPECT_DOUBLE_EQ(number(of("mql_to_sql_rate", march()).value), 1.0 / 2);
  EXPECT_DOUBLE_EQ(number(of("lead_to_mql_rate", march()).value), 2.0 / 3);
}

// Leads know nothing of customers, deals name their leads: a won and b lost; c's deal is of a lead that is in no file.
TEST_F(LeadFunnelTest, DealsThatNameTheirLeadTellItsCustomers) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a", "b", "x"}).dates("created_at", {"2024-03-01", "2024-03-01", "2024-03-02"}).build());
  data_->put(TableBuilder("opportunities", 2)
                 .keys("opportunity_id", {"1", "2", "3"})
                 .keys("lead_id", {"a", "b", "c"})
                 .dates("created_at", {"2024-03-05", "2024-03-05", "2024-03-05"})
                 .dates("closed_at", {"2024-05-01", "2024-05-02", "2024-03-30"})
                 .texts("deal_status", {"won", "lost", "won"})
                 .build());
  const KpiResult k = of("lead_to_customer_rate", march());
  EXPECT_DOUBLE_EQ(number(k.value), 1.0 / 3);
  EXPECT_DOUBLE_EQ(number(*k.other_basis), 1.0 / 3) << "by period: the win of c in March over three leads";
}

// Three SQLs created in March by the stage of today, which no column dates; a's deal is of April. Of the SQLs of March one has a deal; the
// date of the deal must not make a the only SQL that is in a period.
TEST_F(LeadFunnelTest, AStageThatNothingDatesIsEnteredAtCreationByAll) {
  data_->put(TableBuilder("leads", 1)
                 .keys("lead_id", {"a", "b", "c", "d"})
                 .dates("created_at", {"2024-03-01", "2024-03-01", "2024-03-02", "2024-03-03"})
                 .texts("lead_stage", {"SQL", "SQL", "SQL", "MQL"})
                 .build());
  data_->put(TableBuilder("opportunities", 2).keys("opportunity_id", {"1"}).keys("lead_id", {"a"}).dates("created_at", {"2024-04-05"}).build());
  EXPECT_DOUBLE_EQ(number(of("sql_to_opportunity_rate", march()).value), 1.0 / 3);
}

// The same deal twice, the second time with another lead: counted once, so b has no customer.
TEST_F(LeadFunnelTest, ARepeatedDealTellsNothingMore) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a", "b"}).dates("created_at", {"2024-03-01", "2024-03-01"}).build());
  data_->put(TableBuilder("opportunities", 2)
                 .keys("opportunity_id", {"1", "1"})
                 .keys("lead_id", {"a", "b"})
                 .dates("created_at", {"2024-03-05", "2024-03-05"})
                 .dates("closed_at", {"2024-05-01", "2024-05-01"})
                 .texts("deal_status", {"won", "won"})
                 .build());
  EXPECT_DOUBLE_EQ(number(of("lead_to_customer_rate", march()).value), 1.0 / 2);
}

// The leads tell opportunities by the stage of today, the deals tell their customers: a is an opportunity, though nothing says since when.
TEST_F(LeadFunnelTest, DealsDateNoStageThatTheLeadsTell) {
  data_->put(TableBuilder("leads", 1)
                 .keys("lead_id", {"a", "b"})
                 .dates("created_at", {"2024-03-01", "2024-03-01"})
                 .dates("sql_at", {"2024-03-02", "2024-03-04"})
                 .texts("lead_stage", {"Opportunity", "SQL"})
                 .build());
  data_->put(TableBuilder("opportunities", 2).keys("opportunity_id", {"1"}).keys("lead_id", {"x"}).texts("deal_status", {"won"}).build());
  ReportRequest strict = march();
  strict.stages = StageRule::kStrict;
  EXPECT_DOUBLE_EQ(number(of("sql_to_opportunity_rate", strict).value), 1.0 / 2);
}

// The leads say which were won but not when. All stages: a is an MQL and won, b jumped. Not knowing the day is not having lost.
TEST_F(LeadFunnelTest, AWonDealWithoutADateIsPassedAllTheSame) {
  data_->put(TableBuilder("leads", 1)
                 .keys("lead_id", {"a", "b", "c", "d"})
                 .dates("created_at", {"2024-03-01", "2024-03-01", "2024-03-02", "2024-03-03"})
                 .dates("mql_at", {"2024-03-02", "", "2024-03-04", ""})
                 .texts("deal_status", {"won", "won", "open", "open"})
                 .build());
  ReportRequest strict = march();
  strict.stages = StageRule::kStrict;
  EXPECT_DOUBLE_EQ(number(of("lead_to_customer_rate", march()).value), 2.0 / 4);
  EXPECT_DOUBLE_EQ(number(of("lead_to_customer_rate", strict).value), 1.0 / 4);
}

TEST_F(LeadFunnelTest, WithoutRowsOnlyThePeriodIsKnown) {
  const KpiResult k = of("mql_to_sql_rate");
  EXPECT_EQ(k.basis, Basis::kPeriod);
  EXPECT_EQ(reason(k.value), "missing_input");
  EXPECT_EQ(std::get<Undefined>(k.value).arguments, (std::vector<std::string>{"sqls", "mqls"}));
}

// Deals created in March: two won so far (one of them in May), one lost, one open: 2 of 4. By period one won and one lost in March: 1 of 2.
TEST_F(LeadFunnelTest, TheWinRateByCohortCountsTheDealsCreatedInThePeriod) {
  data_->put(TableBuilder("opportunities", 2)
                 .keys("opportunity_id", {"1", "2", "3", "4", "5"})
                 .dates("created_at", {"2024-03-05", "2024-03-05", "2024-03-05", "2024-03-06", "2024-01-06"})
                 .dates("closed_at", {"2024-05-01", "2024-03-31", "2024-04-30", "", "2024-03-02"})
                 .texts("deal_status", {"won", "won", "lost", "open", "lost"})
                 .build());
  const KpiResult k = of("win_rate_by_cohort", march());
  EXPECT_DOUBLE_EQ(number(k.value), 0.5);
  EXPECT_EQ(k.basis, Basis::kCohort);
  EXPECT_FALSE(k.other_basis);
  EXPECT_DOUBLE_EQ(number(of("win_rate", march()).value), 0.5);
}

}  // namespace
}  // namespace kpi
