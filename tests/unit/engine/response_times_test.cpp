// Answers to leads, by hand.
#include "core/engine/response_times.h"

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

class ResponseTimesTest : public test::EngineFixture {
 protected:
  Outcome<ResponseTimes> times(const ResponseRequest& asked) {
    const Result<ReportScope> scope = open_scope(*data_, ReportRequest{});
    EXPECT_TRUE(scope.ok());
    return response_times(*data_, scope.value(), StageRule::kReachedOrBeyond, asked);
  }
};

// May 3, 2024 is a Friday. a is answered after 10 minutes and converts, b after 3 days (Monday at 10, an hour of work after Friday at 17),
// c is never answered, d has no time of day, e was answered before it was handed over, f is not handed over at all.
TEST_F(ResponseTimesTest, ClockAndWorkingHours) {
  data_->put(TableBuilder("leads", 1)
                 .keys("lead_id", {"a", "b", "c", "d", "e", "f"})
                 .dates("created_at", {"2024-05-01", "2024-05-01", "2024-05-01", "2024-05-01", "2024-05-01", "2024-05-31"})
                 .moments("handoff_at", {"2024-05-03 09:00", "2024-05-03 17:00", "2024-05-03 09:00", "2024-05-03", "2024-05-03 09:00", ""})
                 .moments("first_response_at", {"2024-05-03 09:10", "2024-05-06 10:00", "", "2024-05-03 10:00", "2024-05-03 08:00", ""})
                 .dates("sql_at", {"2024-05-10", "", "", "", "", ""})
                 .build());
  ResponseRequest asked;
  asked.hours = BusinessCalendar{0x1F, 9 * 60, 18 * 60, {}, {}};
  const Outcome<ResponseTimes> made = times(asked);
  ASSERT_TRUE(made.ok());
  const ResponseTimes& result = made.value();
  EXPECT_EQ(result.goal, LeadStage::kSql);
  EXPECT_EQ(result.leads, 3U);
  EXPECT_EQ(result.untimed, 1U);
  EXPECT_EQ(result.before_handover, 1U);
  EXPECT_EQ(result.not_handed, 1U);
  EXPECT_EQ(result.clock.level.in_time, 1U);
  EXPECT_EQ(result.clock.level.late, 1U);
  EXPECT_EQ(result.clock.level.never_answered, 1U);
  EXPECT_EQ(result.clock.buckets[static_cast<std::size_t>(ResponseTime::kUnder30Minutes)].converted, 1U);
  EXPECT_EQ(result.clock.buckets[static_cast<std::size_t>(ResponseTime::kOver24Hours)].leads, 1U);
  EXPECT_EQ(result.clock.buckets[static_cast<std::size_t>(ResponseTime::kNever)].leads, 1U);
  ASSERT_TRUE(result.working);
  EXPECT_EQ(result.working->level.in_time, 2U);
  EXPECT_EQ(result.working->buckets[static_cast<std::size_t>(ResponseTime::kUpTo24Hours)].leads, 1U) << "two hours of work";
  EXPECT_DOUBLE_EQ(result.clock.quick.n, 1);
  EXPECT_DOUBLE_EQ(result.clock.slow.n, 1);
}

TEST_F(ResponseTimesTest, WithoutTimesOfDay) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a"}).dates("handoff_at", {"2024-05-03"}).dates("first_response_at", {"2024-05-03"}).build());
  EXPECT_EQ(times({}).reason().code, "missing_input");
}

}  // namespace
}  // namespace kpi
