// CRM, platforms, analytics, answers and attribution side by side: every figure recounted here by hand.
#include "core/engine/reconciliation.h"

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

class ReconciliationTest : public test::EngineFixture {
 protected:
  /// Leads: 3 paid search, 1 e-mail, 1 without channel, and one that repeats. Platforms claim 5 for paid search and 2 for display.
  /// Analytics counts 4 for paid search and 12 for e-mail.
  void put_sample() {
    data_->put(TableBuilder("leads", 1)
                   .keys("lead_id", {"a", "b", "c", "d", "e", "a"})
                   .dates("created_at", {"2024-01-01", "2024-01-02", "2024-02-01", "2024-01-04", "2024-01-05", "2024-01-01"})
                   .texts("channel", {"Paid Search", "Paid Search", "Paid Search", "Direct", "", "Paid Search"})
                   .texts("self_reported_source", {"Newsletter", "PPC", "a podcast", "Trade show", "A Podcast", "PPC"})
                   .build());
    data_->put(TableBuilder("ad_spend", 2)
                   .dates("date", {"2024-01-05", "2024-01-06", "2024-02-06"})
                   .texts("channel", {"Paid Search", "Display", "Paid Search"})
                   .texts("campaign", {"x", "y", "x"})
                   .numbers("platform_conversions", {3, 2, 2})
                   .build());
    data_->put(TableBuilder("web_sessions", 3)
                   .dates("date", {"2024-01-05", "2024-01-05", "2024-01-05"})
                   .texts("channel", {"Paid Search", "Direct", "Direct"})
                   .texts("landing_page", {"/", "/guides/how-to-choose-a-pump", "/"})
                   .numbers("sessions", {60, 30, 10})
                   .numbers("conversions", {4, 12, 0})
                   .build());
  }
  Reconciliation reconciled(const ReportRequest& report = {}) const {
    Result<ReportScope> scope = open_scope(*data_, report);
    EXPECT_TRUE(scope.ok());
    const Result<Outcome<AttributionAnalysis>> credits = analyse_attribution(*data_, report, {});
    EXPECT_TRUE(credits.ok());
    return reconcile(*data_, report, scope.value(), credits.value());
  }
  static const ClaimComparison& comparison(const Reconciliation& found, std::string_view id) {
    for (const ClaimComparison& one : found.comparisons) {
      if (one.id == id) return one;
    }
    ADD_FAILURE() << id;
    return found.comparisons.front();
  }
  static std::size_t channel(const Reconciliation& found, std::string_view key) {
    std::size_t c = 0;
    while (c < found.channels.size() && found.channels[c].member.key != key) ++c;
    EXPECT_LT(c, found.channels.size()) << key;
    return c;
  }
  static double figure(const Reconciliation& found, std::string_view key, ClaimSource source) { return number(found.channels[channel(found, key)].figures[static_cast<std::size_t>(source)]); }
};

TEST_F(ReconciliationTest, OverClaimIsARatioOfSumsOverWhatBothKnow) {
  put_sample();
  const Reconciliation found = reconciled();
  EXPECT_EQ(figure(found, "paid_search", ClaimSource::kCrmLeads), 3);
  EXPECT_EQ(figure(found, "paid_search", ClaimSource::kPlatformConversions), 5);
  const ClaimComparison& platform = comparison(found, "platform");
  EXPECT_EQ(platform.channels, 1U);
  EXPECT_DOUBLE_EQ(number(platform.factor), 5.0 / 3) << "display, which the CRM does not know, is not in it";
  EXPECT_EQ(platform.only_other, 2);
  EXPECT_EQ(platform.only_base, 1) << "direct: no platform claims it, which is not a claim of 0";
  EXPECT_FALSE(platform.by_channel[channel(found, "display")].is_known);
  EXPECT_FALSE(platform.by_channel[channel(found, "direct")].is_known);
  EXPECT_EQ(platform.by_channel[channel(found, "paid_search")].gap, 2);
  EXPECT_EQ(found.totals[static_cast<std::size_t>(ClaimSource::kCrmLeads)].without_channel, 1);
}

TEST_F(ReconciliationTest, SharesAreOfTheChannelsThatBothKnow) {
  put_sample();
  const Reconciliation found = reconciled();
  const ClaimComparison& analytics = comparison(found, "analytics");
  const ComparedClaim& search = analytics.by_channel[channel(found, "paid_search")];
  EXPECT_DOUBLE_EQ(search.base_share, 3.0 / 4);
  EXPECT_DOUBLE_EQ(search.other_share, 4.0 / 16);
  EXPECT_DOUBLE_EQ(number(analytics.factor), 4) << "16 / 4";
  EXPECT_EQ(reason(comparison(found, "platform_leads").reason), "missing_input");
  EXPECT_EQ(reason(comparison(found, "credited").reason), "missing_input");
}

// a: newsletter, but paid search in the CRM; b: PPC, the same; c and e: the same podcast; d: trade show, direct in the CRM.
TEST_F(ReconciliationTest, AnswersCountWhereTheyNameAChannel) {
  put_sample();
  const Reconciliation found = reconciled();
  const ChannelAnswers& said = found.answers;
  EXPECT_EQ(said.leads, 5U) << "the repeated row is out";
  EXPECT_EQ(said.answered, 5U);
  EXPECT_EQ(said.named, 3U);
  EXPECT_EQ(said.same, 1U);
  EXPECT_EQ(said.other, 2U);
  EXPECT_EQ(said.direct, 1U);
  EXPECT_EQ(said.direct_other, 1U);
  EXPECT_EQ(said.unnamed_leads, 2U);
  ASSERT_EQ(said.unnamed.size(), 1U);
  EXPECT_EQ(said.unnamed[0].text, "a podcast");
  EXPECT_EQ(said.unnamed[0].leads, 2U);
  EXPECT_EQ(found.untraced_answers, 2U) << "e-mail and events: web analytics have no row of them";
  const ClaimComparison& answers = comparison(found, "said");
  const ComparedClaim& search = answers.by_channel[channel(found, "paid_search")];
  EXPECT_DOUBLE_EQ(search.base_share, 3.0 / 5) << "of all five answers, as attribution_gap";
  EXPECT_DOUBLE_EQ(search.other_share, 1.0 / 5);
  EXPECT_FALSE(answers.by_channel[channel(found, "direct")].is_known) << "nobody says so in these words";
}

