#include "core/models/beta_binomial.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

// Nothing known of either: the rates are uniform. P(B > A) = 1/2, E max(B - A, 0) = 1/6, and B - A is triangular: P(B - A <= -d) =
// (1 - d)^2 / 2, so the bounds are 1 - sqrt(2 * 0.025).
TEST(BetaBinomial, TwoUniformRates) {
  const Outcome<BetaBinomial> r = beta_binomial({0, 0}, {0, 0});
  ASSERT_TRUE(r.ok());
  EXPECT_NEAR(r.value().probability_b_greater, 0.5, 1e-12);
  EXPECT_NEAR(r.value().expected_loss_of_a, 1.0 / 6, 1e-12);
  EXPECT_NEAR(r.value().expected_loss_of_b, 1.0 / 6, 1e-12);
  EXPECT_NEAR(r.value().credible_difference.low, std::sqrt(0.05) - 1, 1e-9);
  EXPECT_NEAR(r.value().credible_difference.high, 1 - std::sqrt(0.05), 1e-9);
  EXPECT_NEAR(r.value().credible_a.low, 0.025, 1e-12);
}

// Newcombe's (a) under Beta(1, 1): the sum of E. Miller, Formulas for Bayesian A/B Testing, with 30 digits; bounds by scipy's beta.ppf.
TEST(BetaBinomial, NewcombeExample) {
  const Outcome<BetaBinomial> r = beta_binomial({56, 70}, {48, 80});
  ASSERT_TRUE(r.ok());
  EXPECT_NEAR(r.value().probability_b_greater, 0.004070461023142581, 1e-12);
  EXPECT_NEAR(r.value().expected_loss_of_b, 0.19420099261371704, 1e-12);
  EXPECT_NEAR(r.value().expected_loss_of_a, 9.530155680644286e-05, 1e-12);
  EXPECT_NEAR(r.value().credible_b.high, 0.7005101132693944, 1e-12);
  EXPECT_NEAR(r.value().credible_difference.low, -0.3327861085170417, 1e-7);
}

TEST(BetaBinomial, FixtureCases) {
  KPI_FIXTURE_CASES(cases, "experiments");
  int compared = 0;
  for (const auto& c : cases) {
    const std::string id = c["id"];
    if (id.rfind("bayes_beta_binomial_", 0) != 0) continue;
    const auto& in = c["inputs"];
    for (std::size_t i = 0; i < in["priors"].size(); ++i) {
      SCOPED_TRACE(id + " " + in["priors"][i].dump());
      const BetaPrior prior{in["priors"][i][0], in["priors"][i][1]};
      const Outcome<BetaBinomial> r = beta_binomial({in["a_conversions"], in["a_n"]}, {in["b_conversions"], in["b_n"]}, prior);
      ASSERT_TRUE(r.ok());
      const auto& e = c["expected"][i];
      const auto check = [&](const char* key, double got) { test::expect_fixture(got, e[key], c["tolerance"], key); };
      const auto check_interval = [&](const char* key, const Interval& got) {
        test::expect_fixture(got.low, e[key][0], c["tolerance"], key);
        test::expect_fixture(got.high, e[key][1], c["tolerance"], key);
      };
      EXPECT_EQ(r.value().alpha_a, e["posterior_a"][0].get<double>());
      EXPECT_EQ(r.value().beta_b, e["posterior_b"][1].get<double>());
      check("p_b_greater_a", r.value().probability_b_greater);
      check("expected_loss_choose_a", r.value().expected_loss_of_a);
      check("expected_loss_choose_b", r.value().expected_loss_of_b);
      check("mean_a", r.value().mean_a);
      check("mean_b", r.value().mean_b);
      check_interval("ci95_a", r.value().credible_a);
      check_interval("ci95_b", r.value().credible_b);
      check_interval("ci95_diff", r.value().credible_difference);
      ++compared;
    }
  }
  EXPECT_EQ(compared, 12);
}

// P(B > A) + P(A > B) = 1; the losses differ by the difference of the means; swapping the arms swaps everything. Very unequal sizes too.
TEST(BetaBinomial, Invariants) {
  const Proportion arms[] = {{0, 1}, {3, 3}, {1, 1000}, {500, 1000000}, {120000, 900000}};
  for (const Proportion& a : arms) {
    for (const Proportion& b : arms) {
      for (const BetaPrior& prior : {BetaPrior{}, BetaPrior{0.5, 0.5}}) {
        SCOPED_TRACE(std::to_string(a.k) + " of " + std::to_string(a.n) + ", " + std::to_string(b.k) + " of " + std::to_string(b.n));
        const Outcome<BetaBinomial> one = beta_binomial(a, b, prior), other = beta_binomial(b, a, prior);
        ASSERT_TRUE(one.ok() && other.ok());
        const BetaBinomial& r = one.value();
        EXPECT_NEAR(r.probability_b_greater + other.value().probability_b_greater, 1, 1e-11);
        EXPECT_NEAR(r.expected_loss_of_a - r.expected_loss_of_b, r.mean_b - r.mean_a, 1e-11);
        EXPECT_NEAR(r.expected_loss_of_a, other.value().expected_loss_of_b, 1e-11);
        EXPECT_NEAR(r.credible_difference.low, -other.value().credible_difference.high, 1e-8);
        EXPECT_LE(r.credible_difference.low, r.credible_difference.high);
      }
    }
  }
}

TEST(BetaBinomial, Refused) {
  EXPECT_EQ(beta_binomial({2, 1}, {1, 2}).reason().code, "out_of_range");
  EXPECT_EQ(beta_binomial({1, 2}, {1, 2}, {0, 1}).reason().code, "out_of_range");
  EXPECT_EQ(beta_binomial({1, 2}, {std::nan(""), 2}).reason().code, "not_finite");
  EXPECT_EQ(beta_binomial({1, 2}, {1, 2}, {}, 1.5).reason().code, "out_of_range");
}

}  // namespace
}  // namespace kpi
