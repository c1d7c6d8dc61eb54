// Expected values: fixtures clv.json (Newton-polished maxima, agreeing with lifetimes 0.11.3 and BTYD 2.4.3).
#include "core/models/bg_nbd_fit.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "core/base/sum.h"
#include "tests/support/reference_customers.h"
#include "tests/support/synthetic_customers.h"

namespace kpi {
namespace {

std::array<double, 4> list(const BgNbd& m) { return {m.r, m.alpha, m.a, m.b}; }

void expect_fit(const BgNbdFit& fit, const BgNbd& parameters, const BgNbd& errors, double log_likelihood) {
  EXPECT_NEAR(fit.log_likelihood, log_likelihood, 1e-6);  // asked: 1e-4
  for (std::size_t i = 0; i < 4; ++i) {
    test::expect_near(list(fit.parameters)[i], list(parameters)[i], 1e-6);  // asked: 1e-3
    test::expect_near(list(fit.standard_errors)[i], list(errors)[i], 1e-6);
  }
}

TEST(BgNbdFit, SyntheticCustomers) {
  const std::vector<RecencyFrequency> customers = test::synthetic_customers();
  const Outcome<BgNbdFit> fit = fit_bg_nbd(customers);
  ASSERT_TRUE(fit.ok());
  expect_fit(fit.value(), {0.5551970988228506, 6.3558652822908535, 0.6158370425934059, 1.393267886320928},
             {0.06432511562137447, 1.0938829549372167, 0.2091745857627831, 0.6061611587995338}, -2293.201363797476);
  // The likelihood over groups is the sum over customers.
  Sum sum;
  for (const RecencyFrequency& c : customers) sum.add(log_likelihood(fit.value().parameters, c));
  EXPECT_NEAR(sum.value(), fit.value().log_likelihood, 1e-8);
}

TEST(BgNbdFit, FixtureCdnow) {
  KPI_REFERENCE_CASE(wanted, "clv.json", "cdnow_bgnbd_fit");
  const std::vector<RecencyFrequency> customers = test::reference_customers(wanted["inputs"]["data"]["file"]);
  ASSERT_EQ(customers.size(), wanted["inputs"]["n"].get<std::size_t>());
  const Outcome<BgNbdFit> fit = fit_bg_nbd(customers);
  ASSERT_TRUE(fit.ok());
  const auto model = [](const nlohmann::json& p) { return BgNbd{p["r"], p["alpha"], p["a"], p["b"]}; };
  const nlohmann::json& out = wanted["expected"];
  expect_fit(fit.value(), model(out["params"]), model(out["se_natural"]), out["LL"]);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(list(fit.value().parameters)[i], list(model(out["published"]))[i], 0.001);
}

TEST(BgNbdFit, OtherUnitsOfTimeScaleAlphaAlone) {
  std::vector<RecencyFrequency> customers = test::synthetic_customers();
  const Outcome<BgNbdFit> weeks = fit_bg_nbd(customers);
  for (RecencyFrequency& c : customers) c = {c.frequency, c.recency * 7, c.age * 7};
  const Outcome<BgNbdFit> days = fit_bg_nbd(customers);
  ASSERT_TRUE(weeks.ok() && days.ok());
  const BgNbd &w = weeks.value().parameters, &d = days.value().parameters;
  test::expect_near(d.alpha, 7 * w.alpha, 1e-6);
  test::expect_near(d.r, w.r, 1e-6);
  test::expect_near(d.b, w.b, 1e-6);
  EXPECT_NEAR(days.value().log_likelihood, weeks.value().log_likelihood - 620 * std::log(7.0), 1e-6);  // 620 repeat purchases
}

// Each customer twenty times, a billionth apart: enough different ones for the fit of a sample to come first.
TEST(BgNbdFit, ManyDifferentCustomers) {
  std::vector<RecencyFrequency> customers;
  for (int copy = 0; copy < 20; ++copy) {
    for (const RecencyFrequency& c : test::synthetic_customers()) {
      customers.push_back({c.frequency, c.recency * (1 + 1e-9 * copy), c.age * (1 + 1e-9 * copy)});
    }
  }
  const Outcome<BgNbdFit> fit = fit_bg_nbd(customers);
  ASSERT_TRUE(fit.ok());
  EXPECT_NEAR(fit.value().log_likelihood, 20 * -2293.201363797476, 1e-3);
  const BgNbd parameters{0.5551970988228506, 6.3558652822908535, 0.6158370425934059, 1.393267886320928};
  const BgNbd errors{0.06432511562137447, 1.0938829549372167, 0.2091745857627831, 0.6061611587995338};
  for (std::size_t i = 0; i < 4; ++i) {
    test::expect_near(list(fit.value().parameters)[i], list(parameters)[i], 1e-5);
    test::expect_near(list(fit.value().standard_errors)[i], list(errors)[i] / std::sqrt(20.0), 1e-5);
  }
}

TEST(BgNbdFit, WhatCannotBeFitted) {
  using Customers = std::vector<RecencyFrequency>;
  const auto code = [](const Customers& customers) {
    const Outcome<BgNbdFit> fit = fit_bg_nbd(customers);
    return fit.ok() ? std::string("fitted") : std::string(fit.reason().code);
  };
  EXPECT_EQ(code({}), "no_rows");
  EXPECT_EQ(code({{3, 10, 20}}), "too_few_rows");
  EXPECT_EQ(code(Customers(500, {4, 0, 0})), "not_finite");  // no time has passed
  EXPECT_EQ(code(Customers(500, {0, 0, 30})), "too_few_rows");         // nobody came back
  EXPECT_EQ(code(Customers(500, {4, 25, 30})), "not_identified");      // all alike
  EXPECT_EQ(code(Customers(500, {4, 31, 30})), "out_of_range");        // after the end
  EXPECT_EQ(code(Customers(500, {0, 2, 30})), "out_of_range");         // when nothing was bought
  EXPECT_EQ(code(Customers(500, {4, std::nan(""), 30})), "not_finite");
  EXPECT_EQ(code(Customers(500, {4, 2, std::numeric_limits<double>::infinity()})), "not_finite");
  EXPECT_EQ(code(Customers(500, {4000000000U, 2, 30})), "out_of_range");
  Customers loyal;  // everybody has just bought: nobody seems to leave
  for (std::uint32_t i = 0; i < 200; ++i) loyal.push_back({1 + i % 7, 30, 30});
  EXPECT_EQ(code(loyal), "not_identified");
}

}  // namespace
}  // namespace kpi
