// Expected values: fixtures clv.json (Newton-polished maxima, agreeing with lifetimes 0.11.3 and BTYD 2.4.3).
#include "core/models/pareto_nbd_fit.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "core/base/sum.h"
#include "tests/support/reference_customers.h"
#include "tests/support/synthetic_customers.h"

namespace kpi {
namespace {

std::array<double, 4> list(const ParetoNbd& m) { return {m.r, m.alpha, m.s, m.beta}; }

void expect_fit(const ParetoNbdFit& fit, const ParetoNbd& parameters, const ParetoNbd& errors, double log_likelihood) {
  EXPECT_NEAR(fit.log_likelihood, log_likelihood, 1e-6);  // asked: 1e-3
  for (std::size_t i = 0; i < 4; ++i) {
    test::expect_near(list(fit.parameters)[i], list(parameters)[i], 1e-5);  // asked: 5e-3
    test::expect_near(list(fit.standard_errors)[i], list(errors)[i], 1e-5);
  }
}

TEST(ParetoNbdFit, SyntheticCustomers) {
  const std::vector<RecencyFrequency> customers = test::synthetic_customers();
  const Outcome<ParetoNbdFit> fit = fit_pareto_nbd(customers);
  ASSERT_TRUE(fit.ok());
  expect_fit(fit.value(), {1.200511124809608, 16.363385704471586, 1.5499690097483934, 57.643028968056676},
             {0.19981723514601007, 2.823823356628198, 1.61682361941553, 73.82839594508577}, -2310.8968482116125);
  // The likelihood over groups is the sum over customers.
  Sum sum;
  for (const RecencyFrequency& c : customers) sum.add(log_likelihood(fit.value().parameters, c));
  EXPECT_NEAR(sum.value(), fit.value().log_likelihood, 1e-8);
}

TEST(ParetoNbdFit, FixtureCdnow) {
  KPI_REFERENCE_CASE(wanted, "clv.json", "cdnow_pnbd_fit");
  const std::vector<RecencyFrequency> customers = test::reference_customers(wanted["inputs"]["data"]["file"]);
  ASSERT_EQ(customers.size(), wanted["inputs"]["n"].get<std::size_t>());
  const Outcome<ParetoNbdFit> fit = fit_pareto_nbd(customers);
  ASSERT_TRUE(fit.ok());
  const auto model = [](const nlohmann::json& p) { return ParetoNbd{p["r"], p["alpha"], p["s"], p["beta"]}; };
  const nlohmann::json& out = wanted["expected"];
  expect_fit(fit.value(), model(out["params"]), model(out["se_natural"]), out["LL"]);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(list(fit.value().parameters)[i], list(model(out["published"]))[i], 0.001);
}

// Each customer twenty times, a billionth apart: enough different ones for the fit of a sample to come first.
TEST(ParetoNbdFit, ManyDifferentCustomers) {
  std::vector<RecencyFrequency> customers;
  for (int copy = 0; copy < 20; ++copy) {
    for (const RecencyFrequency& c : test::synthetic_customers()) {
      customers.push_back({c.frequency, c.recency * (1 + 1e-9 * copy), c.age * (1 + 1e-9 * copy)});
    }
  }
  const Outcome<ParetoNbdFit> fit = fit_pareto_nbd(customers);
  ASSERT_TRUE(fit.ok());
  EXPECT_NEAR(fit.value().log_likelihood, 20 * -2310.8968482116125, 1e-3);
  const ParetoNbd parameters{1.200511124809608, 16.363385704471586, 1.5499690097483934, 57.643028968056676};
  const ParetoNbd errors{0.19981723514601007, 2.823823356628198, 1.61682361941553, 73.82839594508577};
  for (std::size_t i = 0; i < 4; ++i) {
    test::expect_near(list(fit.value().parameters)[i], list(parameters)[i], 1e-5);
    test::expect_near(list(fit.value().standard_errors)[i], list(errors)[i] / std::sqrt(20.0), 1e-5);
  }
}

TEST(ParetoNbdFit, WhatCannotBeFitted) {
  using Customers = std::vector<RecencyFrequency>;
  const auto code = [](const Customers& customers) {
    const Outcome<ParetoNbdFit> fit = fit_pareto_nbd(customers);
    return fit.ok() ? std::string("fitted") : std::string(fit.reason().code);
  };
  EXPECT_EQ(code({}), "no_rows");
  EXPECT_EQ(code({{3, 10, 20}}), "too_few_rows");
  EXPECT_EQ(code(Customers(500, {4, 0, 0})), "not_finite");  // no time has passed
  EXPECT_EQ(code(Customers(500, {0, 0, 30})), "too_few_rows");     // nobody came back
  EXPECT_EQ(code(Customers(500, {4, 25, 30})), "not_identified");  // all alike
  EXPECT_EQ(code(Customers(500, {4, 31, 30})), "out_of_range");    // after the end
  Customers loyal;  // everybody has just bought: nobody seems to leave
  for (std::uint32_t i = 0; i < 200; ++i) loyal.push_back({1 + i % 7, 30, 30});
  EXPECT_EQ(code(loyal), "not_identified");
}

}  // namespace
}  // namespace kpi
