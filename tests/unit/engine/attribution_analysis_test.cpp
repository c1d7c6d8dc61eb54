// The attribution models over loaded tables: what is credited, what it cost, what was left out.
#include "core/engine/attribution_analysis.h"

#include <algorithm>

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

class AttributionAnalysisTest : public test::EngineFixture {
 protected:
  /// Three won deals and one lost: a of paid search then e-mail, b of e-mail, c untouched; d is touched by paid search and buys nothing.
  void put_sample() {
    data_->put(TableBuilder("opportunities", 1)
                   .keys("lead_id", {"a", "b", "c", "d"})
                   .dates("closed_at", {"2024-02-10", "2024-03-10", "2024-03-11", "2024-03-12"})
                   .texts("deal_stage", {"Closed Won", "Closed Won", "Closed Won", "Closed Lost"})
                   .texts("country", {"DE", "FR", "FR", "FR"})
                   .numbers("amount", {100, 50, 30, 7})
                   .currency("EUR")
                   .build());
    data_->put(TableBuilder("touchpoints", 2)
                   .keys("lead_id", {"a", "a", "b", "d", "a", ""})
                   .dates("touched_at", {"2024-01-01", "2024-02-01", "2024-03-01", "2024-03-02", "2024-02-11", "2024-02-11"})
                   .texts("channel", {"Paid Search", "Email", "Email", "Paid Search", "Email", "Email"})
                   .build());
    data_->put(TableBuilder("ad_spend", 3).dates("date", {"2024-01-05", "2024-01-06"}).texts("channel", {"Paid Search", "Display"}).numbers("cost", {20, 5}).currency("EUR").build());
  }
  Outcome<AttributionAnalysis> analysed(const ReportRequest& report = {}, const AttributionRequest& request = {}) const {
    Result<Outcome<AttributionAnalysis>> found = analyse_attribution(*data_, report, request);
    EXPECT_TRUE(found.ok());
    return std::move(found).value();
  }
  static std::size_t model(const AttributionAnalysis& found, std::string_view id) {
    std::size_t at = 0;
    while (at < found.models.size() && found.models[at].id != id) ++at;
    EXPECT_LT(at, found.models.size()) << id;
    return at;
  }
  static const AttributedMember& row(const AttributionAnalysis& found, std::string_view key) {
    for (const AttributedMember& m : found.members) {
      if (m.member.key == key) return m;
    }
    ADD_FAILURE() << key;
    return found.members.front();
  }
};

TEST_F(AttributionAnalysisTest, CreditsAreBesideTheirCost) {
  put_sample();
  const AttributionAnalysis found = analysed().value();
  EXPECT_EQ(found.conversions, 3);
  EXPECT_DOUBLE_EQ(number(found.value), 180);
  EXPECT_EQ(found.currency, "EUR");
  const std::size_t linear = model(found, "linear"), last = model(found, "last_touch");
  const AttributedMember& search = row(found, "paid_search");
  EXPECT_DOUBLE_EQ(search.credits[linear].conversions, 0.5);
  EXPECT_DOUBLE_EQ(number(search.credits[linear].value), 50);
  EXPECT_DOUBLE_EQ(number(search.credits[linear].media_return), 1.5) << "(50 - 20) / 20";
  EXPECT_DOUBLE_EQ(number(search.credits[linear].cost_per_win), 40) << "20 / 0.5";
  EXPECT_EQ(search.credits[last].conversions, 0);
  EXPECT_DOUBLE_EQ(number(search.credits[last].media_return), -1);
  EXPECT_EQ(reason(search.credits[last].cost_per_win), "denominator_zero");
  const AttributedMember& email = row(found, "email");
  EXPECT_DOUBLE_EQ(number(email.credits[linear].value), 100);
  EXPECT_EQ(reason(email.spend), "no_rows") << "no cost is not a cost of 0";
  EXPECT_EQ(reason(email.credits[linear].media_return), "no_rows");
  const AttributedMember& display = row(found, "display");
  EXPECT_FALSE(display.has_touches);
  EXPECT_TRUE(display.credits.empty()) << "untouched is not worth nothing";
  EXPECT_DOUBLE_EQ(number(display.spend), 5);
  EXPECT_DOUBLE_EQ(found.models[linear].unattributed_conversions, 1);
  EXPECT_DOUBLE_EQ(number(found.models[linear].unattributed_value), 30);
}

