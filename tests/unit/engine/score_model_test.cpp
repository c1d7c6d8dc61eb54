#include "core/engine/score_model.h"

#include <gtest/gtest.h>

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

class ScoreModelTest : public test::EngineFixture {
 protected:
  ScoredLeads leads(const ReportRequest& request = {}) { return scored_leads(*data_, request).value(); }
  /// 200 leads, one a day, every second from A; of A every second became a customer within 10 days, of B every tenth. The score says nothing.
  void put_two_channels() {
    std::vector<std::string> created, customers, channels, owners;
    std::vector<double> scores;
    for (std::int32_t i = 0; i < 200; ++i) {
      const Day day = *parse_iso_date("2025-01-01") + i;
      const bool is_a = i % 2 == 0, is_won = is_a ? i % 4 == 0 : i % 20 == 1;
      created.push_back(format_iso_date(day));
      customers.push_back(is_won ? format_iso_date(day + 10) : "");
      channels.push_back(is_a ? "Alpha" : "Beta");
      owners.push_back(is_won ? "Ann" : "Bob");
      scores.push_back(i * 37 % 100);
    }
    data_->put(TableBuilder("leads", 1).dates("created_at", created).dates("customer_at", customers).texts("campaign", channels).texts("owner", owners).numbers("score", scores).build());
  }
};

TEST_F(ScoreModelTest, LeadsThatSayNothingYetAreCountedAndLeftOut) {
  data_->put(TableBuilder("leads", 1)
                 .keys("lead_id", {"a", "b", "c", "d", "e", "a"})
                 .dates("created_at", {"2025-01-01", "2025-01-05", "2025-01-20", "2025-01-10", "2025-01-30", "2025-01-01"})
                 .dates("customer_at", {"2025-01-21", "", "2025-01-31", "", "", ""})
                 .numbers("score", {90, 20, 70, kMissing, 50, 90})
                 .build());
  const ScoredLeads l = leads();
  EXPECT_EQ(l.median_days, 15.5);  // of 20 and 11 days
  EXPECT_EQ(l.repeated, 1U);
  EXPECT_EQ(l.unscored, 1U);
  EXPECT_EQ(l.young, 2U);  // c and e, 11 and 1 days old on 31 January
  ASSERT_EQ(l.scores.size(), 2U);
  EXPECT_EQ(l.scores[0], 90);
  EXPECT_EQ(l.outcomes[0], 1);
  EXPECT_EQ(l.outcomes[1], 0);
}

TEST_F(ScoreModelTest, AFittedScoreFindsTheTraitThatMatters) {
  put_two_channels();
  const ScoredLeads l = leads();
  EXPECT_EQ(l.median_days, 10);
  const Outcome<FittedScore> fitted = fit_score(l, {});
  ASSERT_TRUE(fitted.ok()) << fitted.reason().code;
  EXPECT_EQ(fitted.value().fitted + fitted.value().held, l.scores.size());
  ASSERT_TRUE(fitted.value().auc);
  ASSERT_TRUE(fitted.value().file_auc);
  EXPECT_GT(fitted.value().auc->value, fitted.value().file_auc->value);
  bool has_campaign = false;
  for (const FittedTrait& trait : fitted.value().traits) {
    EXPECT_NE(trait.field, "owner");
    if (trait.field != "campaign") continue;
    has_campaign = true;
    EXPECT_EQ(trait.key, "beta");  // against Alpha, which comes first of equals
    EXPECT_LT(trait.coefficient.value, 0);
  }
  EXPECT_TRUE(has_campaign);
}

TEST_F(ScoreModelTest, WhatIsKnownOnlyAfterwardsIsNoTrait) {
  put_two_channels();
  std::map<std::string, std::string_view> reasons;
  for (const ScoredLeads::Excluded& one : leads().excluded) reasons[one.field] = one.reason;
  EXPECT_EQ(reasons["customer_at"], "outcome");
  EXPECT_EQ(reasons["owner"], "assigned");
  EXPECT_EQ(reasons["created_at"], "date");
}

TEST_F(ScoreModelTest, PointsAreJudgedLikeAScore) {
  put_two_channels();
  const ScoredLeads l = leads();
  ScoringSettings settings;
  settings.rules = {{"campaign", "alpha", 10}, {"campaign", "nobody", 5}};
  settings.qualified_at = 10;
  const Outcome<PointScore> points = judge_points(l, settings);
  ASSERT_TRUE(points.ok());
  std::size_t of_a = 0, won_a = 0, won = 0;
  for (std::size_t i = 0; i < l.scores.size(); ++i) {
    const bool is_a = l.traits[0]->members()[l.members[0][i]].key == "alpha";
    of_a += is_a ? 1 : 0;
    won_a += is_a ? l.outcomes[i] : 0U;
    won += l.outcomes[i];
  }
  // Pairs that the points order rightly, ties one half: by hand out of the four counts.
  const double a1 = static_cast<double>(won_a), a0 = static_cast<double>(of_a - won_a), b1 = static_cast<double>(won - won_a);
  const double b0 = static_cast<double>(l.scores.size() - of_a) - b1;
  EXPECT_NEAR(points.value().auc.value, (a1 * b0 + 0.5 * (a1 * a0 + b1 * b0)) / ((a1 + b1) * (a0 + b0)), 1e-12);
  EXPECT_EQ(points.value().matched[0], of_a);
  EXPECT_EQ(points.value().matched[1], 0U);
  ASSERT_TRUE(points.value().qualified);
  EXPECT_EQ(points.value().qualified->selected, of_a);
  settings.rules = {{"owner", "ann", 1}};
  EXPECT_EQ(judge_points(l, settings).reason().code, "out_of_range");
}

TEST_F(ScoreModelTest, TooFewSayWhy) {
  data_->put(TableBuilder("leads", 1).dates("created_at", {"2025-01-01", "2025-02-01"}).dates("customer_at", {"2025-01-02", ""}).numbers("score", {1, 2}).build());
  const ScoredLeads l = leads();
  EXPECT_EQ(fit_score(l, {}).reason().code, "too_few_rows");
  EXPECT_EQ(judge_points(l, {}).reason().code, "no_rows");
}

}  // namespace
}  // namespace kpi
