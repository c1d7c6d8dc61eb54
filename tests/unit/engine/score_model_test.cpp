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
  void put_two_channels(bool has_score = true) {
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
    TableBuilder table("leads", 1);
    table.dates("created_at", created).dates("customer_at", customers).texts("campaign", channels).texts("owner", owners);
    if (has_score) table.numbers("score", scores);
    data_->put(table.build());
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
  EXPECT_EQ(l.young, 2U);  // c and e, 11 and 1 days old on 31 January
  ASSERT_EQ(l.size(), 3U);
  EXPECT_EQ(l.scored, 2U);  // d has none
  EXPECT_EQ(l.scores[0], 90);
  EXPECT_EQ(l.outcomes[0], 1);
  EXPECT_EQ(l.decided[0], *parse_iso_date("2025-01-21"));
  EXPECT_EQ(l.outcomes[1], 0);
  ASSERT_EQ(l.undecided.size(), 2U);
  EXPECT_EQ(l.undecided.states[0], LeadState::kCustomer);  // c
  EXPECT_EQ(l.undecided.states[1], LeadState::kOpen);      // e
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

TEST_F(ScoreModelTest, WithoutAScoreOnlyTheFilesOwnIsMissing) {
  put_two_channels(false);
  const ScoredLeads l = leads();
  EXPECT_EQ(judge_file_score(l, {}).reason().code, "missing_input");
  const Outcome<FittedScore> fitted = fit_score(l, {});
  ASSERT_TRUE(fitted.ok()) << fitted.reason().code;
  EXPECT_TRUE(fitted.value().auc);
  EXPECT_FALSE(fitted.value().file_auc);
  EXPECT_FALSE(fitted.value().against_file);
  for (const FittedTrait& trait : fitted.value().traits) EXPECT_NE(trait.field, "score");
}

// The part held out must have no say: other outcomes there change neither the penalty nor a coefficient.
TEST_F(ScoreModelTest, ThePenaltyIsChosenWithinTheFittedPart) {
  put_two_channels();
  ScoredLeads l = leads();
  const Outcome<FittedScore> before = fit_score(l, {});
  ASSERT_TRUE(before.ok());
  ASSERT_TRUE(before.value().choice);
  EXPECT_EQ(before.value().choice->tried.size(), kScorePenalties.size());
  EXPECT_EQ(before.value().penalty, before.value().choice->l2);
  for (std::size_t i = before.value().fitted; i < l.size(); ++i) l.outcomes[i] = i % 3 == 0 ? 1 : 0;
  const Outcome<FittedScore> after = fit_score(l, {});
  ASSERT_TRUE(after.ok());
  EXPECT_EQ(after.value().penalty, before.value().penalty);
  ASSERT_EQ(after.value().traits.size(), before.value().traits.size());
  for (std::size_t i = 0; i < after.value().traits.size(); ++i) EXPECT_EQ(after.value().traits[i].coefficient.value, before.value().traits[i].coefficient.value);
}

TEST_F(ScoreModelTest, BothScoresAreComparedOnTheSameLeads) {
  put_two_channels();
  const ScoredLeads l = leads();
  ScoringSettings settings;
  settings.capacity = 20;
  const Outcome<FittedScore> fitted = fit_score(l, settings);
  ASSERT_TRUE(fitted.ok());
  ASSERT_TRUE(fitted.value().against_file);
  EXPECT_EQ(fitted.value().against_file->people, fitted.value().held);
  EXPECT_NEAR(fitted.value().against_file->first, fitted.value().auc->value, 1e-15);
  EXPECT_NEAR(fitted.value().against_file->second, fitted.value().file_auc->value, 1e-15);
  ASSERT_TRUE(fitted.value().file_capacity.ok());
  EXPECT_LE(fitted.value().file_capacity.value().selected, 20U);
}

TEST_F(ScoreModelTest, TooFewSayWhy) {
  data_->put(TableBuilder("leads", 1).dates("created_at", {"2025-01-01", "2025-02-01"}).dates("customer_at", {"2025-01-02", ""}).numbers("score", {1, 2}).build());
  const ScoredLeads l = leads();
  EXPECT_EQ(fit_score(l, {}).reason().code, "too_few_rows");
}

}  // namespace
}  // namespace kpi