TEST_F(AttributionAnalysisTest, EveryTouchIsAccountedFor) {
  put_sample();
  const AttributionAnalysis found = analysed().value();
  EXPECT_EQ(found.touches.used, 3U);
  EXPECT_EQ(found.touches.of_null_journeys, 1U);
  EXPECT_EQ(found.touches.after_conversion, 1U);
  EXPECT_EQ(found.touches.of_nobody, 1U);
  EXPECT_EQ(found.null_journeys, 1U);
  EXPECT_EQ(found.deals_touched, 2U);
  EXPECT_EQ(found.deals_untouched, 1U);
}

TEST_F(AttributionAnalysisTest, WindowAndFiltersSayWhichDealsCount) {
  put_sample();
  const AttributionAnalysis march = analysed(between("2024-03-01", "2024-03-31")).value();
  EXPECT_EQ(march.conversions, 2);
  EXPECT_EQ(march.touches.of_other_deals, 2U);
  EXPECT_EQ(row(march, "paid_search").credits[model(march, "linear")].conversions, 0);
  ReportRequest german;
  german.filters = {{"country", {"de"}}};
  const AttributionAnalysis filtered = analysed(german).value();
  EXPECT_EQ(filtered.conversions, 1);
  EXPECT_FALSE(filtered.has_null_journeys);
  EXPECT_EQ(analysed(between("2020-01-01", "2020-01-31")).reason().code, "no_rows");
}

TEST_F(AttributionAnalysisTest, LookBackCountsDaysBeforeTheDayOfTheWin) {
  put_sample();
  AttributionRequest request;
  request.journeys.journeys.look_back_days = 9;  // 2024-02-01 is in, 2024-01-01 is not
  const AttributionAnalysis found = analysed({}, request).value();
  EXPECT_EQ(found.touches.before_window, 1U);
  EXPECT_DOUBLE_EQ(row(found, "email").credits[model(found, "linear")].conversions, 2);
}

TEST_F(AttributionAnalysisTest, WithoutTouchesOrDealsItSaysWhatIsMissing) {
  EXPECT_EQ(analyse_attribution(*data_, {}, {}).value().reason().code, "missing_input");
  put_sample();
  data_->remove(1);
  EXPECT_EQ(analysed().reason().arguments, std::vector<std::string>{"won_deals"});
  AttributionRequest request;
  put_sample();
  request.by = "industry";
  EXPECT_EQ(analysed({}, request).reason().code, "not_by_dimension");
}

TEST_F(AttributionAnalysisTest, SeveralCurrenciesHaveCreditsButNoValue) {
  put_sample();
  data_->put(TableBuilder("opportunities", 4).keys("lead_id", {"e"}).dates("closed_at", {"2024-02-10"}).texts("deal_stage", {"Closed Won"}).numbers("amount", {100}).currency("USD").build());
  const AttributionAnalysis found = analysed().value();
  EXPECT_EQ(reason(found.value), "currency_mixed");
  EXPECT_EQ(reason(row(found, "email").credits[model(found, "linear")].value), "currency_mixed");
  EXPECT_DOUBLE_EQ(row(found, "email").credits[model(found, "linear")].conversions, 1.5);
}

