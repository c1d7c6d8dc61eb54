#include "core/engine/change.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;
using Kind = MemberChange::Kind;
using State = MemberChange::State;

/// Expected values by hand, beside each test; the last ones are properties of random data.
class ChangeTest : public test::EngineFixture {
 protected:
  /// February against January 2024.
  static ChangeRequest february(const std::string& kpi, const std::string& split_by = "") {
    ChangeRequest request;
    request.report.from = parse_iso_date("2024-02-01");
    request.report.to = parse_iso_date("2024-02-29");
    request.report.compare.kind = CompareKind::kPreviousPeriod;
    request.kpi = kpi;
    request.split_by = split_by;
    return request;
  }
  Change explained(const ChangeRequest& request) { return explain_change(*data_, request).value(); }
  static const MemberChange& line(const Change& change, std::string_view key) {
    for (const MemberChange& one : change.members->lines) {
      if (one.kind == Kind::kMember && one.member.key == key) return one;
    }
    ADD_FAILURE() << "no line " << key;
    return change.members->lines.front();
  }
  static const FactorChange& factor(const Change& change, std::string_view id) {
    for (const FactorChange& one : change.factors->factors) {
      if (one.id == id) return one;
    }
    ADD_FAILURE() << "no factor " << id;
    return change.factors->factors.front();
  }
  void type(const std::vector<std::string>& measures, const std::vector<double>& january, const std::vector<double>& february) {
    std::vector<std::string> names, days, ends;
    std::vector<double> values;
    for (std::size_t i = 0; i < measures.size(); ++i) {
      for (const bool is_after : {false, true}) {
        names.push_back(measures[i]);
        days.push_back(is_after ? "2024-02-01" : "2024-01-01");
        ends.push_back(is_after ? "2024-02-29" : "2024-01-31");
        values.push_back(is_after ? february[i] : january[i]);
      }
    }
    data_->put(TableBuilder("totals", 9).texts("measure", names).dates("period", days).dates("period_end", ends).numbers("value", values).build());
  }
  void put_ads() {
    data_->put(TableBuilder("ad_spend", 1)
                   .dates("date", {"2024-01-05", "2024-01-05", "2024-01-05", "2024-01-05", "2024-02-05", "2024-02-05", "2024-02-05", "2024-02-05"})
                   .texts("campaign", {"mail", "search", "", "social", "mail", "search", "", "video"})
                   .numbers("clicks", {40, 10, 5, 20, 20, 30, 5, 10})
                   .numbers("impressions", {100, 100, 50, 50, 50, 200, 50, 100})
                   .build());
  }
};

TEST_F(ChangeTest, RateAndMixWithNewGoneAndBlankMembers) {
  put_ads();
  const Change change = explained(february("click_through_rate", "campaign"));
  EXPECT_DOUBLE_EQ(number(change.before), 0.25);    // 75 / 300
  EXPECT_DOUBLE_EQ(number(change.after), 0.1625);   // 65 / 400
  const MemberSplit& split = *change.members;
  EXPECT_EQ(split.method, MemberSplit::Method::kRateMix);
  EXPECT_DOUBLE_EQ(split.reference, 0.20625);
  ASSERT_EQ(split.lines.size(), 5u);
  EXPECT_EQ(split.lines[0].member.key, "mail");     // the largest effect first
  EXPECT_NEAR(line(change, "mail").rate, 0, 1e-15);
  EXPECT_NEAR(line(change, "mail").mix, (0.125 - 1.0 / 3) * (0.4 - 0.20625), 1e-15);
  EXPECT_NEAR(line(change, "search").rate, (1.0 / 3 + 0.5) / 2 * 0.05, 1e-15);
  EXPECT_NEAR(line(change, "search").mix, (0.5 - 1.0 / 3) * (0.125 - 0.20625), 1e-15);
  EXPECT_NEAR(line(change, "").mix, (0.125 - 1.0 / 6) * (0.1 - 0.20625), 1e-15);
  EXPECT_EQ(line(change, "social").state, State::kGone);
  EXPECT_NEAR(line(change, "social").mix, -1.0 / 6 * (0.4 - 0.20625), 1e-15);
  EXPECT_EQ(line(change, "video").state, State::kNew);
  EXPECT_NEAR(line(change, "video").mix, 0.25 * (0.1 - 0.20625), 1e-15);
  EXPECT_EQ(line(change, "video").rate, 0);
  EXPECT_TRUE(std::holds_alternative<Undefined>(line(change, "video").before));
  EXPECT_NEAR(split.sum, -0.0875, 1e-15);
  EXPECT_NEAR(split.rate + split.mix, -0.0875, 1e-15);
  EXPECT_EQ(split.unsplit, 0);
  EXPECT_FALSE(split.is_reversed);
}

