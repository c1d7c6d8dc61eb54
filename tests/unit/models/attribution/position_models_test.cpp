// Expected: catalogue of KPIs, golden numbers (section 6); vendors' documented weights in exact fractions; heuristic_models of
// ChannelAttribution 2.2.4 and position_based of DP6 MAM on the development toy (fixtures/attribution.json, commit_ok).
#include "core/models/attribution/position_models.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>

#include "tests/unit/models/attribution/journey_fixture.h"

namespace kpi {
namespace {

using attribution_test::from_paths;
using attribution_test::NamedJourneys;
using attribution_test::random_journeys;
using Weights = std::vector<double>;

struct One {
  std::uint32_t touches;
  std::int32_t lead = kNoTouch, opportunity = kNoTouch, close = kNoTouch;
  std::vector<double> ages = {};
};

/// The weights of one converted journey.
Weights weights_of(const TouchModel& model, const One& one, const std::vector<std::int32_t>& channels = {}) {
  Journeys journeys;
  for (std::uint32_t i = 0; i < one.touches; ++i) {
    const std::int32_t channel = i < channels.size() ? channels[i] : static_cast<std::int32_t>(i);
    journeys.touches.push_back({.channel = channel, .age_days = i < one.ages.size() ? one.ages[i] : 0});
  }
  journeys.list.push_back({.count = one.touches, .conversions = 1, .lead = one.lead, .opportunity = one.opportunity, .close = one.close});
  Weights weights;
  weigh_touches(model, journeys, journeys.list.front(), weights);
  return weights;
}

void expect_weights(const Weights& got, const Weights& expected, double absolute = 1e-12) {
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], expected[i], absolute) << i;
}

TouchModel lead_model_until_lead() {
  TouchModel model = position_based_lead_creation_model();
  model.shares.only_until_lead = true;
  return model;
}

TEST(PositionModels, GoldenNumbersOfTheCatalogue) {
  expect_weights(weights_of(w_shaped_model(), {5, 2, 4}), {.30, .05, .30, .05, .30});
  expect_weights(weights_of(full_path_model(), {5, 2, 3, 4}), {.225, .10, .225, .225, .225});
  expect_weights(weights_of(w_shaped_model(), {3, 0, 2}), {.60, .10, .30});
  const One deal{5, kNoTouch, kNoTouch, kNoTouch, {38, 33, 26, 8, 0}};
  Weights week = weights_of(time_decay_model(7), deal);
  Weights month = weights_of(time_decay_model(30), deal);
  for (double& w : week) w *= 12000;
  for (double& w : month) w *= 12000;
  expect_weights(week, {175.20, 287.44, 574.88, 3417.04, 7545.45}, 0.005);
  expect_weights(month, {1529.05, 1716.30, 2017.59, 3058.10, 3678.97}, 0.005);
}

TEST(PositionModels, DocumentedWeights) {
  expect_weights(weights_of(position_based_last_touch_model(), {4}), {.4, .1, .1, .4});  // Salesforce's example of four touches
  expect_weights(weights_of(position_based_lead_creation_model(), {5, 2}), {.4, .2 / 3, .4, .2 / 3, .2 / 3});
  expect_weights(weights_of(lead_model_until_lead(), {5, 2}), {.4, .2, .4, 0, 0});
  expect_weights(weights_of(j_shaped_model(), {4}), {.2, .1, .1, .6});
  expect_weights(weights_of(inverse_j_model(), {4}), {.6, .1, .1, .2});
  expect_weights(weights_of(full_path_model(), {8, 2, 5, 7}), {.225, .025, .225, .025, .025, .225, .025, .225});
}

TEST(PositionModels, WhereVendorsAreSilent) {
  for (const TouchModel& model : {first_touch_model(), last_touch_model(), linear_model(), linear_unique_model(), last_non_direct_model(0), w_shaped_model(),
                                  position_based_last_touch_model(), position_based_lead_creation_model(), full_path_model(), j_shaped_model(),
                                  inverse_j_model(), time_decay_model()}) {
    expect_weights(weights_of(model, {1}), {1});
  }
  expect_weights(weights_of(position_based_last_touch_model(), {2}), {.5, .5});
  expect_weights(weights_of(inverse_j_model(), {2}), {.75, .25});                                       // .6 : .2
  expect_weights(weights_of(w_shaped_model(), {3, 1, 2}), {1 / 3.0, 1 / 3.0, 1 / 3.0});                 // no other touch
  expect_weights(weights_of(w_shaped_model(), {4, 1}), {.3 / .7, .3 / .7, .05 / .7, .05 / .7});         // no opportunity
  expect_weights(weights_of(w_shaped_model(), {4}), {.3 / .4, .1 / 3 / .4, .1 / 3 / .4, .1 / 3 / .4});  // neither
  expect_weights(weights_of(lead_model_until_lead(), {4, 0}), {1, 0, 0, 0});
  expect_weights(weights_of(position_based_lead_creation_model(), {4, 0}), {.8, .2 / 3, .2 / 3, .2 / 3});
  const Outcome<TouchModel> only_lead = custom_position_model({.lead = 1});
  ASSERT_TRUE(only_lead.ok());
  expect_weights(weights_of(only_lead.value(), {3, 1}), {0, 1, 0});
  expect_weights(weights_of(only_lead.value(), {2}), {.5, .5});  // nothing left
}