// 0.5 first and 0.5 last: of the journey paid search, e-mail half each; e-mail alone takes all.
TEST_F(AttributionAnalysisTest, WeightsOfOnesOwnAreAModelBesideTheOthers) {
  put_sample();
  AttributionRequest request;
  const AttributionAnalysis without = analysed().value();
  EXPECT_TRUE(std::none_of(without.models.begin(), without.models.end(), [](const AttributionModelInfo& m) { return m.id == "custom_position"; }));
  request.has_weights = true;
  request.weights = {.first = 0.75, .last = 0.25};
  const AttributionAnalysis found = analysed({}, request).value();
  const std::size_t own = model(found, "custom_position");
  EXPECT_DOUBLE_EQ(row(found, "paid_search").credits[own].conversions, 0.75);
  EXPECT_DOUBLE_EQ(number(row(found, "email").credits[own].value), 75) << "50 + a quarter of 100";
  EXPECT_EQ(found.models.size(), without.models.size() + 1);
  request.only_credits = true;
  const AttributionAnalysis fast = analysed({}, request).value();
  EXPECT_EQ(fast.samples, 0U);
  EXPECT_DOUBLE_EQ(number(row(fast, "email").credits[own].value), 75);
}

// Paid search costs 20 and takes half of a deal of 100; e-mail has no cost, display has no touch: neither is in the ratios of all.
TEST_F(AttributionAnalysisTest, TotalsAreRatiosOfTheSumsOverWhatHasACost) {
  put_sample();
  const AttributionAnalysis found = analysed().value();
  const AttributionModelInfo& linear = found.models[model(found, "linear")];
  EXPECT_DOUBLE_EQ(number(found.spend), 25);
  EXPECT_DOUBLE_EQ(number(found.covered_spend), 20);
  EXPECT_DOUBLE_EQ(number(linear.media_return), (50.0 - 20) / 20);
  EXPECT_DOUBLE_EQ(number(linear.cost_per_win), 20 / 0.5);
  EXPECT_EQ(reason(found.models[model(found, "last_touch")].cost_per_win), "denominator_zero");
  data_->put(TableBuilder("ad_spend", 5).dates("date", {"2024-01-05"}).texts("channel", {"Email"}).numbers("cost", {30}).currency("EUR").build());
  const AttributionAnalysis both = analysed().value();
  EXPECT_DOUBLE_EQ(number(both.models[model(both, "linear")].media_return), (150.0 - 50) / 50) << "not the mean of 1.5 and 70/30";
  EXPECT_DOUBLE_EQ(number(both.models[model(both, "linear")].cost_per_win), 25);
  data_->put(TableBuilder("ad_spend", 5).dates("date", {"2024-01-05"}).texts("channel", {"Email"}).numbers("cost", {30}).currency("USD").build());
  EXPECT_EQ(reason(analysed().value().covered_spend), "currency_mixed");
  data_->remove(5);
  data_->remove(3);
  EXPECT_EQ(reason(analysed().value().models.front().media_return), "missing_input");
}

// More campaigns than are listed: the rarest are one row.
TEST_F(AttributionAnalysisTest, ManyCampaignsEndInOthers) {
  std::vector<std::string> people, days, campaigns, won;
  std::vector<double> amounts;
  for (int i = 0; i < 120; ++i) {
    people.push_back("p" + std::to_string(i));
    days.emplace_back("2024-01-01");
    campaigns.push_back("c" + std::to_string(i));
    won.emplace_back("Closed Won");
    amounts.push_back(1);
  }
  data_->put(TableBuilder("opportunities", 1).keys("lead_id", people).dates("closed_at", days).texts("deal_stage", won).numbers("amount", amounts).build());
  data_->put(TableBuilder("touchpoints", 2).keys("lead_id", people).dates("touched_at", days).texts("campaign", campaigns).build());
  AttributionRequest request;
  request.by = "campaign";
  data_->put(TableBuilder("ad_spend", 3).dates("date", std::vector<std::string>(120, "2024-01-01")).texts("campaign", campaigns).numbers("cost", amounts).build());
  const AttributionAnalysis found = analysed({}, request).value();
  EXPECT_DOUBLE_EQ(number(found.members.back().spend), 21) << "the cost of the rarest is theirs together";
  EXPECT_DOUBLE_EQ(number(found.covered_spend), 120);
  EXPECT_EQ(found.members.size(), 100U);
  EXPECT_EQ(found.members.back().others, 21U);
  EXPECT_DOUBLE_EQ(found.members.back().credits[model(found, "linear")].conversions, 21);
}

}  // namespace
}  // namespace kpi