TEST_F(ChangeTest, OthersAreOneLineRecomputed) {
  put_ads();
  ChangeRequest request = february("click_through_rate", "campaign");
  request.limit = 2;
  const Change change = explained(request);
  ASSERT_EQ(change.members->lines.size(), 3u);
  const MemberChange& others = change.members->lines[2];  // without mail and social: video, search, blank
  EXPECT_EQ(others.kind, Kind::kOthers);
  EXPECT_EQ(others.members, 3u);
  EXPECT_DOUBLE_EQ(number(others.before), 15.0 / 150);
  EXPECT_DOUBLE_EQ(number(others.after), 45.0 / 350);
  EXPECT_NEAR(change.members->sum, -0.0875, 1e-15);
  request.limit = 4;  // one more is no "others"
  EXPECT_EQ(explained(request).members->lines.size(), 5u);
}

TEST_F(ChangeTest, WhatAddsUpGivesDifferencesAndTheRest) {
  put_ads();
  const Change clicks = explained(february("clicks", "campaign"));
  EXPECT_EQ(clicks.members->method, MemberSplit::Method::kDifference);
  EXPECT_EQ(clicks.total, -10);
  EXPECT_EQ(line(clicks, "social").effect, -20);
  EXPECT_EQ(line(clicks, "social").state, State::kGone);
  EXPECT_EQ(clicks.members->sum, -10);
  EXPECT_FALSE(clicks.factors.has_value());  // a single input

  data_->put(TableBuilder("ad_spend", 1).dates("date", {"2024-01-05", "2024-02-05"}).texts("campaign", {"mail", "mail"}).numbers("cost", {100, 130}).build());
  type({"content_spend"}, {50}, {90});  // at no campaign
  const Change spend = explained(february("marketing_spend", "campaign"));
  EXPECT_EQ(spend.total, 70);
  ASSERT_EQ(spend.members->lines.size(), 2u);
  EXPECT_EQ(line(spend, "mail").effect, 30);
  EXPECT_EQ(spend.members->lines[1].kind, Kind::kRest);
  EXPECT_EQ(spend.members->lines[1].effect, 40);
  EXPECT_EQ(number(spend.members->lines[1].before), 50);
  ASSERT_TRUE(spend.factors.has_value());  // media + content, of six cost lines the two that are known
  ASSERT_EQ(spend.factors->factors.size(), 2u);
  EXPECT_EQ(factor(spend, "media_spend").effect, 30);
  EXPECT_EQ(factor(spend, "content_spend").effect, 40);
}

