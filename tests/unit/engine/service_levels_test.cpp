// Waiting times of leads and agreed times, by hand.
#include "core/engine/service_levels.h"

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

class ServiceLevelsTest : public test::EngineFixture {
 protected:
  /// a answered after 30 minutes, b after 26 hours, c never and due, d never and handed over in the last hours of the data, e has no times.
  void put_leads() {
    data_->put(TableBuilder("leads", 1)
                   .keys("lead_id", {"a", "b", "c", "d", "e"})
                   .texts("channel", {"Email", "Webinar", "Email", "Email", ""})
                   .dates("created_at", {"2024-05-01", "2024-05-01", "2024-05-02", "2024-05-09", "2024-05-02"})
                   .moments("handoff_at", {"2024-05-01 09:00", "2024-05-01 10:00", "2024-05-02 08:00", "2024-05-09 12:00", ""})
                   .moments("first_response_at", {"2024-05-01 09:30", "2024-05-02 12:00", "", "", ""})
                   .build());
  }
  void put_rules(const std::vector<double>& hours, const std::vector<std::string>& channels) {
    data_->put(TableBuilder("sla_rules", 2).numbers("sla_hours", hours).texts("channel", channels).build());
  }
};

TEST_F(ServiceLevelsTest, TheMedianWaitIsThatOfAnsweredLeads) {
  put_leads();
  EXPECT_DOUBLE_EQ(number(kpi_of("lead_response_time").value), (0.5 + 26) / 2);
  EXPECT_DOUBLE_EQ(number(kpi_of("follow_up_rate").value), 2.0 / 4);
  EXPECT_EQ(reason(kpi_of("sla_compliance_rate").value), "missing_input") << "nothing was agreed";
}

// Within 24 hours: a kept, b broken, c broken (due since May 3), d not due before May 10 at 12:00, e was never handed over.
TEST_F(ServiceLevelsTest, WhatIsNotDueCountsOnNeitherSide) {
  put_leads();
  put_rules({24}, {""});
  EXPECT_DOUBLE_EQ(number(kpi_of("sla_compliance_rate").value), 1.0 / 3);
  put_rules({6}, {""});
  EXPECT_DOUBLE_EQ(number(kpi_of("sla_compliance_rate").value), 1.0 / 4) << "with six hours d is due by the end of the last day";
}

TEST_F(ServiceLevelsTest, ARuleOfAChannelStandsInForTheGeneralOne) {
  put_leads();
  put_rules({24, 48}, {"", "webinar"});
  EXPECT_DOUBLE_EQ(number(kpi_of("sla_compliance_rate").value), 2.0 / 3);
  EXPECT_DOUBLE_EQ(number(member_value("sla_compliance_rate", {}, "channel", "webinar")), 1);
}

TEST_F(ServiceLevelsTest, RulesBetweenStagesCountWholeDaysWhereThereAreNoTimes) {
  data_->put(TableBuilder("leads", 1)
                 .keys("lead_id", {"a", "b", "c"})
                 .dates("created_at", {"2024-05-01", "2024-05-01", "2024-05-01"})
                 .dates("handoff_at", {"2024-05-02", "2024-05-02", "2024-05-02"})
                 .dates("mql_at", {"2024-05-02", "2024-05-02", "2024-05-02"})
                 .dates("sal_at", {"2024-05-03", "2024-05-05", ""})
                 .build());
  data_->put(TableBuilder("sla_rules", 2).texts("from_stage", {"MQL", "Narnia"}).texts("to_stage", {"SAL", "SAL"}).numbers("sla_hours", {24, 24}).build());
  EXPECT_DOUBLE_EQ(number(kpi_of("sla_compliance_rate").value), 1.0 / 3);
  EXPECT_EQ(data_->diagnostics(2).total(Code::sla_stage_unknown), 1U);
}

TEST_F(ServiceLevelsTest, DaysWithoutTimesGiveNoHours) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a"}).dates("created_at", {"2024-05-01"}).moments("handoff_at", {"2024-05-01"}).moments("first_response_at", {"2024-05-01"}).build());
  EXPECT_EQ(reason(kpi_of("lead_response_time").value), "missing_input");
}

}  // namespace
}  // namespace kpi
