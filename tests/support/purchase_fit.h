// What a fit of repeat buying must do, whichever the model: asserted alike for BG/NBD and Pareto/NBD.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "core/base/sum.h"
#include "tests/support/reference_customers.h"
#include "tests/support/synthetic_customers.h"

namespace kpi::test {

using Customers = std::vector<RecencyFrequency>;

/// One model: its fit, its parameters as a list, and what is known of the synthetic customers.
template <class Fit>
struct PurchaseFitCase {
  using Model = decltype(Fit::parameters);
  Outcome<Fit> (*fit)(std::span<const RecencyFrequency>);
  std::array<double, 4> (*list)(const Model&);
  Model (*read)(const nlohmann::json&);
  Model parameters, errors;  // of the synthetic customers
  double log_likelihood;
  double tolerance;          // of parameters and errors

  void expect_fit(const Fit& fitted, const Model& wanted, const Model& wanted_errors, double likelihood) const {
    EXPECT_NEAR(fitted.log_likelihood, likelihood, 1e-6);
    for (std::size_t i = 0; i < 4; ++i) {
      expect_near(list(fitted.parameters)[i], list(wanted)[i], tolerance);
      expect_near(list(fitted.standard_errors)[i], list(wanted_errors)[i], tolerance);
    }
  }
};

template <class Fit>
void expect_synthetic(const PurchaseFitCase<Fit>& one) {
  const Customers customers = synthetic_customers();
  const Outcome<Fit> fit = one.fit(customers);
  ASSERT_TRUE(fit.ok());
  one.expect_fit(fit.value(), one.parameters, one.errors, one.log_likelihood);
  // The likelihood over groups is the sum over customers.
  Sum sum;
  for (const RecencyFrequency& c : customers) sum.add(log_likelihood(fit.value().parameters, c));
  EXPECT_NEAR(sum.value(), fit.value().log_likelihood, 1e-8);
}

template <class Fit>
void expect_cdnow(const PurchaseFitCase<Fit>& one, const nlohmann::json& wanted) {
  const Customers customers = reference_customers(wanted["inputs"]["data"]["file"]);
  ASSERT_EQ(customers.size(), wanted["inputs"]["n"].get<std::size_t>());
  const Outcome<Fit> fit = one.fit(customers);
  ASSERT_TRUE(fit.ok());
  const nlohmann::json& out = wanted["expected"];
  one.expect_fit(fit.value(), one.read(out["params"]), one.read(out["se_natural"]), out["LL"]);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(one.list(fit.value().parameters)[i], one.list(one.read(out["published"]))[i], 0.001);
}

/// Each customer twenty times, a billionth apart: enough different ones for the fit of a sample to come first.
template <class Fit>
void expect_many(const PurchaseFitCase<Fit>& one) {
  Customers customers;
  for (int copy = 0; copy < 20; ++copy) {
    for (const RecencyFrequency& c : synthetic_customers()) customers.push_back({c.frequency, c.recency * (1 + 1e-9 * copy), c.age * (1 + 1e-9 * copy)});
  }
  const Outcome<Fit> fit = one.fit(customers);
  ASSERT_TRUE(fit.ok());
  EXPECT_NEAR(fit.value().log_likelihood, 20 * one.log_likelihood, 1e-3);
  for (std::size_t i = 0; i < 4; ++i) {
    expect_near(one.list(fit.value().parameters)[i], one.list(one.parameters)[i], 1e-5);
    expect_near(one.list(fit.value().standard_errors)[i], one.list(one.errors)[i] / std::sqrt(20.0), 1e-5);
  }
}

/// Times in days in place of weeks: the parameters that are rates (`times`) are seven times as large, the others stay.
template <class Fit>
void expect_other_units(const PurchaseFitCase<Fit>& one, const std::array<bool, 4>& times) {
  Customers customers = synthetic_customers();
  const Outcome<Fit> weeks = one.fit(customers);
  for (RecencyFrequency& c : customers) c = {c.frequency, c.recency * 7, c.age * 7};
  const Outcome<Fit> days = one.fit(customers);
  ASSERT_TRUE(weeks.ok() && days.ok());
  for (std::size_t i = 0; i < 4; ++i) {
    expect_near(one.list(days.value().parameters)[i], one.list(weeks.value().parameters)[i] * (times[i] ? 7 : 1), one.tolerance);
  }
  EXPECT_NEAR(days.value().log_likelihood, weeks.value().log_likelihood - 620 * std::log(7.0), 1e-6);  // 620 repeat purchases
}

template <class Fit>
void expect_reasons(const PurchaseFitCase<Fit>& one) {
  const auto code = [&](const Customers& customers) {
    const Outcome<Fit> fit = one.fit(customers);
    return fit.ok() ? std::string("fitted") : std::string(fit.reason().code);
  };
  EXPECT_EQ(code({}), "no_rows");
  EXPECT_EQ(code({{3, 10, 20}}), "too_few_rows");
  EXPECT_EQ(code(Customers(500, {4, 0, 0})), "not_finite");        // no time has passed
  EXPECT_EQ(code(Customers(500, {0, 0, 30})), "too_few_rows");     // nobody came back
  EXPECT_EQ(code(Customers(500, {4, 25, 30})), "not_identified");  // all alike
  EXPECT_EQ(code(Customers(500, {4, 31, 30})), "out_of_range");    // after the end
  EXPECT_EQ(code(Customers(500, {0, 2, 30})), "out_of_range");     // when nothing was bought
  EXPECT_EQ(code(Customers(500, {4, std::nan(""), 30})), "not_finite");
  EXPECT_EQ(code(Customers(500, {4, 2, std::numeric_limits<double>::infinity()})), "not_finite");
  EXPECT_EQ(code(Customers(500, {4000000000U, 2, 30})), "out_of_range");
  Customers loyal;  // everybody has just bought: nobody seems to leave
  for (std::uint32_t i = 0; i < 200; ++i) loyal.push_back({1 + i % 7, 30, 30});
  EXPECT_EQ(code(loyal), "not_identified");
}

}  // namespace kpi::test