TEST_F(ChangeTest, MembersWithNothingAboveOrBelowTheLine) {
  const auto put = [&](const std::vector<double>& cost, const std::vector<std::string>& channels, const std::vector<std::string>& created) {
    data_->put(TableBuilder("ad_spend", 1).dates("date", {"2024-01-05", "2024-02-05"}).texts("channel", {"Paid search", "Paid search"}).numbers("cost", cost).build());
    data_->put(TableBuilder("leads", 2).texts("channel", channels).dates("created_at", created).build());
  };
  // Organic leads cost nothing: January 100 for 1 + 1 leads, February 120 for 1 + 2. Reference (50 + 40) / 2.
  put({100, 120}, {"Paid search", "Organic search", "Paid search", "Organic search", "Organic search"}, {"2024-01-02", "2024-01-02", "2024-02-02", "2024-02-02", "2024-02-02"});
  const Change change = explained(february("cost_per_lead", "channel"));
  EXPECT_NEAR(change.total, -10, 1e-12);
  EXPECT_NEAR(line(change, "paid_search").rate, (0.5 + 1.0 / 3) / 2 * 20, 1e-12);
  EXPECT_NEAR(line(change, "paid_search").mix, (1.0 / 3 - 0.5) * (110 - 45), 1e-12);
  EXPECT_NEAR(line(change, "organic_search").mix, (2.0 / 3 - 0.5) * (0 - 45), 1e-12);
  EXPECT_EQ(reason(line(change, "organic_search").before), "no_rows");  // that it costs 0 is not said
  EXPECT_NEAR(change.members->sum, -10, 1e-12);

  ChangeRequest folded = february("cost_per_lead", "channel");
  put({100, 120}, {"Paid search", "Organic search", "E-mail", "Direct", "Paid search", "E-mail", "Direct"}, {"2024-01-02", "2024-01-02", "2024-01-02", "2024-01-02", "2024-02-02", "2024-02-02", "2024-02-02"});
  folded.limit = 1;
  const Change others = explained(folded);
  ASSERT_EQ(others.members->lines.size(), 2u);
  EXPECT_EQ(reason(others.members->lines[1].before), "no_rows");  // nor is it said of the others together
  EXPECT_NEAR(others.members->sum, 120.0 / 3 - 100.0 / 4, 1e-12);

  // Cost without a lead has no rate: January 100 for 1 lead of search and 1 of mail, February 120 for mail's 2 leads alone. 50, then 60.
  put({100, 120}, {"Paid search", "E-mail", "E-mail", "E-mail"}, {"2024-01-02", "2024-01-02", "2024-02-02", "2024-02-02"});
  const Change wasted = explained(february("cost_per_lead", "channel"));
  EXPECT_FALSE(line(wasted, "paid_search").is_split);
  EXPECT_NEAR(line(wasted, "paid_search").effect, 60 - 50 + 0.5 * 55, 1e-12);
  EXPECT_NEAR(line(wasted, "email").mix, 0.5 * (0 - 55), 1e-12);
  EXPECT_NEAR(wasted.members->unsplit, 37.5, 1e-12);
  EXPECT_NEAR(wasted.members->sum, 10, 1e-12);
}

TEST_F(ChangeTest, KidneyStonesAreReversedBetweenSegments) {
  // Charig et al. 1986, BMJ 292, 879-882: treated as impressions, successes as clicks. A 273 of 350, B 289 of 350.
  data_->put(TableBuilder("ad_spend", 1).texts("campaign", {"A", "A", "B", "B"}).texts("ad_group", {"small", "large", "small", "large"})
                 .numbers("clicks", {81, 192, 234, 55}).numbers("impressions", {87, 263, 270, 80}).build());
  ChangeRequest request;
  request.kpi = "click_through_rate";
  request.split_by = "ad_group";
  request.segments = SegmentPair{"campaign", "a", "b"};
  const Change change = explained(request);
  EXPECT_NEAR(change.total, 16.0 / 350, 1e-15);
  EXPECT_LT(line(change, "small").rate, 0);
  EXPECT_LT(line(change, "large").rate, 0);
  EXPECT_DOUBLE_EQ(number(line(change, "small").before), 81.0 / 87);
  EXPECT_DOUBLE_EQ(number(line(change, "large").after), 55.0 / 80);
  ASSERT_TRUE(change.members->is_reversed);
  EXPECT_EQ(change.members->driver->member.key, "small");  // 87 of 350, then 270 of 350
  EXPECT_NEAR(change.members->sum, 16.0 / 350, 1e-15);
  EXPECT_EQ(factor(change, "impressions").effect, 0);
  EXPECT_NEAR(factor(change, "clicks").effect, 16.0 / 350, 1e-15);
}

TEST_F(ChangeTest, FactorsOfProductsSumsAndOtherFormulas) {
  type({"media_spend", "new_leads", "revenue", "cogs"}, {100, 10, 300, 100}, {200, 40, 400, 150});
  const Change cost = explained(february("cost_per_lead"));
  EXPECT_EQ(cost.factors->method, FactorSplit::Method::kLogMean);
  EXPECT_NEAR(factor(cost, "marketing_spend").effect, 5, 1e-13);  // effects_test has the arithmetic
  EXPECT_NEAR(factor(cost, "new_leads").effect, -10, 1e-13);
  EXPECT_EQ(factor(cost, "new_leads").sign, '/');
  const Change profit = explained(february("gross_profit"));
  EXPECT_EQ(profit.factors->method, FactorSplit::Method::kDifference);
  EXPECT_EQ(factor(profit, "revenue").effect, 100);
  EXPECT_EQ(factor(profit, "cogs").effect, -50);
  // (300 - 100) / 100 = 2, then (400 - 200) / 200 = 1. Revenue first: +1, then spend -2; spend first: -1.5, then revenue +0.5.
  const Change roi = explained(february("roi"));
  EXPECT_EQ(roi.factors->method, FactorSplit::Method::kAverage);
  EXPECT_NEAR(factor(roi, "revenue").effect, 0.75, 1e-15);
  EXPECT_NEAR(factor(roi, "marketing_spend").effect, -1.75, 1e-15);
  type({"media_spend", "new_leads"}, {0, 10}, {50, 10});  // a logarithm of 0 there is not
  const Change from_zero = explained(february("cost_per_lead"));
  EXPECT_EQ(from_zero.factors->method, FactorSplit::Method::kAverage);
  EXPECT_EQ(factor(from_zero, "marketing_spend").effect, 5);
  EXPECT_EQ(factor(from_zero, "new_leads").effect, 0);
}

