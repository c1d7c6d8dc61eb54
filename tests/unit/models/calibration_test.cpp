#include "core/models/calibration.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/models/logistic_regression.h"
#include "tests/support/lead_fixture.h"

namespace kpi {
namespace {

using Chances = std::vector<double>;
using Outcomes = std::vector<std::uint8_t>;

// By hand: chances 0.2 0.2 0.8 0.8, outcomes 0 1 1 1, in two bins: Brier (0.04 + 0.64 + 0.04 + 0.04) / 4 = 0.19; the bins are off by
// 0.3 and 0.2, so the expected error is 0.25.
TEST(Calibration, ByHand) {
  const auto c = calibration(Chances{0.2, 0.2, 0.8, 0.8}, Outcomes{0, 1, 1, 1}, 2);
  ASSERT_TRUE(c.ok());
  EXPECT_NEAR(c.value().brier, 0.19, 1e-15);
  EXPECT_NEAR(c.value().log_loss, -(3 * std::log(0.8) + std::log(0.2)) / 4, 1e-14);
  EXPECT_NEAR(c.value().expected_error, 0.25, 1e-15);
  EXPECT_FALSE(c.value().hosmer_lemeshow);  // two bins leave no degree of freedom
  EXPECT_FALSE(c.value().line);             // nobody above failed
}

// 40 people at each of 0.25 and 0.75, of whom 10 and 30 convert: what was said is what happened.
TEST(Calibration, RightChancesHaveSlopeOne) {
  Chances chances;
  Outcomes outcomes;
  for (int i = 0; i < 40; ++i) chances.push_back(0.25), outcomes.push_back(i % 4 == 0 ? 1 : 0);
  for (int i = 0; i < 40; ++i) chances.push_back(0.75), outcomes.push_back(i % 4 != 0 ? 1 : 0);
  const auto c = calibration(chances, outcomes, 4);
  ASSERT_TRUE(c.ok() && c.value().line && c.value().hosmer_lemeshow);
  EXPECT_NEAR(c.value().line->slope, 1, 1e-11);
  EXPECT_NEAR(c.value().line->intercept, 0, 1e-11);
  EXPECT_NEAR(c.value().line->in_the_large, 0, 1e-11);
  EXPECT_NEAR(c.value().hosmer_lemeshow->statistic, 0, 1e-20);
  EXPECT_NEAR(c.value().hosmer_lemeshow->p, 1, 1e-15);
}

void expect_calibration(const Chances& chances, const Outcomes& outcomes, const nlohmann::json& fixture) {
  const auto result = calibration(chances, outcomes);
  ASSERT_TRUE(result.ok());
  const Calibration& c = result.value();
  const auto& e = fixture["expected"];
  const auto check = [&](const std::string& key, double value, const nlohmann::json& expected) {
    test::expect_fixture(value, expected, fixture["tolerance"], key);
  };
  check("brier", c.brier, e["brier"]);
  check("logloss", c.log_loss, e["logloss"]);
  check("ece10", c.expected_error, e["ece10"]);
  ASSERT_EQ(c.bins.size(), e["calibration_bins"].size());
  for (std::size_t k = 0; k < c.bins.size(); ++k) {
    const auto& bin = e["calibration_bins"][k];
    EXPECT_EQ(c.bins[k].people, bin["n"].get<std::size_t>());
    check("mean_predicted", c.bins[k].mean_predicted, bin["mean_predicted"]);
    check("observed_rate", c.bins[k].observed_rate, bin["observed_rate"]);
  }
  ASSERT_TRUE(c.hosmer_lemeshow && c.line);
  check("chi2", c.hosmer_lemeshow->statistic, e["hosmer_lemeshow"]["chi2"]);
  check("p", c.hosmer_lemeshow->p, e["hosmer_lemeshow"]["p"]);
  EXPECT_EQ(c.hosmer_lemeshow->degrees_of_freedom, e["hosmer_lemeshow"]["df"].get<double>());
  if (!e.contains("calibration_slope")) {  // of the rows it was fitted on a likelihood fit is right
    EXPECT_NEAR(c.line->slope, 1, 1e-7);
    EXPECT_NEAR(c.line->in_the_large, 0, 1e-7);
    return;
  }
  check("calibration_slope", c.line->slope, e["calibration_slope"]);
  check("calibration_intercept_joint", c.line->intercept, e["calibration_intercept_joint"]);
  check("calibration_in_the_large", c.line->in_the_large, e["calibration_in_the_large"]);
}

TEST(Calibration, FixtureCases) {
  KPI_FIXTURE_CASES(cases, "lead_scoring");
  for (const std::string name : {"leads_first_half", "synthetic_dev"}) {
    const auto fit = test::fixture_case(cases, name + "_logit_fit");
    const test::Leads leads = test::read_leads(fit["inputs"]), train = leads.every_fifth(false), rest = leads.every_fifth(true);
    const auto all_model = fit_logistic_regression(leads.features, leads.outcomes), model = fit_logistic_regression(train.features, train.outcomes);
    ASSERT_TRUE(all_model.ok() && model.ok());
    SCOPED_TRACE(name);
    expect_calibration(predict_all(all_model.value(), leads.features), leads.outcomes, test::fixture_case(cases, name + "_in_sample_evaluation"));
    expect_calibration(predict_all(model.value(), rest.features), rest.outcomes, test::fixture_case(cases, name + "_holdout_evaluation"));
  }
  const auto small = test::fixture_case(cases, "auc_small_with_ties");
  const auto c = calibration(small["inputs"]["score"].get<Chances>(), small["inputs"]["y"].get<Outcomes>(), 2);
  ASSERT_TRUE(c.ok());
  test::expect_fixture(c.value().brier, small["expected"]["brier"], small["tolerance"], "brier");
}

TEST(Calibration, CertainAndWrongIsFinite) {
  const auto c = calibration(Chances{0, 1, 0, 1}, Outcomes{1, 0, 0, 1}, 2);
  ASSERT_TRUE(c.ok());
  EXPECT_EQ(c.value().brier, 0.5);
  EXPECT_NEAR(c.value().log_loss, -std::log(1e-15) / 2, 0.1);
  EXPECT_FALSE(c.value().hosmer_lemeshow);
}

TEST(Calibration, Refused) {
  EXPECT_EQ(calibration(Chances{0.1, 1.2}, Outcomes{0, 1}, 2).reason().code, "out_of_range");
  EXPECT_EQ(calibration(Chances{0.1, 0.2}, Outcomes{0, 1}, 3).reason().code, "too_few_rows");
  EXPECT_EQ(calibration(Chances{0.1, 0.2}, Outcomes{0, 0}, 1).reason().code, "no_conversions");
}

}  // namespace
}  // namespace kpi
