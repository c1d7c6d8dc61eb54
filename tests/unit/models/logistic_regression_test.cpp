#include "core/models/logistic_regression.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/models/seeded_random.h"
#include "tests/support/lead_fixture.h"

namespace kpi {
namespace {

using Columns = std::vector<std::vector<double>>;
using Outcomes = std::vector<std::uint8_t>;

// One feature of 0 and 1 has a closed form: intercept log(10/30), coefficient log(odds ratio) with variance 1/10 + 1/30 + 1/25 + 1/15.
TEST(LogisticRegression, OfOneYesOrNoIsTheOddsRatio) {
  Columns x(1);
  Outcomes y;
  const auto add = [&](int count, double value, std::uint8_t outcome) {
    for (int i = 0; i < count; ++i) x[0].push_back(value), y.push_back(outcome);
  };
  add(10, 0, 1), add(30, 0, 0), add(25, 1, 1), add(15, 1, 0);
  const auto m = fit_logistic_regression(x, y);
  ASSERT_TRUE(m.ok());
  EXPECT_NEAR(m.value().intercept.value, std::log(10.0 / 30), 1e-12);
  EXPECT_NEAR(m.value().features[0].value, std::log((25.0 / 15) / (10.0 / 30)), 1e-12);
  EXPECT_NEAR(m.value().features[0].standard_error, std::sqrt(1.0 / 10 + 1.0 / 30 + 1.0 / 25 + 1.0 / 15), 1e-10);
  EXPECT_NEAR(*m.value().features[0].odds_ratio, 5, 1e-11);
  EXPECT_NEAR(m.value().intercept.standard_error, std::sqrt(1.0 / 10 + 1.0 / 30), 1e-10);
  EXPECT_NEAR(m.value().log_likelihood, 10 * std::log(0.25) + 30 * std::log(0.75) + 25 * std::log(0.625) + 15 * std::log(0.375), 1e-12);
}

// The worked example of the article "Logistic regression" of Wikipedia, hours of study and passing of 20 students: coefficients -4.0777
// and 1.5046 with standard errors 1.7610 and 0.6287, log-likelihood -8.02988, 26 % after 2 hours.
TEST(LogisticRegression, HoursOfStudy) {
  const Columns x = {{0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5, 5.5}};
  const Outcomes y = {0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1};
  const auto m = fit_logistic_regression(x, y);
  ASSERT_TRUE(m.ok());
  EXPECT_NEAR(m.value().intercept.value, -4.0777, 5e-5);
  EXPECT_NEAR(m.value().features[0].value, 1.5046, 5e-5);
  EXPECT_NEAR(m.value().intercept.standard_error, 1.7610, 5e-5);
  EXPECT_NEAR(m.value().features[0].standard_error, 0.6287, 5e-5);
  EXPECT_NEAR(m.value().log_likelihood, -8.02988, 5e-6);
  EXPECT_NEAR(predict(m.value(), std::vector<double>{2}), 0.26, 5e-3);
}

void expect_coefficient(const Coefficient& got, const std::string& name, const nlohmann::json& c) {
  SCOPED_TRACE(name);
  const auto& e = c["expected"];
  const auto check = [&](const char* key, double value) { test::expect_fixture(value, e[key][name], c["tolerance"], key); };
  check("coef", got.value);
  check("se", got.standard_error);
  check("z", got.z);
  check("p", got.p);
  ASSERT_TRUE(got.odds_ratio);
  check("odds_ratio", *got.odds_ratio);
  test::expect_fixture(got.interval.low, e["ci95_wald"][name][0], c["tolerance"], "ci95_wald");
  test::expect_fixture(got.interval.high, e["ci95_wald"][name][1], c["tolerance"], "ci95_wald");
}

TEST(LogisticRegression, FixtureFits) {
  KPI_FIXTURE_CASES(cases, "lead_scoring");
  for (const std::string id : {"leads_first_half_logit_fit", "synthetic_dev_logit_fit"}) {
    SCOPED_TRACE(id);
    const auto c = test::fixture_case(cases, id);
    const test::Leads leads = test::read_leads(c["inputs"]);
    ASSERT_EQ(leads.outcomes.size(), c["inputs"]["n"].get<std::size_t>());
    const auto m = fit_logistic_regression(leads.features, leads.outcomes);
    ASSERT_TRUE(m.ok());
    expect_coefficient(m.value().intercept, "(Intercept)", c);
    for (std::size_t j = 0; j < leads.features.size(); ++j) expect_coefficient(m.value().features[j], c["inputs"]["x"][j], c);
    const auto& e = c["expected"];
    EXPECT_NEAR(m.value().log_likelihood, e["loglik"].get<double>(), c["tolerance"]["loglik_abs"].get<double>());
    const auto check = [&](const char* key, double value) { test::expect_fixture(value, e[key], c["tolerance"], key); };
    check("null_loglik", m.value().null_log_likelihood);
    check("deviance", m.value().deviance);
    check("null_deviance", m.value().null_deviance);
    check("aic", m.value().aic);
    check("bic", m.value().bic);
    check("mcfadden_r2", m.value().mcfadden_r2);
    check("lr_chi2", m.value().likelihood_ratio);
    check("lr_p", m.value().likelihood_ratio_p);
    const std::vector<double> fitted = predict_all(m.value(), leads.features);
    for (std::size_t i = 0; i < e["first_fitted"].size(); ++i) test::expect_fixture(fitted[i], e["first_fitted"][i], c["tolerance"], "first_fitted");
  }
}

TEST(LogisticRegression, FixtureSeparation) {
  KPI_FIXTURE_CASES(cases, "lead_scoring");
  const auto c = test::fixture_case(cases, "perfect_separation");
  ASSERT_TRUE(c["expected"]["separated"].get<bool>());
  const Columns x = {c["inputs"]["x"].get<std::vector<double>>()};
  const auto m = fit_logistic_regression(x, c["inputs"]["y"].get<Outcomes>());
  ASSERT_FALSE(m.ok());
  EXPECT_EQ(m.reason().code, "perfect_separation");
}

TEST(LogisticRegression, SeparatedOrAlmostHasNoCoefficients) {
  const Outcomes y = {0, 0, 0, 0, 1, 1, 1, 1};
  const Columns separated = {{1, 2, 3, 4, 5, 6, 7, 8}}, almost = {{1, 2, 3, 4, 4, 6, 7, 8}}, one_cell = {{0, 0, 0, 0, 0, 0, 1, 1}};
  for (const Columns& x : {separated, almost, one_cell}) {
    const auto m = fit_logistic_regression(x, y);
    ASSERT_FALSE(m.ok());
    EXPECT_EQ(m.reason().code, "perfect_separation");
    LogisticOptions penalised;
    penalised.l2 = 1;
    const auto finite = fit_logistic_regression(x, y, penalised);
    ASSERT_TRUE(finite.ok());
    EXPECT_GT(finite.value().features[0].value, 0);
    EXPECT_LT(finite.value().features[0].value, 10);
  }
}

// At the maximum the penalised gradient is zero: for standardised z, sum (y - p) z = lambda beta, and sum (y - p) = 0.
TEST(LogisticRegression, PenaltyHoldsTheGradient) {
  SeededRandom random(31);
  for (const double l2 : {0.0, 0.5, 20.0}) {
    Columns x(2);
    Outcomes y;
    for (int i = 0; i < 300; ++i) {
      x[0].push_back(5 * random.unit()), x[1].push_back(100 + 40 * random.unit());
      y.push_back(random.unit() < 1 / (1 + std::exp(4 - x[0].back())) ? 1 : 0);
    }
    LogisticOptions options;
    options.l2 = l2;
    const auto m = fit_logistic_regression(x, y, options);
    ASSERT_TRUE(m.ok()) << "seed 31";
    const std::vector<double> p = predict_all(m.value(), x);
    double surplus = 0;
    for (std::size_t i = 0; i < y.size(); ++i) surplus += y[i] - p[i];
    EXPECT_NEAR(surplus, 0, 1e-8) << "seed 31";
    for (std::size_t j = 0; j < 2; ++j) {
      double mean = 0, squares = 0, gradient = 0;
      for (const double v : x[j]) mean += v / 300;
      for (const double v : x[j]) squares += (v - mean) * (v - mean) / 299;
      const double deviation = std::sqrt(squares);
      for (std::size_t i = 0; i < y.size(); ++i) gradient += (y[i] - p[i]) * (x[j][i] - mean) / deviation;
      EXPECT_NEAR(gradient, l2 * m.value().features[j].value * deviation, 1e-7) << "seed 31, penalty " << l2;
    }
  }
}

// 20 000 leads drawn from known coefficients: each comes back within four of its standard errors.
TEST(LogisticRegression, RecoversKnownCoefficients) {
  SeededRandom random(5);
  Columns x(3);
  Outcomes y;
  for (int i = 0; i < 20000; ++i) {
    x[0].push_back(random.unit() < 0.3 ? 1 : 0), x[1].push_back(20 * random.unit()), x[2].push_back(random.unit());
    const double log_odds = -2 + 1.2 * x[0].back() + 0.1 * x[1].back() - 0.7 * x[2].back();
    y.push_back(random.unit() < 1 / (1 + std::exp(-log_odds)) ? 1 : 0);
  }
  const auto m = fit_logistic_regression(x, y);
  ASSERT_TRUE(m.ok()) << "seed 5";
  const double expected[] = {1.2, 0.1, -0.7};
  EXPECT_NEAR(m.value().intercept.value, -2, 4 * m.value().intercept.standard_error) << "seed 5";
  for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(m.value().features[j].value, expected[j], 4 * m.value().features[j].standard_error) << "seed 5";
  EXPECT_LT(m.value().iterations, 10);
}

// The same hours before the year 2035: the intercept is that of the year 0, whose odds no double holds.
TEST(LogisticRegression, FarFromTheOrigin) {
  const std::vector<double> hours = {0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5, 5.5};
  const Outcomes y = {0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1};
  Columns years(1);
  for (const double h : hours) years[0].push_back(2035 - h);
  const auto m = fit_logistic_regression(years, y);
  ASSERT_TRUE(m.ok());
  EXPECT_NEAR(m.value().features[0].value, -1.5046, 5e-5);
  EXPECT_NEAR(m.value().features[0].standard_error, 0.6287, 5e-5);
  EXPECT_FALSE(m.value().intercept.odds_ratio);
}

TEST(LogisticRegression, Degenerate) {
  const Outcomes y = {0, 1, 0, 1, 1, 0, 1, 0};
  const std::vector<double> some = {1, 2, 3, 4, 5, 6, 7, 9};
  std::vector<double> twice;
  for (const double v : some) twice.push_back(3 - 2 * v);
  const auto code = [&](const Columns& x, const Outcomes& outcomes) { return std::string(fit_logistic_regression(x, outcomes).reason().code); };
  EXPECT_EQ(code({}, {}), "no_rows");
  EXPECT_EQ(code({some}, Outcomes(8, 0)), "no_conversions");
  EXPECT_EQ(code({some}, Outcomes(8, 1)), "all_converted");
  EXPECT_EQ(code({std::vector<double>(8, 4.0)}, y), "constant_feature");
  EXPECT_EQ(code({some, twice}, y), "collinear_features");
  EXPECT_EQ(code({std::vector<double>(7, 4.0)}, y), "out_of_range");
  EXPECT_EQ(code({{1, 2, 3, 4, 5, 6, 7, std::nan("")}}, y), "not_finite");
  EXPECT_EQ(code(Columns(7, some), y), "too_few_rows");
  const auto alone = fit_logistic_regression(Columns{}, y);  // the rate
  ASSERT_TRUE(alone.ok());
  EXPECT_NEAR(alone.value().intercept.value, 0, 1e-15);
  LogisticOptions penalised;
  penalised.l2 = 1;
  EXPECT_TRUE(fit_logistic_regression(Columns{some, twice}, y, penalised).ok());
}

}  // namespace
}  // namespace kpi
