// Values of an earlier time and of all members, by hand.
#include "core/engine/other_values.h"

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

class OtherValuesTest : public test::EngineFixture {
 protected:
  /// `count` qualified leads on each day.
  void put_leads(const std::vector<std::pair<const char*, int>>& days) {
    std::vector<std::string> ids, created, qualified;
    for (const auto& [day, count] : days) {
      for (int i = 0; i < count; ++i) {
        ids.push_back(std::to_string(ids.size()));
        created.emplace_back(day);
        qualified.emplace_back("yes");
      }
    }
    data_->put(TableBuilder("leads", 1).keys("lead_id", ids).dates("created_at", created).texts("is_qualified", qualified).build());
  }
};

TEST_F(OtherValuesTest, VelocityIsGrowthOverThePeriodBefore) {
  put_leads({{"2024-01-05", 10}, {"2024-02-05", 12}, {"2024-03-05", 9}});
  const KpiResult march = kpi_of("lead_velocity_rate", between("2024-03-01", "2024-03-31"));
  EXPECT_DOUBLE_EQ(number(march.value), -0.25);
  const KpiResult quarter = kpi_of("lead_velocity_rate", between("2024-01-01", "2024-03-31"));
  EXPECT_EQ(reason(quarter.value), "no_date") << "no quarter before";
  ASSERT_EQ(quarter.series.size(), 3U);
  EXPECT_EQ(reason(quarter.series[0]), "no_date");
  EXPECT_DOUBLE_EQ(number(quarter.series[1]), 0.2);
  EXPECT_DOUBLE_EQ(number(quarter.series[2]), -0.25);
  EXPECT_EQ(reason(kpi_of("lead_velocity_rate").value), "no_date") << "all data have no period before";
}

TEST_F(OtherValuesTest, WithoutQualifiedLeadsTheyAreWhatIsMissing) {
  const KpiResult k = kpi_of("lead_velocity_rate");
  ASSERT_TRUE(std::holds_alternative<Undefined>(k.value));
  EXPECT_EQ(std::get<Undefined>(k.value).arguments, std::vector<std::string>{"qualified_leads"});
}

// Spend of 1,000 in January, 2,000 in February, 3,000 in March; two customers in March, won 31 days after their creation.
class LaggedCostTest : public OtherValuesTest {
 protected:
  void SetUp() override {
    OtherValuesTest::SetUp();
    data_->put(TableBuilder("ad_spend", 1).dates("date", {"2024-01-10", "2024-02-10", "2024-03-10"}).numbers("cost", {1000, 2000, 3000}).texts("channel", {"Email", "Email", "Display"}).build());
    data_->put(TableBuilder("opportunities", 2)
                   .keys("opportunity_id", {"a", "b"})
                   .texts("account_name", {"A", "B"})
                   .texts("channel", {"Email", "Email"})
                   .dates("created_at", {"2024-02-05", "2024-02-15"})
                   .dates("closed_at", {"2024-03-07", "2024-03-17"})
                   .texts("deal_status", {"won", "won"})
                   .build());
  }
};

TEST_F(LaggedCostTest, CostIsOfAsLongBeforeAsTheMedianCycle) {
  // 31 days before March 1..31 is January 30 to February 29: the 2,000 of February.
  EXPECT_DOUBLE_EQ(number(kpi_of("cac_lagged", between("2024-03-01", "2024-03-31")).value), 1000);
  EXPECT_DOUBLE_EQ(number(kpi_of("cac_marketing", between("2024-03-01", "2024-03-31")).value), 1500) << "of the same month";
  EXPECT_DOUBLE_EQ(number(member_value("cac_lagged", between("2024-03-01", "2024-03-31"), "channel", "email")), 1000);
}

TEST_F(LaggedCostTest, ATypedLagCounts) {
  ReportRequest march = between("2024-03-01", "2024-03-31");
  march.parameters["lag_days"] = 0;
  EXPECT_DOUBLE_EQ(number(kpi_of("cac_lagged", march).value), 1500);
  march.parameters["lag_days"] = 60;  // January 1..31, and the data begin on the 10th
  EXPECT_EQ(reason(kpi_of("cac_lagged", march).value), "no_date") << "cost before the data would be missing in silence";
}

TEST_F(OtherValuesTest, AnswersAgainstTracking) {
  data_->put(TableBuilder("leads", 1)
                 .keys("lead_id", {"a", "b", "c", "d", "e"})
                 .dates("created_at", {"2024-05-01", "2024-05-01", "2024-05-01", "2024-05-01", "2024-05-01"})
                 .texts("channel", {"Direct", "Direct", "Paid Search", "", "Email"})
                 .texts("self_reported_source", {"Podcast", "podcast", "Email", "", "Webinar"})
                 .build());
  // Four answers: podcast 2, e-mail 1, webinar 1. The same four by tracking: direct 2, paid search 1, e-mail 1.
  EXPECT_DOUBLE_EQ(number(member_value("self_reported_share", {}, "channel", "webinar")), 0.25) << "a channel that only an answer names";
  EXPECT_DOUBLE_EQ(number(member_value("self_reported_share", {}, "channel", "")), 0.5) << "podcast is no known channel";
  EXPECT_DOUBLE_EQ(number(member_value("attribution_gap", {}, "channel", "")), 0.5);
  EXPECT_DOUBLE_EQ(number(member_value("self_reported_share", {}, "self_reported_source", "podcast")), 0.5);
  EXPECT_DOUBLE_EQ(number(member_value("attribution_gap", {}, "channel", "direct")), -0.5);
  EXPECT_DOUBLE_EQ(number(member_value("attribution_gap", {}, "channel", "email")), 0);
  EXPECT_DOUBLE_EQ(number(kpi_of("self_reported_share").value), 1);
  EXPECT_DOUBLE_EQ(number(kpi_of("attribution_gap").value), 0);
  EXPECT_DOUBLE_EQ(number(member_value("new_leads", {}, "channel", "direct")), 2) << "the channel of all else stays the tracked one";
}

// a runs on, b leaves after five months, c began too late to be a year old, d changes its plan without leaving.
TEST_F(OtherValuesTest, ACohortIsLookedAtAtItsAge) {
  data_->put(TableBuilder("subscriptions", 1)
                 .keys("subscription_id", {"1", "2", "3", "4", "5"})
                 .keys("customer_id", {"a", "b", "c", "d", "d"})
                 .dates("start_at", {"2023-01-10", "2023-01-15", "2024-03-01", "2023-01-20", "2023-06-20"})
                 .dates("end_at", {"", "2023-06-15", "", "2023-06-20", ""})
                 .numbers("mrr", {100, 100, 100, 50, 80})
                 .build());
  EXPECT_DOUBLE_EQ(number(kpi_of("cohort_retention").value), 2.0 / 3);
  ReportRequest young;
  young.parameters["cohort_age_months"] = 3;
  EXPECT_DOUBLE_EQ(number(kpi_of("cohort_retention", young).value), 1) << "c is not yet three months old";
}

}  // namespace
}  // namespace kpi