TEST_F(ReconciliationTest, DarkSocialIsDeepDirectVisitsOfAll) {
  put_sample();
  EXPECT_DOUBLE_EQ(number(reconciled().dark_share), 30.0 / 100);
  data_->remove(3);
  EXPECT_EQ(reason(reconciled().dark_share), "missing_input");
}

TEST_F(ReconciliationTest, LinearCreditStandsBesideTheDealsOfTheCrm) {
  put_sample();
  data_->put(TableBuilder("opportunities", 4)
                 .keys("lead_id", {"a", "b", "x"})
                 .dates("closed_at", {"2024-03-01", "2024-03-01", "2024-03-01"})
                 .texts("deal_stage", {"Closed Won", "Closed Won", "Closed Lost"})
                 .texts("channel", {"Paid Search", "Email", "Email"})
                 .numbers("amount", {100, 60, 10})
                 .build());
  data_->put(TableBuilder("touchpoints", 5).keys("lead_id", {"a", "a"}).dates("touched_at", {"2024-01-01", "2024-01-02"}).texts("channel", {"Paid Search", "Email"}).build());
  const Reconciliation found = reconciled();
  EXPECT_DOUBLE_EQ(figure(found, "paid_search", ClaimSource::kCredited), 0.5);
  EXPECT_EQ(figure(found, "email", ClaimSource::kCrmDeals), 1);
  EXPECT_EQ(found.totals[static_cast<std::size_t>(ClaimSource::kCredited)].without_channel, 1) << "b has no touch";
  EXPECT_DOUBLE_EQ(number(comparison(found, "credited").factor), 1.0 / 2);
  EXPECT_EQ(found.untraced_answers, 1U) << "touchpoints know e-mail";
}

TEST_F(ReconciliationTest, EveryRowIsCounted) {
  put_sample();
  const ReportRequest january = between("2024-01-01", "2024-01-31");
  const Reconciliation found = reconciled(january);
  std::size_t tables = 0;
  for (const ClaimRows& rows : found.rows) {
    EXPECT_EQ(rows.rows, rows.repeats + rows.filtered + rows.not_won + rows.undated + rows.outside + rows.used) << rows.table;
    ++tables;
  }
  ASSERT_EQ(tables, 3U);
  EXPECT_EQ(found.rows[0].table, "leads");
  EXPECT_EQ(found.rows[0].repeats, 1U);
  EXPECT_EQ(found.rows[0].outside, 1U);
  EXPECT_EQ(found.rows[0].used, 4U);
  EXPECT_EQ(found.rows[0].without_channel, 1U);
  EXPECT_EQ(found.rows[0].first, *parse_iso_date("2024-01-01"));
  EXPECT_EQ(found.rows[0].last, *parse_iso_date("2024-01-05"));
  EXPECT_DOUBLE_EQ(number(comparison(found, "platform").factor), 3.0 / 2);
  ReportRequest filtered;
  filtered.filters = {{"campaign", {"x"}}};
  EXPECT_EQ(reconciled(filtered).rows[0].filtered, 5U) << "leads that know no campaign";
}

// A file of a platform that nobody recognised and that has no column of the channel: its claims are of no channel, not gone.
TEST_F(ReconciliationTest, FilesWithoutAChannelAreCounted) {
  put_sample();
  data_->put(TableBuilder("ad_spend", 6).dates("date", {"2024-01-05"}).numbers("platform_conversions", {11}).build());
  const Reconciliation found = reconciled();
  const ClaimTotal& claims = found.totals[static_cast<std::size_t>(ClaimSource::kPlatformConversions)];
  EXPECT_EQ(number(claims.all), 3 + 2 + 2 + 11);
  EXPECT_EQ(claims.without_channel, 11);
  EXPECT_EQ(found.rows[1].table, "ad_spend");
  EXPECT_EQ(found.rows[1].without_channel, 1U);
  EXPECT_DOUBLE_EQ(number(comparison(found, "platform").factor), 5.0 / 3);
}

TEST_F(ReconciliationTest, AnswersAreNotFilteredByTheirChannel) {
  put_sample();
  ReportRequest request;
  request.filters = {{"channel", {"paid_search"}}};
  const Reconciliation found = reconciled(request);
  EXPECT_EQ(reason(comparison(found, "said").reason), "not_by_dimension");
  EXPECT_DOUBLE_EQ(number(comparison(found, "platform").factor), 5.0 / 3);
}

TEST_F(ReconciliationTest, NothingLoadedComparesNothing) {
  const Reconciliation found = reconciled();
  EXPECT_TRUE(found.channels.empty());
  EXPECT_TRUE(found.rows.empty());
  EXPECT_FALSE(found.answers.is_known);
  for (const ClaimComparison& one : found.comparisons) EXPECT_EQ(reason(one.reason), "missing_input") << one.id;
}

}  // namespace
}  // namespace kpi
