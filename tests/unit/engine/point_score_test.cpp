#include "core/engine/point_score.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

class PointScoreTest : public test::EngineFixture {
 protected:
  PointScore score(const PointSettings& settings) {
    leads_ = scored_leads(*data_, {}).value();
    return score_by_points(*data_, leads_, settings, nullptr);
  }
  static LeadRule is(const char* field, const char* key, double points) {
    LeadRule rule;
    rule.field = field;
    rule.key = key;
    rule.points = points;
    return rule;
  }
  static LeadRule touches(const char* field, const char* key, double points) {
    LeadRule rule = is(field, key, points);
    rule.table = "touchpoints";
    return rule;
  }
  static LeadRule between(const char* field, double low, double high, double points) {
    LeadRule rule = is(field, "", points);
    rule.test = RuleTest::kBetween;
    rule.low = low;
    rule.high = high;
    return rule;
  }
  /// a, b: customers after 10 days; c, d: not; e: created at the end of the data, still open.
  void put_leads() {
    data_->put(TableBuilder("leads", 1)
                   .keys("lead_id", {"a", "b", "c", "d", "e"})
                   .keys("email", {"a@x", "b@x", "c@x", "", "e@x"})
                   .dates("created_at", {"2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04", "2025-02-01"})
                   .dates("customer_at", {"2025-01-11", "2025-01-12", "", "", ""})
                   .texts("campaign", {"Autumn fair", "", "Spring mail", "Spring fair", "Spring mail"})
                   .texts("account_name", {"Acme", "Birch", "Acme", "Cedar", "Birch"})
                   .numbers("score", {50, kMissing, 30, 20, 90})
                   .build());
  }
  static std::map<std::size_t, double> by_rule(const ListedLead& lead) { return {lead.by_rule.begin(), lead.by_rule.end()}; }
  static std::uint32_t row_of(const ListedLead& lead) { return lead.block->rows[lead.lead].row; }
  ScoredLeads leads_;
};

TEST_F(PointScoreTest, TestsOfTextsNumbersAndDays) {
  put_leads();
  data_->put(TableBuilder("accounts", 2).texts("account_name", {"Acme", "birch"}).numbers("employees", {500, 20}).build());
  PointSettings settings;
  LeadRule contains = is("campaign", "FAIR", 2), unknown = is("campaign", "", 4), known = is("campaign", "", 8), not_fair = is("campaign", "autumn fair", 16);
  contains.test = RuleTest::kContains;
  unknown.test = RuleTest::kUnknown;
  known.test = RuleTest::kKnown;
  not_fair.test = RuleTest::kIsNot;
  LeadRule since = between("created_at", *parse_iso_date("2025-01-03"), *parse_iso_date("2025-01-31"), 256);
  since.is_of_days = true;
  settings.rules = {is("campaign", "autumn fair", 1), contains, unknown, known, not_fair, between("score", 30, 50, 32), between("employees", 100, 1e9, 64), since};
  settings.is_list_of_all = true;
  const PointScore s = score(settings);
  ASSERT_TRUE(s.result.ok()) << s.result.reason().code;
  std::map<std::uint32_t, double> points;
  for (const ListedLead& lead : s.list) points[row_of(lead)] = lead.points;
  EXPECT_EQ(points[0], 1 + 2 + 8 + 32 + 64);     // a
  EXPECT_EQ(points[1], 4);                       // b: no campaign, no score, 20 people; what is not known is not "not autumn fair"
  EXPECT_EQ(points[2], 8 + 16 + 32 + 64 + 256);  // c
  EXPECT_EQ(points[3], 2 + 8 + 16 + 256);        // d
  EXPECT_EQ(points[4], 8 + 16);                  // e
  EXPECT_EQ(s.matched, (std::vector<std::uint64_t>{1, 2, 1, 3, 2, 2, 2, 2}));  // of a to d; e is not judged
}

