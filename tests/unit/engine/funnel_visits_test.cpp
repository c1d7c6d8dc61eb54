// The funnel's leaks and times, by hand.
#include "core/engine/funnel_visits.h"

#include "core/engine/funnel_leaks.h"
#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

class FunnelVisitsTest : public test::EngineFixture {
 protected:
  FunnelVisits visits(const ReportRequest& request = {}) {
    const Result<ReportScope> scope = open_scope(*data_, request);
    EXPECT_TRUE(scope.ok());
    return funnel_visits(*data_, scope.value(), scope.value().group.get(), request.stages);
  }
  /// a advances to SQL, b is disqualified as an MQL, c waits as an MQL since March 4, d as a lead since June 1, e jumps to SQL.
  void put_leads() {
    data_->put(TableBuilder("leads", 1)
                   .keys("lead_id", {"a", "b", "c", "d", "e"})
                   .dates("created_at", {"2024-03-01", "2024-03-01", "2024-03-02", "2024-06-01", "2024-03-03"})
                   .dates("mql_at", {"2024-03-02", "2024-03-05", "2024-03-04", "", ""})
                   .dates("sql_at", {"2024-03-12", "", "", "", "2024-03-23"})
                   .dates("disqualified_at", {"", "2024-03-25", "", "", ""})
                   .texts("channel", {"Email", "Email", "Direct", "Direct", "Direct"})
                   .build());
  }
};

// The data ends on June 1: c has been idle for 89 days. Leads: 5, of whom 4 went on and d is open since that day. MQLs: a and e went on,
// b is out, c is open with a limit of 90 days and stale with one of 88.
TEST_F(FunnelVisitsTest, RowsAddUpToWhoEntered) {
  put_leads();
  for (const double limit : {90.0, 88.0}) {
    const Outcome<FunnelLeaks> made = funnel_leaks(visits(), limit, 1);
    ASSERT_TRUE(made.ok());
    ASSERT_EQ(made.value().stages.size(), 2U);
    const LeakageCell& leads = made.value().stages[0].all;
    const LeakageCell& mqls = made.value().stages[1].all;
    EXPECT_EQ(leads.entered, 5U);
    EXPECT_EQ(leads.advanced, 4U);
    EXPECT_EQ(leads.still_open, 1U);
    EXPECT_EQ(mqls.entered, 4U);
    EXPECT_EQ(mqls.advanced, 2U);
    EXPECT_EQ(mqls.disqualified, 1U);
    EXPECT_EQ(mqls.stale, limit == 88 ? 1U : 0U);
    EXPECT_EQ(mqls.still_open, limit == 88 ? 0U : 1U);
    EXPECT_DOUBLE_EQ(mqls.leakage_of_decided().value(), limit == 88 ? 2.0 / 4 : 1.0 / 3);
    EXPECT_DOUBLE_EQ(mqls.leakage_of_entered().value(), limit == 88 ? 2.0 / 4 : 1.0 / 4);
  }
}

// Times of MQLs: a 10 days to the next stage, b out after 20, c open after 89; e was never an MQL and has no time. A third is through
// after 10 days and for good: the median is not reached. Nobody was watched for 90 days, and c is open.
TEST_F(FunnelVisitsTest, TimesOfCompetingEnds) {
  put_leads();
  const Outcome<FunnelLeaks> made = funnel_leaks(visits(), 90, 1);
  ASSERT_TRUE(made.ok());
  const StageTimes& times = made.value().stages[1].times;
  EXPECT_EQ(times.timed, 3U);
  EXPECT_EQ(times.skipped, 1U);
  EXPECT_DOUBLE_EQ(times.advanced_by[0].value().share, 1.0 / 3);
  EXPECT_EQ(times.advanced_by[2].reason().code, "not_reached");
  EXPECT_DOUBLE_EQ(times.days_until[0].value(), 10);
  EXPECT_EQ(times.days_until[1].reason().code, "not_reached");
  EXPECT_DOUBLE_EQ(times.disqualified_by[0].value().share, 1.0 / 3);
  ASSERT_EQ(times.points.size(), 3U);
  for (const StagePoint& p : times.points) EXPECT_DOUBLE_EQ(p.advanced + p.disqualified + p.open, 1);
  EXPECT_DOUBLE_EQ(times.points[1].days, 20);
  EXPECT_EQ(times.points[1].at_risk, 2U);
}

TEST_F(FunnelVisitsTest, WindowFilterAndMembers) {
  put_leads();
  ReportRequest request = between("2024-03-01", "2024-03-02");
  request.group_by = "channel";
  const FunnelVisits march = visits(request);
  EXPECT_EQ(march.visits.size(), 4U) << "leads a, b and c, and the MQL a; d is no MQL, and e became one, if ever, with its SQL later";
  request = {};
  request.filters = {{"channel", {"direct"}}};
  const FunnelVisits direct = visits(request);
  EXPECT_EQ(direct.filtered, 2U);
  EXPECT_EQ(direct.visits.size(), 5U) << "c, d and e as leads, c and e as MQLs";
}

