#include "core/models/cuped.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/group_columns.h"

namespace kpi {
namespace {

using Values = std::vector<double>;

// By hand: x = 0 2 | 0 2 around 1, y = 1 3 | 2 6 around 3: products 2 + 0 + 1 + 3 = 6 over squares 4 give theta 1.5.
// Adjusted 2.5 1.5 | 3.5 4.5: means 2 and 4, variances 0.5, so the standard error is sqrt(0.5); explained 1.5 * 6 of 14.
TEST(Cuped, ByHand) {
  const auto c = cuped_test(Values{1, 3}, Values{0, 2}, Values{2, 6}, Values{0, 2});
  ASSERT_TRUE(c.ok());
  EXPECT_NEAR(c.value().theta, 1.5, 1e-15);
  EXPECT_NEAR(c.value().difference.difference, 2, 1e-14);
  EXPECT_NEAR(c.value().difference.standard_error, std::sqrt(0.5), 1e-14);
  EXPECT_NEAR(c.value().variance_reduction, 9.0 / 14, 1e-14);
}

TEST(Cuped, FixtureCase) {
  KPI_FIXTURE_CASES(cases, "experiments");
  const auto f = test::fixture_case(cases, "cuped");
  const auto y = test::revenue_per_visitor(f["inputs"]["y"]), x = test::revenue_per_visitor(f["inputs"]["x"]);
  const auto c = cuped_test(y.a, x.a, y.b, x.b);
  ASSERT_TRUE(c.ok());
  const auto check = [&](const char* key, double got, const nlohmann::json& expected) { test::expect_fixture(got, expected, f["tolerance"], key); };
  const auto& e = f["expected"];
  check("theta", c.value().theta, e["theta"]);
  check("diff", c.value().difference.difference, e["diff"]);
  check("se", c.value().difference.standard_error, e["se"]);
  check("t", c.value().difference.t, e["t"]);
  check("p", c.value().difference.p_two_sided, e["p"]);
  check("ci", c.value().difference.interval.low, e["ci"][0]);
  check("ci", c.value().difference.interval.high, e["ci"][1]);
  check("var_reduction", c.value().variance_reduction, e["var_reduction"]);
}

TEST(Cuped, Refused) {
  EXPECT_EQ(cuped_test(Values{1, 2}, Values{1}, Values{1, 2}, Values{1, 2}).reason().code, "out_of_range");
  EXPECT_EQ(cuped_test(Values{1, 2}, Values{5, 5}, Values{1, 2}, Values{5, 5}).reason().code, "denominator_zero");
  EXPECT_EQ(cuped_test(Values{3, 3}, Values{1, 2}, Values{3, 3}, Values{1, 2}).reason().code, "denominator_zero");
  EXPECT_EQ(cuped_test(Values{}, Values{}, Values{}, Values{}).reason().code, "no_rows");
  EXPECT_EQ(cuped_test(Values{1}, Values{1}, Values{1, 2}, Values{1, 2}).reason().code, "too_few_rows");
}

}  // namespace
}  // namespace kpi
