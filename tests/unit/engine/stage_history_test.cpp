// Stages from a history of changes, by hand.
#include "core/engine/stage_history.h"

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

class StageHistoryTest : public test::EngineFixture {
 protected:
  // a: MQL May 2 to 6, SQL May 6 to 16, customer. b: MQL May 3, then nothing. The rows are out of order; x is nobody's.
  void put_history() {
    data_->put(TableBuilder("stage_history", 2)
                   .keys("lead_id", {"a", "a", "b", "a", "x"})
                   .texts("stage", {"SQL", "MQL", "Marketing Qualified Lead", "Customer", "MQL"})
                   .dates("entered_at", {"2024-05-06", "2024-05-02", "2024-05-03", "2024-05-16", "2024-05-01"})
                   .build());
  }
};

TEST_F(StageHistoryTest, TheNextStageEndsTheOneBefore) {
  put_history();
  EXPECT_DOUBLE_EQ(number(kpi_of("time_in_stage").value), 7) << "of 4 and 10 days, halfway";
  EXPECT_DOUBLE_EQ(number(member_value("time_in_stage", {}, "stage", "sql")), 10);
}

TEST_F(StageHistoryTest, GivesLeadsTheirStageDates) {
  put_history();
  EXPECT_EQ(reason(kpi_of("mqls").value), "missing_input") << "without leads there is nothing to date";
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a", "b", "c"}).dates("created_at", {"2024-05-01", "2024-05-01", "2024-05-01"}).build());
  EXPECT_DOUBLE_EQ(number(kpi_of("mqls").value), 2);
  EXPECT_DOUBLE_EQ(number(kpi_of("mql_to_sql_rate", between("2024-05-01", "2024-05-31")).value), 0.5);
  EXPECT_DOUBLE_EQ(number(kpi_of("stage_dwell_time").value), 1.5) << "1 and 2 days from creation to MQL";
  EXPECT_EQ(data_->diagnostics(2).total(Code::stage_history_unmatched), 1U);
}

TEST_F(StageHistoryTest, TheLeadsOwnDatesCount) {
  put_history();
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a", "b"}).dates("created_at", {"2024-05-01", "2024-05-01"}).dates("mql_at", {"2024-05-05", ""}).build());
  EXPECT_DOUBLE_EQ(number(kpi_of("stage_dwell_time").value), 4);
  data_->remove(2);
  EXPECT_EQ(reason(kpi_of("sqls").value), "missing_input") << "what was derived goes with its file";
}

TEST_F(StageHistoryTest, ADateOfLeavingCounts) {
  data_->put(TableBuilder("stage_history", 2)
                 .keys("opportunity_id", {"d", "d"})
                 .texts("stage", {"Proposal", "Negotiation"})
                 .dates("entered_at", {"2024-05-01", "2024-05-11"})
                 .dates("left_at", {"2024-05-04", ""})
                 .build());
  EXPECT_DOUBLE_EQ(number(kpi_of("time_in_stage").value), 3);
}

}  // namespace
}  // namespace kpi
