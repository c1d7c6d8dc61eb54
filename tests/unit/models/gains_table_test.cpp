#include "core/models/gains_table.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/models/logistic_regression.h"
#include "tests/support/lead_fixture.h"

namespace kpi {
namespace {

using Scores = std::vector<double>;
using Outcomes = std::vector<std::uint8_t>;

// By hand: 4 of 10 convert, in fifths.
TEST(GainsTable, ByHand) {
  const auto t = gains_table(Scores{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, Outcomes{0, 0, 1, 0, 0, 0, 1, 0, 1, 1}, 5);
  ASSERT_TRUE(t.ok());
  const auto& bins = t.value();
  ASSERT_EQ(bins.size(), 5U);
  EXPECT_EQ(bins[0].converted, 2U);
  EXPECT_NEAR(bins[0].lift, 2.5, 1e-15);
  EXPECT_EQ(bins[0].least_score, 9);
  EXPECT_EQ(bins[1].cumulative_converted, 3U);
  EXPECT_NEAR(bins[1].cumulative_gain, 0.75, 1e-15);
  EXPECT_NEAR(bins[1].cumulative_lift, 1.875, 1e-15);  // 3/4 of all in 2/5
  EXPECT_EQ(bins[4].cumulative_gain, 1);
  EXPECT_NEAR(bins[4].cumulative_lift, 1, 1e-15);
}

void expect_bins(const std::vector<GainsBin>& got, const nlohmann::json& expected, const nlohmann::json& tolerance) {
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t k = 0; k < got.size(); ++k) {
    SCOPED_TRACE("bin " + std::to_string(k + 1));
    const auto& e = expected[k];
    EXPECT_EQ(got[k].people, e["n"].get<std::size_t>());
    EXPECT_EQ(got[k].converted, e["events"].get<std::size_t>());
    EXPECT_EQ(got[k].cumulative_converted, e["cumulative_events"].get<std::size_t>());
    const auto check = [&](const char* key, double value) { test::expect_fixture(value, e[key], tolerance, key); };
    check("rate", got[k].rate);
    check("cumulative_gain", got[k].cumulative_gain);
    check("lift", got[k].lift);
    check("cumulative_lift", got[k].cumulative_lift);
    check("min_score", got[k].least_score);
  }
}

TEST(GainsTable, FixtureCases) {
  KPI_FIXTURE_CASES(cases, "lead_scoring");
  for (const std::string name : {"leads_first_half", "synthetic_dev"}) {
    const auto fit = test::fixture_case(cases, name + "_logit_fit"), within = test::fixture_case(cases, name + "_in_sample_evaluation");
    const auto holdout = test::fixture_case(cases, name + "_holdout_evaluation");
    const test::Leads leads = test::read_leads(fit["inputs"]), train = leads.every_fifth(false), rest = leads.every_fifth(true);
    const auto all_model = fit_logistic_regression(leads.features, leads.outcomes), model = fit_logistic_regression(train.features, train.outcomes);
    ASSERT_TRUE(all_model.ok() && model.ok());
    const auto of_all = gains_table(predict_all(all_model.value(), leads.features), leads.outcomes);
    const auto of_rest = gains_table(predict_all(model.value(), rest.features), rest.outcomes);
    ASSERT_TRUE(of_all.ok() && of_rest.ok());
    SCOPED_TRACE(name);
    expect_bins(of_all.value(), within["expected"]["deciles"], within["tolerance"]);
    expect_bins(of_rest.value(), holdout["expected"]["deciles"], holdout["tolerance"]);
  }
}

TEST(GainsTable, Refused) {
  EXPECT_EQ(gains_table(Scores{1, 2}, Outcomes{0, 1}, 3).reason().code, "too_few_rows");
  EXPECT_EQ(gains_table(Scores{1, 2}, Outcomes{0, 1}, 0).reason().code, "out_of_range");
  EXPECT_EQ(gains_table(Scores{1, 2}, Outcomes{0, 0}, 1).reason().code, "no_conversions");
}

}  // namespace
}  // namespace kpi
