#include "core/models/point_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/models/auc.h"
#include "core/models/gains_table.h"
#include "core/models/score_quality.h"
#include "tests/support/lead_fixture.h"

namespace kpi {
namespace {

using Values = std::vector<double>;

TEST(PointRules, AddUp) {
  const std::vector<PointRule> rules = {{0, Comparison::kAtLeast, 5, 10}, {1, Comparison::kAtLeast, 10, 20}, {1, Comparison::kAtLeast, 20, 10},
                                        {2, Comparison::kEquals, 1, -20}};
  EXPECT_EQ(points_of_fields(Values{7, 12, 0}, rules), 30);
  EXPECT_EQ(points_of_fields(Values{5, 20, 1}, rules), 20);
  EXPECT_EQ(points_of_fields(Values{4.99, 9.99, 1}, rules), -20);
  EXPECT_EQ(points_of_fields(Values{std::nan(""), 12}, rules), 20);  // unknown and missing give nothing
  EXPECT_EQ(points_of_fields(Values{}, rules), 0);
}

TEST(PointRules, EveryComparison) {
  const auto points = [](Comparison comparison, double value) { return points_of_fields(Values{value}, std::vector<PointRule>{{0, comparison, 3, 1}}); };
  const std::pair<Comparison, Values> expected[] = {{Comparison::kAtLeast, {0, 1, 1}}, {Comparison::kAbove, {0, 0, 1}},  {Comparison::kAtMost, {1, 1, 0}},
                                                    {Comparison::kBelow, {1, 0, 0}},   {Comparison::kEquals, {0, 1, 0}}, {Comparison::kDiffers, {1, 0, 1}}};
  for (const auto& [comparison, results] : expected) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(points(comparison, 2 + i), results[static_cast<std::size_t>(i)]);
    EXPECT_EQ(points(comparison, std::nan("")), 0);
  }
}

// Arithmetic: half of 10 after one half-life, a quarter after two.
TEST(PointRules, ActivitiesFadeAndAreCapped) {
  const std::vector<Activity> twice = {{0, 30}, {0, 60}};
  EXPECT_NEAR(points_of_activities(twice, std::vector<ActivityRule>{{10, 30, std::nullopt}}).value(), 7.5, 1e-14);
  EXPECT_EQ(points_of_activities(twice, std::vector<ActivityRule>{{10, 30, 6}}).value(), 6);
  EXPECT_EQ(points_of_activities(twice, std::vector<ActivityRule>{{10, std::nullopt, std::nullopt}}).value(), 20);
  EXPECT_EQ(points_of_activities(twice, std::vector<ActivityRule>{{-10, std::nullopt, 15}}).value(), -15);
  const std::vector<Activity> mixed = {{0, 0, 3}, {1, 7}, {1, -2}};  // three downloads today, a webinar a week ago, one still to come
  EXPECT_NEAR(points_of_activities(mixed, std::vector<ActivityRule>{{5, 7, 12}, {20, 7, std::nullopt}}).value(), 22, 1e-14);
  EXPECT_EQ(points_of_activities({}, std::vector<ActivityRule>{{5, 7, 12}}).value(), 0);
}

TEST(PointRules, Refused) {
  const std::vector<ActivityRule> rules = {{5, 7, 12}};
  EXPECT_EQ(points_of_activities(std::vector<Activity>{{1, 0}}, rules).reason().code, "out_of_range");
  EXPECT_EQ(points_of_activities(std::vector<Activity>{{0, std::nan("")}}, rules).reason().code, "not_finite");
  EXPECT_EQ(points_of_activities(std::vector<Activity>{{0, 1, -1}}, rules).reason().code, "out_of_range");
  EXPECT_EQ(points_of_activities({}, std::vector<ActivityRule>{{5, 0, 12}}).reason().code, "out_of_range");
  EXPECT_EQ(points_of_activities({}, std::vector<ActivityRule>{{5, 7, -1}}).reason().code, "out_of_range");
}

TEST(PointRules, FixtureCases) {
  KPI_FIXTURE_CASES(cases, "lead_scoring");
  for (const std::string id : {"leads_first_half_points_score", "synthetic_dev_points_score"}) {
    SCOPED_TRACE(id);
    const auto c = test::fixture_case(cases, id);
    std::vector<std::string> names;
    std::vector<PointRule> rules;
    for (const auto& rule : c["inputs"]["rules"]) {
      ASSERT_TRUE(rule[1] == ">=" || rule[1] == "==");
      rules.push_back({names.size(), rule[1] == ">=" ? Comparison::kAtLeast : Comparison::kEquals, rule[2], rule[3]});
      names.push_back(rule[0]);
    }
    const test::Leads leads = test::read_leads(c["inputs"]["data"]["file"], names);
    Values scores;
    for (std::size_t i = 0; i < leads.outcomes.size(); ++i) {
      Values row;
      for (const Values& column : leads.features) row.push_back(column[i]);
      scores.push_back(points_of_fields(row, rules));
    }
    ASSERT_FALSE(scores.empty());
    const auto& e = c["expected"];
    const auto check = [&](const char* key, double value, const nlohmann::json& expected) { test::expect_fixture(value, expected, c["tolerance"], key); };
    double sum = 0;
    for (const double score : scores) sum += score;
    check("mean_score", sum / static_cast<double>(scores.size()), e["mean_score"]);
    check("min", *std::min_element(scores.begin(), scores.end()), e["min"]);
    check("max", *std::max_element(scores.begin(), scores.end()), e["max"]);
    for (std::size_t i = 0; i < e["first_scores"].size(); ++i) EXPECT_EQ(scores[i], e["first_scores"][i].get<double>());
    const auto people = group_by_score(scores, leads.outcomes);
    ASSERT_TRUE(people.ok());
    EXPECT_EQ(people.value().groups.size(), e["distinct"].get<std::size_t>());
    const auto auc = area_under_curve(people.value());
    ASSERT_TRUE(auc.ok());
    check("auc", auc.value().value, e["auc"]);
    check("gini", auc.value().gini, e["gini"]);
    check("ks", kolmogorov_smirnov(people.value()).distance, e["ks"]);
    check("ks_threshold", kolmogorov_smirnov(people.value()).threshold, e["ks_threshold"]);
    for (const auto& expected : e["thresholds"]) {
      const Confusion at = confusion_at(people.value(), expected["threshold"]);
      EXPECT_EQ(at.selected, expected["selected"].get<std::size_t>());
      EXPECT_EQ(at.true_positives, expected["tp"].get<std::size_t>());
      EXPECT_EQ(at.false_positives, expected["fp"].get<std::size_t>());
      EXPECT_EQ(at.false_negatives, expected["fn"].get<std::size_t>());
      EXPECT_EQ(at.true_negatives, expected["tn"].get<std::size_t>());
      check("precision", *at.precision, expected["precision"]);
      check("recall", at.recall, expected["recall"]);
      check("specificity", at.specificity, expected["specificity"]);
      check("accuracy", at.accuracy, expected["accuracy"]);
      check("f1", at.f1, expected["f1"]);
      check("mcc", *at.matthews, expected["mcc"]);
    }
    const auto table = gains_table(scores, leads.outcomes);
    ASSERT_TRUE(table.ok());
    ASSERT_EQ(table.value().size(), e["deciles_stable_order"].size());
    for (std::size_t k = 0; k < table.value().size(); ++k) {
      const auto& bin = e["deciles_stable_order"][k];
      EXPECT_EQ(table.value()[k].people, bin["n"].get<std::size_t>());
      EXPECT_EQ(table.value()[k].converted, bin["events"].get<std::size_t>());
      check("cumulative_gain", table.value()[k].cumulative_gain, bin["cumulative_gain"]);
      check("lift", table.value()[k].lift, bin["lift"]);
      check("cumulative_lift", table.value()[k].cumulative_lift, bin["cumulative_lift"]);
      check("min_score", table.value()[k].least_score, bin["min_score"]);
    }
  }
}

}  // namespace
}  // namespace kpi