// A lead whose deals are all lost is out; one with an open deal beside it is not.
TEST_F(FunnelVisitsTest, DealsTellWhoIsOut) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a", "b", "c"}).dates("created_at", {"2024-03-01", "2024-03-01", "2024-03-01"}).build());
  data_->put(TableBuilder("opportunities", 2)
                 .keys("opportunity_id", {"1", "2", "3", "4"})
                 .keys("lead_id", {"a", "b", "b", "c"})
                 .dates("created_at", {"2024-03-11", "2024-03-11", "2024-03-12", "2024-03-13"})
                 .dates("closed_at", {"2024-03-31", "2024-03-31", "", "2024-04-10"})
                 .texts("deal_status", {"lost", "lost", "open", "won"})
                 .build());
  const Outcome<FunnelLeaks> made = funnel_leaks(visits(), 90, 1);
  ASSERT_TRUE(made.ok());
  ASSERT_EQ(made.value().stages.size(), 2U);
  const StageLeaks& deals = made.value().stages[1];
  EXPECT_EQ(deals.stage, LeadStage::kOpportunity);
  EXPECT_EQ(deals.all.entered, 3U);
  EXPECT_EQ(deals.all.advanced, 1U);
  EXPECT_EQ(deals.all.disqualified, 1U);
  EXPECT_EQ(deals.all.still_open, 1U);
}

// Of four disqualified MQLs two name the budget, however written, one says something else and one nothing; a lead whose deal was lost has the
// deal's reason, and that of the one that was lost last where several were. An open lead's remark is no reason.
TEST_F(FunnelVisitsTest, ReasonsAddUpToTheDisqualified) {
  data_->put(TableBuilder("leads", 1)
                 .keys("lead_id", {"a", "b", "c", "d", "e", "f"})
                 .dates("created_at", {"2024-03-01", "2024-03-01", "2024-03-01", "2024-03-01", "2024-03-01", "2024-03-01"})
                 .dates("mql_at", {"2024-03-02", "2024-03-02", "2024-03-02", "2024-03-02", "2024-03-02", "2024-03-02"})
                 .dates("disqualified_at", {"2024-03-05", "2024-03-05", "2024-03-05", "2024-03-05", "", ""})
                 .texts("disqualified_reason", {"No budget", "no_budget ", "Student", "", "", "Student"})
                 .build());
  data_->put(TableBuilder("opportunities", 2)
                 .keys("opportunity_id", {"1", "2"})
                 .keys("lead_id", {"e", "e"})
                 .dates("created_at", {"2024-03-03", "2024-03-03"})
                 .dates("closed_at", {"2024-03-09", "2024-03-08"})
                 .texts("deal_status", {"lost", "lost"})
                 .texts("lost_reason", {"Price", "Competitor"})
                 .build());
  const Outcome<FunnelLeaks> made = funnel_leaks(visits(), 90, 1);
  ASSERT_TRUE(made.ok());
  const FunnelLeaks& leaks = made.value();
  ASSERT_TRUE(leaks.knows_reasons);
  ASSERT_EQ(leaks.reasons.size(), 3U);
  EXPECT_EQ(leaks.reasons[0].label, "No budget");
  EXPECT_EQ(leaks.reasons[0].all, 2U);
  EXPECT_EQ(leaks.reasons[1].label, "Price");
  EXPECT_EQ(leaks.reasons[2].label, "Student");
  EXPECT_EQ(leaks.no_reason.all, 1U);
  for (std::size_t s = 0; s < leaks.stages.size(); ++s) {
    std::uint64_t all = leaks.no_reason.by_stage[s] + leaks.rest_reasons.by_stage[s];
    for (const ReasonCounts& reason : leaks.reasons) all += reason.by_stage[s];
    EXPECT_EQ(all, leaks.stages[s].all.disqualified) << s;
  }
  EXPECT_EQ(leaks.stages[1].all.disqualified, 4U);
  EXPECT_EQ(leaks.stages[2].all.disqualified, 1U);
}

TEST_F(FunnelVisitsTest, ManyReasonsArePutTogether) {
  std::vector<std::string> ids, days, reasons;
  for (std::size_t i = 0; i < kMaxReasons + 3; ++i) {
    for (std::size_t times = 0; times <= i; ++times) {
      ids.push_back(std::to_string(ids.size()));
      days.emplace_back("2024-03-01");
      reasons.push_back("reason " + std::to_string(i));
    }
  }
  data_->put(TableBuilder("leads", 1).keys("lead_id", ids).dates("created_at", days).dates("mql_at", days).dates("sql_at", std::vector<std::string>(ids.size())).dates("disqualified_at", days).texts("disqualified_reason", reasons).build());
  const Outcome<FunnelLeaks> made = funnel_leaks(visits(), 90, 1);
  ASSERT_TRUE(made.ok());
  ASSERT_EQ(made.value().reasons.size(), kMaxReasons);
  EXPECT_EQ(made.value().reasons[0].all, kMaxReasons + 3);
  EXPECT_EQ(made.value().rest_reason_count, 3U);
  EXPECT_EQ(made.value().rest_reasons.all, 1U + 2 + 3);
}

TEST_F(FunnelVisitsTest, WithoutWhatItTakes) {
  EXPECT_EQ(funnel_leaks(visits(), 90, 1).reason().code, "missing_input");
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a"}).dates("created_at", {"2024-03-01"}).build());
  EXPECT_EQ(funnel_leaks(visits(), 90, 1).reason().arguments, std::vector<std::string>{"mqls"});
}

}  // namespace
}  // namespace kpi