TEST_F(ChangeTest, PipelineVelocityByItsFourFactors) {
  // The KPI reference's 80 x 45,000 x 22 % / 72 days = 11,000 a day; then twice the opportunities and twice the cycle: the same.
  type({"opportunities", "won_amount", "won_deals", "lost_deals", "cycle_days_from_creation", "cycle_deals_from_creation"},
       {80, 990000, 22, 78, 1584, 22}, {160, 990000, 22, 78, 3168, 22});
  const Change change = explained(february("pipeline_velocity"));
  EXPECT_NEAR(change.total, 0, 1e-9);
  ASSERT_EQ(change.factors->factors.size(), 4u);
  EXPECT_NEAR(factor(change, "opportunities").effect, 11000 * 0.6931471805599453, 1e-8);
  EXPECT_NEAR(factor(change, "sales_cycle_from_creation").effect, -11000 * 0.6931471805599453, 1e-8);
  EXPECT_EQ(factor(change, "win_rate").effect, 0);
}

TEST_F(ChangeTest, SaysWhyThereIsNothingToSplit) {
  put_ads();
  data_->put(TableBuilder("web_sessions", 2).dates("date", {"2024-01-05", "2024-02-05"}).texts("campaign", {"mail", "mail"})
                 .numbers("conversions", {4, 6}).numbers("users", {40, 50}).build());
  type({"opportunities", "won_amount", "won_deals", "lost_deals", "cycle_days_from_creation", "cycle_deals_from_creation", "emails_sent"},
       {80, 990000, 22, 78, 1584, 22, 5}, {90, 990000, 22, 78, 1584, 22, 6});
  const Change users = explained(february("conversion_rate_by_user", "campaign"));
  EXPECT_EQ(users.members->reason.code, "does_not_add");
  EXPECT_EQ(users.members->reason.arguments, std::vector<std::string>{"users"});
  EXPECT_TRUE(users.members->lines.empty());
  ASSERT_TRUE(users.factors.has_value());  // the totals are known
  EXPECT_EQ(explained(february("pipeline_velocity", "campaign")).members->reason.code, "no_ratio_of_sums");
  EXPECT_EQ(explained(february("won_deals", "campaign")).members->reason.code, "not_by_dimension");
  EXPECT_EQ(explained(february("email_open_rate", "campaign")).reason.code, "missing_input");
  ChangeRequest early = february("click_through_rate", "campaign");
  early.report.compare.back = 5;  // September 2023
  const Change none = explained(early);
  EXPECT_EQ(none.reason.code, "no_rows");
  EXPECT_FALSE(none.members.has_value());
}

TEST_F(ChangeTest, Failures) {
  put_ads();
  const auto code = [&](const ChangeRequest& request) {
    const Result<Change> made = explain_change(*data_, request);
    return made.ok() ? std::string_view("ok") : code_name(made.error().code);
  };
  EXPECT_EQ(code(february("click_rate")), "kpi_unknown");
  EXPECT_EQ(code(february("clicks", "industry")), "dimension_unknown");
  ChangeRequest request = february("clicks");
  request.report.compare.kind = CompareKind::kNone;
  EXPECT_EQ(code(request), "request_invalid");
  request.segments = SegmentPair{"campaign", "mail", "mails"};
  EXPECT_EQ(code(request), "dimension_unknown");
  request.segments = SegmentPair{"campaign", "mail", ""};  // the blank one is a member
  EXPECT_EQ(code(request), "ok");
}