// Half-life 10 days: by 11 January the fair of 1 January is worth half; by the end of the data (1 February) it is 31 days old.
TEST_F(PointScoreTest, ActivitiesFadeAreCappedAndCountUpToTheDayOnly) {
  put_leads();
  data_->put(TableBuilder("touchpoints", 2)
                 .keys("lead_id", {"a", "a", "", "c", "zz", "c"})
                 .keys("email", {"", "", "b@x", "", "", ""})
                 .dates("touched_at", {"2025-01-01", "2025-01-30", "2025-01-02", "2025-01-03", "2025-01-03", ""})
                 .texts("touch_kind", {"Fair", "Fair", "Fair", "Mail", "Fair", "Fair"})
                 .build());
  PointSettings settings;
  settings.rules = {touches("touch_kind", "fair", 8)};
  settings.rules[0].half_life_days = 10;
  settings.is_list_of_all = true;
  PointScore s = score(settings);
  ASSERT_TRUE(s.result.ok()) << s.result.reason().code;
  EXPECT_EQ(s.judged, 4U);
  EXPECT_EQ(s.untied, 1U);              // zz
  EXPECT_EQ(s.undated_activities, 1U);  // c without a day
  // On the day of creation: a has 8 (its second fair comes later), b too, by its e-mail; c and d none.
  EXPECT_EQ(s.matched[0], 2U);
  ASSERT_EQ(s.list.size(), 5U);
  EXPECT_EQ(row_of(s.list[0]), 0U);
  EXPECT_NEAR(s.list[0].points, 8 * std::exp2(-3.1) + 8 * std::exp2(-0.2), 1e-6);
  settings.rules[0].cap = 5;
  s = score(settings);
  EXPECT_EQ(s.list[0].points, 5);
  EXPECT_EQ(by_rule(s.list[0]).at(0), 5);
}

// Judged 10 days in, a and b are customers already: points that know so are not judged. Judged 9 days in, all four are.
TEST_F(PointScoreTest, ALeadThatIsDecidedByItsDayIsNotJudged) {
  put_leads();
  data_->put(TableBuilder("touchpoints", 2).keys("lead_id", {"a", "c"}).dates("touched_at", {"2025-01-01", "2025-01-13"}).texts("touch_kind", {"Fair", "Fair"}).build());
  PointSettings settings;
  settings.rules = {touches("", "", 1)};
  settings.judged_after = 9;
  EXPECT_EQ(score(settings).judged, 4U);
  settings.judged_after = 10;
  const PointScore s = score(settings);
  EXPECT_EQ(s.decided, 2U);
  EXPECT_EQ(s.judged, 2U);
  EXPECT_EQ(s.matched[0], 1U);  // c, on its tenth day
  EXPECT_EQ(s.result.reason().code, "no_conversions");
  settings.judged_after = 30;
  EXPECT_EQ(score(settings).unwatched, 2U);  // c and d: their day is after 1 February
  settings.rules = {is("campaign", "spring mail", 1)};
  EXPECT_EQ(score(settings).judged, 4U);  // what a lead is does not wait
}

TEST_F(PointScoreTest, WebEventsBelongToTheLeadOfTheirUser) {
  put_leads();
  data_->put(TableBuilder("web_events", 2)
                 .dates("date", {"2025-01-01", "2025-01-03", "2025-01-03"})
                 .keys("user_id", {"a", "c@x", "nobody"})
                 .texts("web_event", {"demo", "demo", "demo"})
                 .numbers("events", {3, kMissing, 1})
                 .build());
  PointSettings settings;
  LeadRule rule = is("web_event", "demo", 2);
  rule.table = "web_events";
  settings.rules = {rule};
  settings.is_list_of_all = true;
  const PointScore s = score(settings);
  EXPECT_EQ(s.list[0].points, 6);
  EXPECT_EQ(s.list[1].points, 2);
  EXPECT_EQ(row_of(s.list[1]), 2U);
  EXPECT_EQ(s.untied, 1U);
}