TEST(PositionModels, DirectAndRepeatedChannels) {
  expect_weights(weights_of(last_non_direct_model(9), {4}, {1, 2, 9, 9}), {0, 1, 0, 0});
  expect_weights(weights_of(last_non_direct_model(9), {2}, {9, 9}), {0, 1});
  expect_weights(weights_of(last_non_direct_model(-1), {3}, {9, 9, 9}), {0, 0, 1});
  expect_weights(weights_of(linear_unique_model(), {4}, {3, 5, 3, 3}), {1 / 6.0, 1 / 2.0, 1 / 6.0, 1 / 6.0});
}

TEST(PositionModels, DecayOfOldJourneysDoesNotVanish) {
  expect_weights(weights_of(time_decay_model(0.001), {3, -1, -1, -1, {4000, 3999, 3999}}), {0, .5, .5});  // 2^-3999000 alone is 0
}

TEST(PositionModels, CustomWeightsSumToOne) {
  EXPECT_TRUE(custom_position_model({.first = .25, .lead = .25, .last = .25, .others = .25}).ok());
  const double nan = std::nan("");
  for (const PositionShares& shares : {PositionShares{.first = .5}, PositionShares{.first = 1.2, .last = -.2}, PositionShares{.first = nan, .last = 1}}) {
    const Outcome<TouchModel> model = custom_position_model(shares);
    ASSERT_FALSE(model.ok());
    EXPECT_EQ(model.reason().code, "out_of_range");
  }
}

TEST(PositionModels, ToyByHand) {
  const NamedJourneys toy = from_paths(attribution_test::toy_paths());
  struct Expected {
    TouchModel model;
    std::map<std::string, Credit> credit;
  };
  // Linear, Webinar: 3/4 + 2/5 + 4/2 + 1/6; U, Demo: 3 * .4 + 2 * .4 + 2 * .4 + .4 + 4 / 2 + .4; unique, LinkedIn: 2/4 + 1/6.
  const std::vector<Expected> all = {
      {first_touch_model(), {{"Paid Search", {5, 67000}}, {"Webinar", {4, 83000}}, {"LinkedIn Ads", {2, 61000}}, {"Demo", {0, 0}}}},
      {last_touch_model(), {{"Demo", {13, 256500}}, {"Email", {2, 17000}}, {"Organic", {1, 8000}}}},
      {linear_model(), {{"Webinar", {0.75 + 0.4 + 2 + 1 / 6.0, 69950}}, {"Content", {1.15, 25075}}}},
      {position_based_last_touch_model(), {{"Demo", {5.6, 110900}}, {"Organic", {2.4, 27800}}}},
      {linear_unique_model(), {{"LinkedIn Ads", {2 / 3.0, 20250}}, {"Demo", {4.75, 267500 / 3.0}}}}};
  for (const Expected& expected : all) {
    const Outcome<ChannelCredit> credit = credit_by_rule(expected.model, toy.journeys);
    ASSERT_TRUE(credit.ok());
    for (const auto& [name, wanted] : expected.credit) {
      EXPECT_NEAR(credit.value().by_channel[toy.index(name)].conversions, wanted.conversions, 1e-9) << name;
      EXPECT_NEAR(credit.value().by_channel[toy.index(name)].value, wanted.value, 1e-7) << name;
    }
  }
}

