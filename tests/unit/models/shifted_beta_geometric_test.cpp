// Expected values: Fader, Hardie 2007 (tables 1 and 2, their Excel figures), and fixtures retention.json (Newton-polished maxima, mpmath).
#include "core/models/shifted_beta_geometric.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

using test::expect_near;

std::vector<double> survivors_of(const std::vector<double>& percent, double customers) {
  std::vector<double> survivors;
  for (const double p : percent) survivors.push_back(p * customers / 100);
  return survivors;
}

TEST(ShiftedBetaGeometric, PublishedCohorts) {
  struct Case {
    std::vector<double> percent;
    double alpha, beta, log_likelihood, year_12, lifetime;
  };
  const Case cases[] = {
      {{100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1}, 0.7040772984992852, 1.1820430262593438, -1680.265188463287, 17.00374528067882, 3.6949084274793726},
      {{100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1}, 0.6680883511473246, 3.806094964368713, -1611.1581473911565, 37.799907159240384, 5.92225349575737}};
  for (const Case& c : cases) {
    const Outcome<ShiftedBetaGeometricFit> fit = fit_shifted_beta_geometric(survivors_of(c.percent, 1000));
    ASSERT_TRUE(fit.ok());
    EXPECT_NEAR(fit.value().log_likelihood, c.log_likelihood, 1e-9);
    expect_near(fit.value().parameters.alpha, c.alpha, 1e-6);
    expect_near(fit.value().parameters.beta, c.beta, 1e-6);
    EXPECT_GT(fit.value().standard_errors.alpha, 0);
    EXPECT_NEAR(project_retention(fit.value().parameters, 12).value().survival[12] * 100, c.year_12, 1e-5);
    expect_near(discounted_lifetime({c.alpha, c.beta}, 0.1).value(), c.lifetime, 1e-10);
  }
}

void expect_case(const std::string& id) {
  KPI_REFERENCE_CASE(wanted, "retention.json", id);
  const nlohmann::json &in = wanted["inputs"], &out = wanted["expected"];
  const Outcome<ShiftedBetaGeometricFit> fit = fit_shifted_beta_geometric(survivors_of(in["survival_percent"], in["N"]));
  ASSERT_TRUE(fit.ok());
  EXPECT_NEAR(fit.value().log_likelihood, out["LL"].get<double>(), 1e-9);
  expect_near(fit.value().parameters.alpha, out["alpha"], 1e-6);
  expect_near(fit.value().parameters.beta, out["beta"], 1e-6);
  const ShiftedBetaGeometric fixed{out["alpha"], out["beta"]};
  const Outcome<RetentionCurve> curve = project_retention(fixed, in["horizon"]);
  ASSERT_TRUE(curve.ok());
  for (std::size_t t = 0; t <= 12; ++t) expect_near(100 * curve.value().survival[t], out["survival_percent"][t], 1e-10);
  for (std::size_t t = 0; t < 12; ++t) expect_near(curve.value().retention[t], out["retention_rate"][t], 1e-10);
  expect_near(mean_churn(fixed), out["mean_theta"], 1e-10);
  expect_near(discounted_lifetime(fixed, in["discount"]).value(), out["del_new_10pct"], 1e-10);
  expect_near(discounted_residual_lifetime(fixed, 2, in["discount"]).value(), out["derl_after_1_renewal_10pct"], 1e-10);
}

TEST(ShiftedBetaGeometric, FixtureRegular) { expect_case("sbg_regular"); }
TEST(ShiftedBetaGeometric, FixtureHighEnd) { expect_case("sbg_high_end"); }

