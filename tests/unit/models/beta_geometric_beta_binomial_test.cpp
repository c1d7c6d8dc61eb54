// Expected values: by hand; Fader, Hardie, Shang 2010 (table 2) and lifetimes 0.11.3, in fixtures clv.json.
#include "core/models/beta_geometric_beta_binomial.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

// alpha = beta = gamma = delta = 1: both probabilities are uniform, so that every factor is a whole number's reciprocal.
TEST(BgBb, ByHandWithUniformProbabilities) {
  const BgBb uniform{1, 1, 1, 1};
  // One occasion, bought: E[p] E[1 - theta] = 1/4. Not bought: 1 - 1/4, of which alive E[1 - p] E[1 - theta] = 1/4.
  EXPECT_NEAR(log_likelihood(uniform, {1, 1, 1}), std::log(0.25), 1e-15);
  EXPECT_NEAR(log_likelihood(uniform, {0, 0, 1}), std::log(0.75), 1e-15);
  EXPECT_NEAR(probability_alive(uniform, {1, 1, 1}), 1, 1e-15);
  EXPECT_NEAR(probability_alive(uniform, {0, 0, 1}), 1.0 / 3, 1e-15);
  // Having bought once: p ~ Beta(2, 1), 1 - theta ~ Beta(2, 1): the next one 2/3 * 2/3, the one after 2/3 * 2/4.
  EXPECT_NEAR(expected_purchases(uniform, {1, 1, 1}, 1), 4.0 / 9, 1e-15);
  EXPECT_NEAR(expected_purchases(uniform, {1, 1, 1}, 2), 4.0 / 9 + 1.0 / 3, 1e-15);
}

TEST(BgBb, ProbabilitiesOfAllPatternsAddUpToOne) {
  const BgBb m{1.2, 0.75, 0.66, 2.78};
  double total = 0;
  int patterns = 0;
  for (std::uint32_t last = 0; last <= 6; ++last) {
    for (std::uint32_t x = last == 0 ? 0 : 1; x <= last; ++x) {
      // The purchases before the last one may be at any of the occasions before.
      const double ways = x == 0 ? 1 : std::round(std::exp(std::lgamma(last) - std::lgamma(x) - std::lgamma(last - x + 1)));
      total += ways * std::exp(log_likelihood(m, {x, last, 6}));
      ++patterns;
    }
  }
  EXPECT_EQ(patterns, 22);
  EXPECT_NEAR(total, 1, 1e-13);
}

TEST(BgBb, FixtureDonations) {
  KPI_REFERENCE_CASE(wanted, "clv.json", "bgbb_donations");
  std::vector<OccasionHistory> histories;
  for (const nlohmann::json& row : wanted["inputs"]["rows"]) histories.push_back({row[0], row[1], row[2], row[3]});
  ASSERT_EQ(histories.size(), 22U);
  const Outcome<BgBbFit> fit = fit_bg_bb(histories);
  ASSERT_TRUE(fit.ok());
  const nlohmann::json &out = wanted["expected"], &published = out["published"];
  const BgBb& m = fit.value().parameters;
  test::expect_near(m.alpha, out["params"]["alpha"], 0.001);  // asked: 0.005
  test::expect_near(m.beta, out["params"]["beta"], 0.001);
  test::expect_near(m.gamma, out["params"]["gamma"], 0.001);
  test::expect_near(m.delta, out["params"]["delta"], 0.001);
  EXPECT_NEAR(m.alpha, published["alpha"].get<double>(), 0.001);
  EXPECT_NEAR(m.delta, published["delta"].get<double>(), 0.001);
  EXPECT_NEAR(fit.value().log_likelihood, published["LL"].get<double>(), 0.05);
  double next_five = 0;
  for (const OccasionHistory& h : histories) next_five += h.customers * expected_purchases(m, h, 5);
  EXPECT_NEAR(next_five, published["conditional_expected_5"].get<double>(), 1);
}

/// Customers of each pattern of `occasions` in exactly the model's proportions.
std::vector<OccasionHistory> as_expected(const BgBb& m, std::uint32_t occasions, double customers) {
  std::vector<OccasionHistory> histories;
  for (std::uint32_t last = 0; last <= occasions; ++last) {
    for (std::uint32_t x = last == 0 ? 0 : 1; x <= last; ++x) {
      const double ways = x == 0 ? 1 : std::exp(std::lgamma(last) - std::lgamma(x) - std::lgamma(last - x + 1));
      histories.push_back({x, last, occasions, customers * ways * std::exp(log_likelihood(m, {x, last, occasions}))});
    }
  }
  return histories;
}

TEST(BgBb, DataInTheModelsProportionsGiveItsParameters) {
  const BgBb m{0.9, 2.5, 0.7, 4};
  const Outcome<BgBbFit> fit = fit_bg_bb(as_expected(m, 9, 5000));
  ASSERT_TRUE(fit.ok());
  test::expect_near(fit.value().parameters.alpha, 0.9, 1e-6);
  test::expect_near(fit.value().parameters.beta, 2.5, 1e-6);
  test::expect_near(fit.value().parameters.gamma, 0.7, 1e-6);
  test::expect_near(fit.value().parameters.delta, 4, 1e-6);
  EXPECT_GT(fit.value().standard_errors.delta, 0);
  // Twice the customers: the errors are smaller by the root of two.
  const Outcome<BgBbFit> twice = fit_bg_bb(as_expected(m, 9, 10000));
  ASSERT_TRUE(twice.ok());
  test::expect_near(twice.value().standard_errors.delta, fit.value().standard_errors.delta / std::sqrt(2.0), 1e-5);
}

TEST(BgBb, WhatCannotBeFitted) {
  const auto code = [](const std::vector<OccasionHistory>& histories) {
    const Outcome<BgBbFit> fit = fit_bg_bb(histories);
    return fit.ok() ? std::string("fitted") : std::string(fit.reason().code);
  };
  EXPECT_EQ(code({}), "no_rows");
  EXPECT_EQ(code({{0, 0, 6, 1000}}), "too_few_rows");
  EXPECT_EQ(code({{6, 6, 6, 1000}}), "not_identified");  // everybody, every time
  EXPECT_EQ(code({{3, 2, 6, 1000}}), "out_of_range");
  EXPECT_EQ(code({{0, 2, 6, 1000}}), "out_of_range");
  EXPECT_EQ(code({{2, 2, 6, -1}}), "out_of_range");
  EXPECT_EQ(code({{2, 2, 6, std::numeric_limits<double>::infinity()}}), "not_finite");
  EXPECT_EQ(code({{2, 2, 4000000, 5}}), "out_of_range");
}

}  // namespace
}  // namespace kpi