TEST(PositionModels, FixtureCreditsByChannel) {
  KPI_ATTRIBUTION_CASES(cases);
  const std::map<std::string, TouchModel> models = {{"first", first_touch_model()},
                                                    {"last", last_touch_model()},
                                                    {"linear", linear_model()},
                                                    {"u_shaped", position_based_last_touch_model()},
                                                    {"even_unique", linear_unique_model()}};
  int checked = 0;
  for (const auto& c : cases) {
    if (!c["expected"].contains("credit")) continue;
    const NamedJourneys named = attribution_test::journeys_of(c);
    const Outcome<JourneyTotals> totals = journey_totals(named.journeys);
    ASSERT_TRUE(totals.ok());
    EXPECT_EQ(totals.value().all.conversions, c["expected"]["total_conversions"]);
    attribution_test::expect_within(c["tolerance"], totals.value().all.value, c["expected"]["total_value"], c["id"]);
    for (const auto& [name, by_channel] : c["expected"]["credit"].items()) {
      ASSERT_EQ(models.count(name), 1U) << name;
      const Outcome<ChannelCredit> credit = credit_by_rule(models.at(name), named.journeys);
      ASSERT_TRUE(credit.ok());
      ASSERT_EQ(by_channel.size(), credit.value().by_channel.size());
      for (const auto& [channel, pair] : by_channel.items()) {
        const Credit& got = credit.value().by_channel[named.index(channel)];
        attribution_test::expect_within(c["tolerance"], got.conversions, pair[0], name + " " + channel);
        attribution_test::expect_within(c["tolerance"], got.value, pair[1], name + " " + channel);
        ++checked;
      }
    }
  }
  EXPECT_EQ(checked, 5 * 7 + 5 * 12);
}

constexpr const char* kUntilLead = "u_first_lead (touches after lead creation get 0: U covers the pre-lead part only)";

TEST(PositionModels, FixtureWeights) {
  KPI_ATTRIBUTION_CASES(cases);
  const std::map<std::string, TouchModel> models = {{"first", first_touch_model()},
                                                    {"last", last_touch_model()},
                                                    {"linear", linear_model()},
                                                    {"u_first_last", position_based_last_touch_model()},
                                                    {"w_shaped", w_shaped_model()},
                                                    {"full_path", full_path_model()},
                                                    {"time_decay_half_life_7", time_decay_model(7)},
                                                    {kUntilLead, lead_model_until_lead()},
                                                    {"u_first_lead (20% over all other touches)", position_based_lead_creation_model()}};
  int files = 0, checked = 0;
  for (const auto& c : cases) {
    if (!c["inputs"].contains("touches")) continue;
    ++files;
    const auto& milestones = c["inputs"]["milestones"];
    One one{c["inputs"]["touches"], milestones.value("lead", kNoTouch), milestones.value("opp", kNoTouch), milestones.value("won", kNoTouch)};
    if (c["inputs"]["days_before_conversion"].is_array()) one.ages = c["inputs"]["days_before_conversion"].get<std::vector<double>>();
    nlohmann::json expected = c["expected"]["weights"];
    if (c["expected"]["policy_alternatives"].is_object()) expected.update(c["expected"]["policy_alternatives"]);
    for (const auto& [name, weights] : expected.items()) {
      ASSERT_EQ(models.count(name), 1U) << name;
      const Weights got = weights_of(models.at(name), one);
      expect_weights(got, weights.get<Weights>());
      ++checked;
      if (!c["expected"]["value"].is_object() || !c["expected"]["value"].contains(name)) continue;
      const double deal = c["inputs"]["deal_value"];
      for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i] * deal, c["expected"]["value"][name][i], 1e-12 * deal) << name;
    }
  }
  EXPECT_EQ(files, 8);
  EXPECT_GE(checked, 8 * 4);
}

TEST(PositionModels, FixtureVendorTable) {
  KPI_ATTRIBUTION_CASES(cases);
  const auto& table = cases.back()["expected"];
  ASSERT_EQ(cases.back()["id"], "vendor_weight_table");
  for (const PositionShares& u : {position_based_last_touch_model().shares, position_based_lead_creation_model().shares}) {
    EXPECT_EQ(u.first, table["u_shaped"]["first"]);
    EXPECT_EQ(std::max(u.last, u.lead), table["u_shaped"]["lead_or_last"]);
    EXPECT_EQ(u.others, table["u_shaped"]["others"]);
  }
  const PositionShares w = w_shaped_model().shares, full = full_path_model().shares;
  EXPECT_EQ(w.first, table["w_shaped"]["first"]);
  EXPECT_EQ(w.lead, table["w_shaped"]["lead"]);
  EXPECT_EQ(w.opportunity, table["w_shaped"]["opportunity"]);
  EXPECT_EQ(w.others, table["w_shaped"]["others"]);
  EXPECT_EQ(full.first, table["full_path"]["first"]);
  EXPECT_EQ(full.lead, table["full_path"]["lead"]);
  EXPECT_EQ(full.opportunity, table["full_path"]["opportunity"]);
  EXPECT_EQ(full.close, table["full_path"]["closed_won"]);
  EXPECT_EQ(full.others, table["full_path"]["others"]);
  EXPECT_EQ(time_decay_model().half_life_days, table["time_decay"]["half_life_days"]);
}

