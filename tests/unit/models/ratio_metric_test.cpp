#include "core/models/ratio_metric.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/group_columns.h"

namespace kpi {
namespace {

using Values = std::vector<double>;

// By hand: 2 of 1 and 6 of 3 are 2 each without spread; 1 of 1 and 5 of 1: ratio 3, residuals -2 and 2, variance 8 / 1 / 2 / 1 = 4.
TEST(RatioMetric, ByHand) {
  const auto flat = ratio_metric(Values{2, 6}, Values{1, 3}), wide = ratio_metric(Values{1, 5}, Values{1, 1});
  ASSERT_TRUE(flat.ok() && wide.ok());
  EXPECT_EQ(flat.value().ratio, 2);
  EXPECT_EQ(flat.value().variance, 0);
  EXPECT_EQ(wide.value().ratio, 3);
  EXPECT_NEAR(wide.value().variance, 4, 1e-15);
  const auto d = compare_ratio_metrics(flat.value(), wide.value());
  ASSERT_TRUE(d.ok());
  EXPECT_NEAR(d.value().z, 0.5, 1e-15);
  EXPECT_NEAR(d.value().interval.high, 1 + 2 * 1.959963984540054, 1e-14);
}

TEST(RatioMetric, FixtureCase) {
  KPI_FIXTURE_CASES(cases, "experiments");
  const auto c = test::fixture_case(cases, "ratio_metric_delta_method");
  const auto amount = test::revenue_per_visitor(c["inputs"]["numerator"]), count = test::revenue_per_visitor(c["inputs"]["denominator"]);
  const auto a = ratio_metric(amount.a, count.a), b = ratio_metric(amount.b, count.b);
  ASSERT_TRUE(a.ok() && b.ok());
  const auto d = compare_ratio_metrics(a.value(), b.value());
  ASSERT_TRUE(d.ok());
  const auto check = [&](const char* key, double got) { test::expect_fixture(got, c["expected"][key], c["tolerance"], key); };
  check("ratio_a", a.value().ratio);
  check("ratio_b", b.value().ratio);
  check("var_a", a.value().variance);
  check("var_b", b.value().variance);
  check("diff", d.value().difference);
  check("se", d.value().standard_error);
  check("z", d.value().z);
  check("p", d.value().p_two_sided);
}

// With denominators of 1 it is the mean and its squared standard error.
TEST(RatioMetric, OfOnesIsTheMean) {
  const auto r = ratio_metric(Values{1, 2, 3, 4}, Values(4, 1.0));
  ASSERT_TRUE(r.ok());
  EXPECT_EQ(r.value().ratio, 2.5);
  EXPECT_NEAR(r.value().variance, 5.0 / 3 / 4, 1e-15);
}

TEST(RatioMetric, Refused) {
  EXPECT_EQ(ratio_metric(Values{1}, Values{1}).reason().code, "too_few_rows");
  EXPECT_EQ(ratio_metric(Values{1, 2}, Values{1}).reason().code, "out_of_range");
  EXPECT_EQ(ratio_metric(Values{1, 2}, Values{0, 0}).reason().code, "denominator_zero");
  EXPECT_EQ(ratio_metric(Values{1, std::nan("")}, Values{1, 1}).reason().code, "not_finite");
  EXPECT_EQ(compare_ratio_metrics({1, 0}, {2, 0}).reason().code, "denominator_zero");
}

}  // namespace
}  // namespace kpi
