// Scores against what became of them, and sign-ups against activations.
#include "core/engine/outcomes.h"

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

class OutcomesTest : public test::EngineFixture {};

// The reference's golden number: won 90 80 55 40, lost 70 55 30 20 10 -> 0.825. An open lead of 100 and one without a score change nothing.
TEST_F(OutcomesTest, AScoreIsAsGoodAsItRanks) {
  std::vector<std::string> ids, created, won, lost;
  const std::vector<double> scores = {90, 80, 55, 40, 70, 55, 30, 20, 10, 100, kMissing};
  for (std::size_t i = 0; i < scores.size(); ++i) {
    ids.push_back(std::to_string(i));
    created.emplace_back("2024-05-01");
    won.emplace_back(i < 4 || i == 10 ? "2024-06-01" : "");
    lost.emplace_back(i >= 4 && i < 9 ? "2024-06-01" : "");
  }
  data_->put(TableBuilder("leads", 1).keys("lead_id", ids).dates("created_at", created).numbers("score", scores).dates("customer_at", won).dates("disqualified_at", lost).build());
  EXPECT_DOUBLE_EQ(number(kpi_of("lead_score_auc").value), 0.825);
}

TEST_F(OutcomesTest, WithoutLossesWhoeverIsNoCustomerIsLost) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a", "b", "c"}).dates("created_at", {"2024-05-01", "2024-05-01", "2024-05-01"}).numbers("score", {9, 5, 7}).texts("lead_stage", {"Customer", "Lead", "MQL"}).build());
  EXPECT_DOUBLE_EQ(number(kpi_of("lead_score_auc").value), 1);
}

TEST_F(OutcomesTest, OneOutcomeAloneRanksNothing) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a", "b"}).dates("created_at", {"2024-05-01", "2024-05-01"}).numbers("score", {9, 5}).texts("lead_stage", {"Customer", "Customer"}).build());
  EXPECT_EQ(reason(kpi_of("lead_score_auc").value), "too_few_rows");
}

// u signs up twice and is activated in June, v before signing up, w never; x is activated without a sign-up.
TEST_F(OutcomesTest, ActivationFollowsTheUsersWhoSignedUp) {
  data_->put(TableBuilder("web_events", 1)
                 .keys("user_id", {"u", "u", "v", "w", "u", "v", "x"})
                 .texts("web_event", {"signup", "signup", "signup", "signup", "activation", "activation", "activation"})
                 .dates("date", {"2024-05-01", "2024-05-03", "2024-05-02", "2024-05-04", "2024-06-02", "2024-04-30", "2024-05-05"})
                 .build());
  const KpiResult may = kpi_of("activation_rate", between("2024-05-01", "2024-05-31"));
  EXPECT_EQ(may.basis, Basis::kCohort);
  EXPECT_DOUBLE_EQ(number(may.value), 1.0 / 3);
  EXPECT_DOUBLE_EQ(number(*may.other_basis), 1.0 / 4) << "one activation, four sign-ups";
}

// u and v convert in small, u in large too (before); w only in large; a micro conversion without a user is nobody's.
TEST_F(OutcomesTest, SmallStepsThatLeadToTheMainOne) {
  data_->put(TableBuilder("web_events", 1)
                 .keys("user_id", {"u", "u", "u", "v", "w", ""})
                 .texts("web_event", {"purchase", "newsletter", "newsletter", "newsletter", "purchase", "newsletter"})
                 .dates("date", {"2024-04-01", "2024-05-01", "2024-05-02", "2024-05-02", "2024-05-03", "2024-05-04"})
                 .build());
  EXPECT_DOUBLE_EQ(number(kpi_of("micro_to_macro_rate").value), 0.5);
  EXPECT_DOUBLE_EQ(number(kpi_of("micro_to_macro_rate", between("2024-05-01", "2024-05-01")).value), 1);
}

}  // namespace
}  // namespace kpi