TEST_F(PointScoreTest, BandsAndTheLeadsThatCanStillBeCalled) {
  put_leads();
  PointSettings settings;
  settings.rules = {is("campaign", "spring mail", 10), is("campaign", "autumn fair", 20)};
  settings.bands = {20, 10};
  settings.qualified_at = 10;
  const PointScore s = score(settings);
  ASSERT_TRUE(s.result.ok());
  const auto& bands = s.result.value().bands;
  ASSERT_EQ(bands.size(), 3U);
  EXPECT_EQ(bands[0].people, 1U);  // a
  EXPECT_EQ(bands[0].converted, 1U);
  EXPECT_EQ(bands[1].people, 1U);  // c
  EXPECT_EQ(bands[1].converted, 0U);
  EXPECT_EQ(bands[2].people, 2U);  // b and d
  // Nothing tells the lost: c, d and e can be called.
  EXPECT_EQ(s.open, 3U);
  EXPECT_EQ(s.open_by_band, (std::vector<std::uint64_t>{0, 2, 1}));
  EXPECT_EQ(s.open_qualified, 2U);
  ASSERT_EQ(s.list.size(), 3U);
  EXPECT_EQ(row_of(s.list[0]), 4U);  // e is newer than c
  EXPECT_EQ(row_of(s.list[1]), 2U);
  settings.listed = 1;
  EXPECT_EQ(score(settings).list.size(), 1U);
  EXPECT_EQ(score(settings).listable, 3U);
}

TEST_F(PointScoreTest, RulesThatCannotBeUsedSaySo) {
  put_leads();
  PointSettings settings;
  LeadRule wrong = is("campaign", "", 1), of_days = between("score", 1, 2, 1), text = is("score", "5", 1);
  wrong.test = RuleTest::kBetween;
  of_days.is_of_days = true;
  settings.rules = {is("owner", "ann", 1), is("customer_at", "", 1), is("industry", "x", 1), touches("touch_kind", "fair", 1), between("employees", 1, 2, 1), wrong, of_days, text};
  const PointScore s = score(settings);
  EXPECT_EQ(s.uses, (std::vector<RuleUse>{RuleUse::kForbidden, RuleUse::kForbidden, RuleUse::kMissing, RuleUse::kMissing, RuleUse::kMissing, RuleUse::kUnfit, RuleUse::kUnfit, RuleUse::kUnfit}));
  EXPECT_EQ(s.result.reason().code, "no_usable_rule");
  settings.rules.push_back(is("campaign", "spring mail", 10));
  EXPECT_TRUE(score(settings).result.ok());
}

TEST_F(PointScoreTest, PointsAreJudgedLikeAScore) {
  put_leads();
  PointSettings settings;
  settings.rules = {is("campaign", "autumn fair", 10)};
  settings.capacity = 1;
  settings.qualified_at = 10;
  const PointScore s = score(settings);
  ASSERT_TRUE(s.result.ok());
  EXPECT_EQ(s.result.value().auc.value, 0.75);  // a before c and d, b like both
  ASSERT_TRUE(s.result.value().capacity.ok());
  EXPECT_EQ(s.result.value().capacity.value().selected, 1U);
  EXPECT_EQ(s.result.value().qualified->true_positives, 1U);
  ASSERT_TRUE(s.result.value().against_file);
  EXPECT_EQ(s.result.value().against_file->people, 3U);  // a, c and d have a score
}

TEST_F(PointScoreTest, WithoutOutcomesLeadsAreListedAndNotJudged) {
  data_->put(TableBuilder("leads", 1).dates("created_at", {"2025-01-01", "2025-02-01"}).texts("campaign", {"One", "Two"}).build());
  PointSettings settings;
  settings.rules = {is("campaign", "two", 1)};
  const PointScore s = score(settings);
  EXPECT_EQ(s.result.reason().code, "missing_input");
  ASSERT_EQ(s.list.size(), 2U);
  EXPECT_EQ(s.list[0].points, 1);
}

}  // namespace
}  // namespace kpi
