// Expected values: fixtures clv.json (mpmath closed forms; Newton-polished maxima, agreeing with lifetimes 0.11.3 and BTYD 2.4.3).
#include "core/models/gamma_gamma.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/support/reference_customers.h"
#include "tests/support/synthetic_customers.h"

namespace kpi {
namespace {

using test::expect_near;

constexpr GammaGamma kPublished{6.25, 3.74, 15.44};  // note 025

std::vector<RepeatSpend> synthetic_spend() {
  std::vector<RepeatSpend> spend;
  for (const test::SyntheticCustomer& c : test::kSyntheticCustomers) spend.push_back({c.repeats, c.mean_spend});
  return spend;
}

void expect_fit(const GammaGammaFit& fit, const GammaGamma& parameters, double log_likelihood, double mean) {
  EXPECT_NEAR(fit.log_likelihood, log_likelihood, 1e-6);  // asked: 1e-4
  expect_near(fit.parameters.p, parameters.p, 1e-5);      // asked: 1e-3
  expect_near(fit.parameters.q, parameters.q, 1e-5);
  expect_near(fit.parameters.gamma, parameters.gamma, 1e-5);
  expect_near(expected_spend(fit.parameters).value(), mean, 1e-6);
}

TEST(GammaGamma, PublishedParameters) {
  // Catalogue 6 (88.353 is 6.25 * 215.44 / 15.24), and the rows of Hardie's spreadsheet.
  expect_near(expected_spend(kPublished).value(), 35.21897810218978, 1e-12);
  const RepeatSpend rows[] = {{2, 22.345}, {1, 11.77}, {0, 0}, {7, 73.74142857142857}, {2, 25.55}, {2, 100}, {1, 0.99}, {3, 500}};
  const double expected[] = {24.659612860892388, 18.916852057842046, 35.21897810218978, 71.47101527210152,
                             27.288385826771652, 1346.5 / 15.24,    11.422413793103448, 440.73987901349466};
  for (int i = 0; i < 8; ++i) expect_near(expected_spend(kPublished, rows[i]).value(), expected[i], 1e-11);
  expect_near(log_likelihood(kPublished, {1, 35}), -4.182118026033015, 1e-12);
  expect_near(log_likelihood(kPublished, {26, 25.1}), -3.5172856330940214, 1e-12);
}

TEST(GammaGamma, FixturePoints) {
  KPI_REFERENCE_CASE(points, "clv.json", "gammagamma_points");
  const nlohmann::json& in = points["inputs"];
  const GammaGamma m{in["p"], in["q"], in["v"]};
  ASSERT_EQ(in["points"].size(), 7U);
  for (std::size_t i = 0; i < 7; ++i) {
    const nlohmann::json& out = points["expected"][i];
    const RepeatSpend c{in["points"][i][0], in["points"][i][1]};
    expect_near(expected_spend(m, c).value(), out["expected"], 1e-11);
    if (!out["LL"].is_null()) expect_near(log_likelihood(m, c), out["LL"], 1e-11);
  }
  KPI_REFERENCE_CASE(sheet, "clv.json", "hardie_spreadsheet_values");
  ASSERT_EQ(sheet["inputs"]["gg_rows"].size(), 10U);
  for (std::size_t i = 0; i < 10; ++i) {
    const nlohmann::json& row = sheet["inputs"]["gg_rows"][i];
    expect_near(expected_spend(kPublished, {row[0], row[1]}).value(), sheet["expected"]["gg_expected"][i], 1e-9);
  }
}

TEST(GammaGamma, FitOfSyntheticCustomers) {
  const std::vector<RepeatSpend> spend = synthetic_spend();
  const Outcome<GammaGammaFit> fit = fit_gamma_gamma(spend);
  ASSERT_TRUE(fit.ok());
  EXPECT_EQ(fit.value().customers, 217U);
  EXPECT_EQ(fit.value().without_positive_spend, 0U);
  expect_fit(fit.value(), {7.662555792162854, 3.6037659908866204, 10.974781916386577}, -912.7046112730384, 32.29740269881034);
  expect_near(correlation_with_frequency(spend).value(), 0.06580532297140834, 1e-11);
  double sum = 0;
  for (const RepeatSpend& c : spend) sum += c.frequency > 0 ? log_likelihood(fit.value().parameters, c) : 0;
  EXPECT_NEAR(sum, fit.value().log_likelihood, 1e-8);
}

TEST(GammaGamma, FixtureFitOfCdnow) {
  KPI_REFERENCE_CASE(wanted, "clv.json", "cdnow_gammagamma_fit");
  const std::string file = wanted["inputs"]["data"]["file"];
  const std::vector<double> means = test::reference_spend(file);
  std::vector<RepeatSpend> spend;
  for (const RecencyFrequency& c : test::reference_customers(file)) spend.push_back({c.frequency, means[spend.size()]});
  const Outcome<GammaGammaFit> fit = fit_gamma_gamma(spend);
  ASSERT_TRUE(fit.ok());
  const nlohmann::json& out = wanted["expected"];
  EXPECT_EQ(fit.value().customers, wanted["inputs"]["n"].get<std::uint32_t>());
  expect_fit(fit.value(), {out["params"]["p"], out["params"]["q"], out["params"]["v"]}, out["LL"], out["population_mean_spend"]);
  expect_near(correlation_with_frequency(spend).value(), out["corr_x_m"], 1e-11);
}

TEST(GammaGamma, OtherCurrenciesScaleGammaAlone) {
  std::vector<RepeatSpend> spend = synthetic_spend();
  const Outcome<GammaGammaFit> euros = fit_gamma_gamma(spend);
  for (RepeatSpend& c : spend) c.mean *= 1e6;
  const Outcome<GammaGammaFit> millionths = fit_gamma_gamma(spend);
  ASSERT_TRUE(euros.ok() && millionths.ok());
  expect_near(millionths.value().parameters.p, euros.value().parameters.p, 1e-5);
  expect_near(millionths.value().parameters.gamma, 1e6 * euros.value().parameters.gamma, 1e-5);
  expect_near(millionths.value().standard_errors.gamma, 1e6 * euros.value().standard_errors.gamma, 1e-5);
}

TEST(GammaGamma, WhatCannotBeFitted) {
  const auto code = [](const std::vector<RepeatSpend>& customers) {
    const Outcome<GammaGammaFit> fit = fit_gamma_gamma(customers);
    return fit.ok() ? std::string("fitted") : std::string(fit.reason().code);
  };
  EXPECT_EQ(code({}), "too_few_rows");
  EXPECT_EQ(code(std::vector<RepeatSpend>(500, {0, 0})), "too_few_rows");
  EXPECT_EQ(code(std::vector<RepeatSpend>(500, {2, -3})), "too_few_rows");
  EXPECT_EQ(code(std::vector<RepeatSpend>(500, {2, 30})), "not_identified");  // all alike
  EXPECT_EQ(code(std::vector<RepeatSpend>(500, {2, std::nan("")})), "not_finite");
  EXPECT_EQ(code(std::vector<RepeatSpend>(500, {2, 1e308})), "not_finite");
  std::vector<RepeatSpend> refunds = synthetic_spend();
  refunds.push_back({3, 0});
  refunds.push_back({1, -12.5});
  const Outcome<GammaGammaFit> fit = fit_gamma_gamma(refunds);
  ASSERT_TRUE(fit.ok());
  EXPECT_EQ(fit.value().without_positive_spend, 2U);
  EXPECT_EQ(fit.value().customers, 217U);
  EXPECT_NEAR(fit.value().log_likelihood, -912.7046112730384, 1e-6);
}

TEST(GammaGamma, WhereNothingIsKnown) {
  EXPECT_EQ(expected_spend({6, 0.9, 15}).reason().code, "mean_infinite");
  EXPECT_TRUE(expected_spend({6, 0.9, 15}, {1, 20}).ok());
  expect_near(expected_spend(kPublished, {4, -20}).value(), 35.21897810218978, 1e-12);  // as if nothing were known
  const std::vector<RepeatSpend> same = {{2, 10}, {2, 20}, {0, 0}}, one = {{2, 10}};
  EXPECT_EQ(correlation_with_frequency(same).reason().code, "denominator_zero");
  EXPECT_EQ(correlation_with_frequency(one).reason().code, "too_few_rows");
  const std::vector<RepeatSpend> line = {{1, 10}, {2, 20}, {3, 30}};
  EXPECT_NEAR(correlation_with_frequency(line).value(), 1, 1e-15);
}

}  // namespace
}  // namespace kpi