TEST_F(ChangeTest, AStateAsExportedIsNotComparedWithItself) {
  data_->put(TableBuilder("opportunities", 1).dates("created_at", {"2024-01-05", "2024-02-05"}).texts("deal_status", {"open", "open"})
                 .texts("campaign", {"mail", "search"}).numbers("amount", {10, 20}).build());
  EXPECT_EQ(explained(february("open_pipeline", "campaign")).reason.code, "no_date");
}

TEST_F(ChangeTest, EffectsOfRandomDataAddUp) {
  const unsigned seed = std::random_device{}();
  std::mt19937 random(seed);
  const auto chance = [&](double p) { return std::uniform_real_distribution<double>(0, 1)(random) < p; };
  int compared = 0, reversed = 0, unsplit = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> dates, members;
    std::vector<double> clicks, impressions, costs;
    const int count = 2 + static_cast<int>(random() % (round % 2 == 0 ? 12 : 2));  // few members are reversed often
    for (int m = 0; m < count; ++m) {
      for (const char* day : {"2024-01-10", "2024-02-10"}) {
        if (chance(0.15)) continue;  // new, gone or absent
        dates.emplace_back(day);
        members.push_back(m == 0 ? "" : "m" + std::to_string(m));
        impressions.push_back(chance(0.1) ? 0 : std::floor(std::pow(10, 6 * std::uniform_real_distribution<double>(0, 1)(random))));
        clicks.push_back(chance(0.1) ? 0 : std::floor(impressions.back() * std::uniform_real_distribution<double>(0, 0.5)(random)) + (chance(0.1) ? 3 : 0));
        costs.push_back(chance(0.1) ? 0 : std::uniform_real_distribution<double>(0, 9999)(random));
      }
    }
    data_->put(TableBuilder("ad_spend", 1).dates("date", dates).texts("campaign", members).numbers("clicks", clicks).numbers("impressions", impressions).numbers("cost", costs).build());
    for (const char* kpi : {"click_through_rate", "cost_per_click", "cost_per_mille", "clicks", "marketing_spend"}) {
      ChangeRequest request = february(kpi, "campaign");
      request.limit = 1 + random() % 8;
      const Change change = explained(request);
      if (!change.reason.code.empty()) continue;
      // Rounding is relative to what is added: a member of one impression has huge rate and mix effects that cancel out.
      double size = std::fabs(number(change.before)) + std::fabs(number(change.after)), parts = 0;
      for (const MemberChange& one : change.members->lines) {
        size = std::max(size, std::fabs(one.effect));
        parts = std::max({parts, size, std::fabs(one.rate), std::fabs(one.mix)});
        EXPECT_NEAR(one.is_split && change.members->method == MemberSplit::Method::kRateMix ? one.rate + one.mix : one.effect, one.effect, 1e-12 * parts) << kpi << " seed " << seed;
        EXPECT_TRUE(std::isfinite(one.effect) && std::isfinite(one.rate) && std::isfinite(one.mix)) << kpi << " seed " << seed;
        EXPECT_NE(one.kind, Kind::kRest) << kpi << " seed " << seed;
      }
      EXPECT_NEAR(change.members->sum, change.total, 1e-12 * size) << kpi << " seed " << seed;
      if (change.members->method == MemberSplit::Method::kRateMix) {
        EXPECT_NEAR(change.members->rate + change.members->mix + change.members->unsplit, change.total, 1e-12 * parts) << kpi << " seed " << seed;
      }
      if (change.factors) {
        for (const FactorChange& one : change.factors->factors) size = std::max(size, std::fabs(one.effect));
        EXPECT_NEAR(change.factors->sum, change.total, 1e-12 * size) << kpi << " seed " << seed;
      }
      if (change.members->is_reversed) {  // told from the listed lines alone
        for (const MemberChange& one : change.members->lines) {
          if (one.kind != Kind::kMember || std::isnan(number(one.before)) || std::isnan(number(one.after))) continue;
          EXPECT_LT((number(one.after) - number(one.before)) * change.total, 0) << kpi << " seed " << seed;
        }
        ++reversed;
      }
      unsplit += change.members->unsplit != 0 ? 1 : 0;
      ++compared;
    }
  }
  EXPECT_GT(compared, 400) << seed;
  EXPECT_GT(unsplit, 5) << seed;
  EXPECT_GT(reversed, 0) << seed;
}

}  // namespace
}  // namespace kpi