TEST(ShiftedBetaGeometric, FixturePoints) {
  KPI_REFERENCE_CASE(points, "retention.json", "sbg_points");
  const ShiftedBetaGeometric m{points["inputs"]["alpha"], points["inputs"]["beta"]};
  const nlohmann::json& out = points["expected"];
  const RetentionCurve curve = project_retention(m, 12).value();
  for (std::size_t t = 0; t <= 12; ++t) expect_near(curve.survival[t], out["survival"][t], 1e-10);
  for (std::size_t t = 0; t < 12; ++t) expect_near(curve.churn[t], out["churn_pmf"][t], 1e-10);
  expect_near(discounted_lifetime(m, 0.1).value(), out["del_new"], 1e-10);
  ASSERT_EQ(out["derl"].size(), 5U);
  for (std::uint32_t n = 1; n <= 5; ++n) expect_near(discounted_residual_lifetime(m, n, 0.1).value(), out["derl"][n - 1], 1e-10);
}

TEST(ShiftedBetaGeometric, DiscountedLifetimeIsTheDiscountedSurvival) {
  for (const ShiftedBetaGeometric m : {ShiftedBetaGeometric{0.668, 3.806}, {2.5, 0.4}, {40, 900}}) {
    for (const double discount : {0.5, 0.1, 0.01}) {
      const RetentionCurve curve = project_retention(m, 5000).value();
      double sum = 0;
      for (std::size_t t = curve.survival.size(); t-- > 0;) sum += curve.survival[t] * std::pow(1 + discount, -static_cast<double>(t));
      expect_near(discounted_lifetime(m, discount).value(), sum, 1e-12);
    }
  }
  EXPECT_NEAR(discounted_lifetime({3, 5}, 0).value(), 3.5, 1e-15);  // (3 + 5 - 1) / (3 - 1)
  expect_near(discounted_lifetime({3, 5}, 1e-9).value(), 3.5, 1e-7);
  // By mpmath at 50 digits, where the series has millions of terms.
  expect_near(discounted_lifetime({0.7, 1.2}, 0.0001).value(), 46.670159449486214, 1e-10);
  expect_near(discounted_lifetime({0.01, 300}, 0.00001).value(), 94891.525750099902, 1e-10);
  expect_near(discounted_lifetime({1000, 0.5}, 0.01).value(), 1.000495537675855, 1e-10);
  expect_near(discounted_lifetime({1.5, 20000}, 0.000001).value(), 31393.291176444786, 1e-9);
}

TEST(ShiftedBetaGeometric, WhatCannotBeFitted) {
  const auto code = [](const std::vector<double>& survivors) {
    const Outcome<ShiftedBetaGeometricFit> fit = fit_shifted_beta_geometric(survivors);
    return fit.ok() ? std::string("fitted") : std::string(fit.reason().code);
  };
  EXPECT_EQ(code({}), "too_few_rows");
  EXPECT_EQ(code({100, 80}), "too_few_rows");
  EXPECT_EQ(code({100, 80, 90}), "out_of_range");
  EXPECT_EQ(code({0, 0, 0}), "out_of_range");
  EXPECT_EQ(code({100, 80, std::nan("")}), "not_finite");
  EXPECT_EQ(code({100, 100, 100}), "not_identified");  // nobody leaves
  EXPECT_EQ(code({100, 0, 0}), "not_identified");      // all leave
  EXPECT_EQ(code({1000, 800, 640, 512}), "not_identified");  // 80 % each time: all are alike
  EXPECT_EQ(code({1000, 900, 600, 100}), "not_identified");  // ever fewer renew: the model knows only the opposite
  EXPECT_EQ(discounted_lifetime({0.7, 1.2}, 0).reason().code, "mean_infinite");
  EXPECT_EQ(discounted_lifetime({0.7, 1.2}, -0.1).reason().code, "out_of_range");
  EXPECT_EQ(discounted_lifetime({0, 1.2}, 0.1).reason().code, "out_of_range");
  EXPECT_EQ(discounted_residual_lifetime({0.7, 1.2}, 0, 0.1).reason().code, "out_of_range");
  EXPECT_EQ(project_retention({0.7, std::nan("")}, 3).reason().code, "out_of_range");
}

}  // namespace
}  // namespace kpi
