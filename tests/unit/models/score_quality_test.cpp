#include "core/models/score_quality.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/models/auc.h"
#include "core/models/logistic_regression.h"
#include "core/models/seeded_random.h"
#include "tests/support/lead_fixture.h"

namespace kpi {
namespace {

using Scores = std::vector<double>;
using Outcomes = std::vector<std::uint8_t>;

ScoreGroups grouped(const Scores& scores, const Outcomes& outcomes) {
  auto groups = group_by_score(scores, outcomes);
  EXPECT_TRUE(groups.ok());
  return groups.ok() ? std::move(groups).value() : ScoreGroups{};
}

const Scores kScores = {0.1, 0.4, 0.4, 0.8, 0.8, 0.9};
const Outcomes kOutcomes = {0, 0, 1, 0, 1, 1};

// By hand, from the top: 1 of 1, then 2 of 3, then 3 of 5: precision 1/3 (1 + 2/3 + 3/5) = 0.7555...; scikit-learn gives the same.
TEST(ScoreQuality, SmallWithTies) {
  const ScoreGroups people = grouped(kScores, kOutcomes);
  EXPECT_NEAR(average_precision(people), 34.0 / 45, 1e-15);
  const KolmogorovSmirnov ks = kolmogorov_smirnov(people);
  EXPECT_NEAR(ks.distance, 1.0 / 3, 1e-15);  // 1/3 - 0 at 0.9, 2/3 - 1/3 at 0.8, 1 - 2/3 at 0.4: the highest of equals
  EXPECT_EQ(ks.threshold, 0.9);
  const Confusion at = confusion_at(people, 0.8);
  EXPECT_EQ(at.true_positives, 2U);
  EXPECT_EQ(at.false_positives, 1U);
  EXPECT_EQ(at.false_negatives, 1U);
  EXPECT_EQ(at.true_negatives, 2U);
  EXPECT_NEAR(*at.precision, 2.0 / 3, 1e-15);
  EXPECT_NEAR(at.f1, 2.0 / 3, 1e-15);
  EXPECT_NEAR(*at.matthews, 3.0 / 9, 1e-15);  // (2 * 2 - 1) / sqrt(3^4)
}

TEST(ScoreQuality, AsManyAsCanBeCalled) {
  const ScoreGroups people = grouped(kScores, kOutcomes);
  const auto three = threshold_for_capacity(people, 4);  // the two at 0.4 would make it five
  ASSERT_TRUE(three.ok());
  EXPECT_EQ(three.value().threshold, 0.8);
  EXPECT_EQ(three.value().selected, 3U);
  EXPECT_EQ(threshold_for_capacity(people, 100).value().selected, 6U);
  EXPECT_EQ(threshold_for_capacity(people, 0).reason().code, "out_of_range");
  EXPECT_EQ(threshold_for_capacity(grouped({1, 1, 0}, {1, 0, 0}), 1).reason().code, "ties_exceed_capacity");
}

// Wilson for 5 of 40 (catalogue section 6): 5.460 % to 26.112 %.
TEST(ScoreQuality, BandsHaveRatesAndIntervals) {
  Scores scores;
  Outcomes outcomes;
  for (int i = 0; i < 40; ++i) scores.push_back(60), outcomes.push_back(i < 5 ? 1 : 0);
  for (int i = 0; i < 10; ++i) scores.push_back(90), outcomes.push_back(i < 6 ? 1 : 0);
  const auto bands = conversion_by_band(grouped(scores, outcomes), Scores{80, 50, 20});
  ASSERT_TRUE(bands.ok());
  ASSERT_EQ(bands.value().size(), 4U);
  EXPECT_EQ(bands.value()[0].people, 10U);
  EXPECT_NEAR(*bands.value()[0].rate, 0.6, 1e-15);
  EXPECT_NEAR(bands.value()[1].interval->low, 0.05460, 5e-6);
  EXPECT_NEAR(bands.value()[1].interval->high, 0.26112, 5e-6);
  EXPECT_EQ(bands.value()[2].people, 0U);
  EXPECT_FALSE(bands.value()[2].rate || bands.value()[2].interval);
  EXPECT_FALSE(bands.value()[3].from);
  EXPECT_EQ(conversion_by_band(grouped(scores, outcomes), Scores{20, 50}).reason().code, "out_of_range");
}

void expect_evaluation(const ScoreGroups& people, const nlohmann::json& c) {
  const auto& e = c["expected"];
  const auto check = [&](const char* key, double value) { test::expect_fixture(value, e[key], c["tolerance"], key); };
  const auto auc = area_under_curve(people);
  ASSERT_TRUE(auc.ok() && auc.value().interval);
  check("auc", auc.value().value);
  check("gini", auc.value().gini);
  check("auc_delong_se", *auc.value().standard_error);
  test::expect_fixture(auc.value().interval->low, e["auc_ci95_delong"][0], c["tolerance"], "auc_ci95_delong");
  test::expect_fixture(auc.value().interval->high, e["auc_ci95_delong"][1], c["tolerance"], "auc_ci95_delong");
  const KolmogorovSmirnov ks = kolmogorov_smirnov(people);
  check("ks", ks.distance);
  check("ks_threshold", ks.threshold);
  check("average_precision", average_precision(people));
  check("base_rate", static_cast<double>(people.converted) / static_cast<double>(people.converted + people.others));
  const Confusion half = confusion_at(people, 0.5);
  const auto& expected = e["confusion_at_0_5"];
  EXPECT_EQ(half.true_positives, expected["tp"].get<std::size_t>());
  EXPECT_EQ(half.false_positives, expected["fp"].get<std::size_t>());
  EXPECT_EQ(half.false_negatives, expected["fn"].get<std::size_t>());
  EXPECT_EQ(half.true_negatives, expected["tn"].get<std::size_t>());
  test::expect_fixture(*half.precision, expected["precision"], c["tolerance"], "precision");
  test::expect_fixture(half.recall, expected["recall"], c["tolerance"], "recall");
  test::expect_fixture(half.specificity, expected["specificity"], c["tolerance"], "specificity");
  test::expect_fixture(half.accuracy, expected["accuracy"], c["tolerance"], "accuracy");
  test::expect_fixture(half.f1, expected["f1"], c["tolerance"], "f1");
  test::expect_fixture(*half.matthews, expected["mcc"], c["tolerance"], "mcc");
}

TEST(ScoreQuality, FixtureCases) {
  KPI_FIXTURE_CASES(cases, "lead_scoring");
  for (const std::string name : {"leads_first_half", "synthetic_dev"}) {
    SCOPED_TRACE(name);
    const auto fit = test::fixture_case(cases, name + "_logit_fit");
    const test::Leads leads = test::read_leads(fit["inputs"]), train = leads.every_fifth(false), rest = leads.every_fifth(true);
    const auto all_model = fit_logistic_regression(leads.features, leads.outcomes), model = fit_logistic_regression(train.features, train.outcomes);
    ASSERT_TRUE(all_model.ok() && model.ok());
    expect_evaluation(grouped(predict_all(all_model.value(), leads.features), leads.outcomes), test::fixture_case(cases, name + "_in_sample_evaluation"));
    const auto holdout = test::fixture_case(cases, name + "_holdout_evaluation");
    expect_evaluation(grouped(predict_all(model.value(), rest.features), rest.outcomes), holdout);
    test::expect_fixture(model.value().intercept.value, holdout["expected"]["train_coef"]["(Intercept)"], holdout["tolerance"], "train_coef");
    for (std::size_t j = 0; j < train.features.size(); ++j) {
      const std::string feature = fit["inputs"]["x"][j];
      test::expect_fixture(model.value().features[j].value, holdout["expected"]["train_coef"][feature], holdout["tolerance"], "train_coef");
    }
  }
  const auto small = test::fixture_case(cases, "auc_small_with_ties");
  const ScoreGroups people = grouped(small["inputs"]["score"].get<Scores>(), small["inputs"]["y"].get<Outcomes>());
  test::expect_fixture(average_precision(people), small["expected"]["average_precision"], small["tolerance"], "average_precision");
}

TEST(ScoreQuality, NobodySelected) {
  const Confusion none = confusion_at(grouped(kScores, kOutcomes), 2);
  EXPECT_EQ(none.selected, 0U);
  EXPECT_FALSE(none.precision || none.matthews);
  EXPECT_EQ(none.f1, 0);
  EXPECT_EQ(none.specificity, 1);
}

// The four cells and the bands hold everybody; a capacity is never exceeded and the next lower threshold would.
TEST(ScoreQuality, Invariants) {
  SeededRandom random(41);
  for (int round = 0; round < 60; ++round) {
    Scores scores;
    Outcomes outcomes = {0, 1};
    const std::size_t n = 3 + random.below(80);
    for (std::size_t i = 0; i < n; ++i) scores.push_back(random.below(15));
    while (outcomes.size() < n) outcomes.push_back(static_cast<std::uint8_t>(random.below(2)));
    const ScoreGroups people = grouped(scores, outcomes);
    for (std::uint32_t t = 0; t <= 15; ++t) {
      const Confusion c = confusion_at(people, t);
      EXPECT_EQ(c.true_positives + c.false_positives + c.false_negatives + c.true_negatives, n) << "seed 41, round " << round;
    }
    const std::size_t capacity = 1 + random.below(static_cast<std::uint32_t>(n));
    const auto chosen = threshold_for_capacity(people, capacity);
    if (chosen.ok()) {
      EXPECT_LE(chosen.value().selected, capacity) << "seed 41, round " << round;
      EXPECT_EQ(confusion_at(people, chosen.value().threshold).selected, chosen.value().selected) << "seed 41, round " << round;
    }
    const auto bands = conversion_by_band(people, Scores{12, 6, 3});
    ASSERT_TRUE(bands.ok());
    std::size_t all = 0;
    for (const ScoreBand& band : bands.value()) all += band.people;
    EXPECT_EQ(all, n) << "seed 41, round " << round;
  }
}

}  // namespace
}  // namespace kpi