TEST(PositionModels, CreditsOfEveryJourneySumToOne) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const Journeys journeys = random_journeys(seed, 60, 7, 9);
    const Outcome<JourneyTotals> totals = journey_totals(journeys);
    ASSERT_TRUE(totals.ok());
    for (const TouchModel& model : {first_touch_model(), last_touch_model(), linear_model(), linear_unique_model(), last_non_direct_model(2), w_shaped_model(),
                                    position_based_last_touch_model(), position_based_lead_creation_model(), lead_model_until_lead(), full_path_model(),
                                    j_shaped_model(), inverse_j_model(), time_decay_model(3)}) {
      Weights weights;
      int weighed = 0;
      for (const Journey& j : journeys.list) {
        if (j.count == 0) continue;
        weigh_touches(model, journeys, j, weights);
        ASSERT_EQ(weights.size(), j.count);
        for (const double w : weights) EXPECT_GE(w, 0);
        EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), 0.0), 1, 1e-14);
        ++weighed;
      }
      EXPECT_GT(weighed, 0);
      const Outcome<ChannelCredit> credit = credit_by_rule(model, journeys);
      ASSERT_TRUE(credit.ok());
      Credit sum = credit.value().unattributed;
      for (const Credit& c : credit.value().by_channel) {
        sum.conversions += c.conversions;
        sum.value += c.value;
      }
      EXPECT_NEAR(sum.conversions, totals.value().all.conversions, 1e-12 * totals.value().all.conversions);
      EXPECT_NEAR(sum.value, totals.value().all.value, 1e-12 * totals.value().all.value);
    }
  }
}

TEST(PositionModels, JourneysWithoutAMilestoneAreCounted) {
  Journeys journeys = from_paths({{"A > B > C", 2, 20, 0}, {"A > B", 3, 30, 5}, {"", 4, 40, 0}}).journeys;
  journeys.list[0].lead = 1;
  const Outcome<ChannelCredit> credit = credit_by_rule(position_based_lead_creation_model(), journeys);
  ASSERT_TRUE(credit.ok());
  EXPECT_EQ(credit.value().journeys_without_milestone, 3);
  EXPECT_EQ(credit.value().unattributed.conversions, 4);
  EXPECT_EQ(credit.value().unattributed.value, 40);
  const Outcome<ChannelCredit> w = credit_by_rule(w_shaped_model(), journeys);
  ASSERT_FALSE(w.ok());
  EXPECT_EQ(w.reason().code, "missing_input");
  EXPECT_EQ(w.reason().arguments, std::vector<std::string>{"opportunity"});
}

TEST(PositionModels, DegenerateJourneys) {
  const auto code = [](const TouchModel& model, const Journeys& journeys) {
    const Outcome<ChannelCredit> credit = credit_by_rule(model, journeys);
    return credit.ok() ? std::string("ok") : std::string(credit.reason().code);
  };
  EXPECT_EQ(code(linear_model(), {}), "denominator_zero");
  EXPECT_EQ(code(linear_model(), from_paths({{"A", 0, 0, 3}}).journeys), "denominator_zero");
  EXPECT_EQ(code(linear_model(), from_paths({{"", 2, 5, 3}}).journeys), "ok");
  EXPECT_EQ(code(linear_model(), from_paths({{"A", -1, 0, 3}}).journeys), "out_of_range");
  EXPECT_EQ(code(linear_model(), from_paths({{"A", 1, std::nan(""), 3}}).journeys), "not_finite");
  EXPECT_EQ(code(linear_model(), from_paths({{"A", 1, 1e308, 3}, {"B", 1, 1.7e308, 3}}).journeys), "not_finite");
  EXPECT_EQ(code(time_decay_model(), from_paths({{"A", 1, 1, 0}}).journeys), "no_date");
  Journeys aged = random_journeys(3, 10, 2, 3);
  EXPECT_EQ(code(time_decay_model(0), aged), "out_of_range");
  EXPECT_EQ(code(time_decay_model(1), aged), "ok");
  aged.touches.front().channel = 2;
  EXPECT_EQ(code(linear_model(), aged), "out_of_range");
}

}  // namespace
}  // namespace kpi
