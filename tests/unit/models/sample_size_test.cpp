#include "core/models/sample_size.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

double size_of(double a, double b, const TestPlan& plan, SampleSizeFormula formula) {
  const Outcome<double> size = sample_size_of_proportions(a, b, plan, formula);
  EXPECT_TRUE(size.ok());
  return size.ok() ? size.value() : 0;
}

// Catalogue section 6; and the default of evanmiller.org's calculator, which shows 1,030.
TEST(SampleSize, Published) {
  EXPECT_EQ(std::ceil(size_of(0.02, 0.025, {}, SampleSizeFormula::kPooled)), 13809);
  EXPECT_NEAR(size_of(0.2, 0.25, {}, SampleSizeFormula::kBaseline), 1030.2192831104596, 1e-6);
  // R power.prop.test(p1 = .50, p2 = .75, power = .90): n = 76.7 (its documentation); power.t.test(delta = 1, power = .90): 22.02110.
  EXPECT_NEAR(size_of(0.5, 0.75, {0.05, 0.9, true}, SampleSizeFormula::kPooled), 76.7, 0.05);
  const Outcome<double> means = sample_size_of_means(1, 1, {0.05, 0.9, true});
  ASSERT_TRUE(means.ok());
  EXPECT_NEAR(means.value(), 22.02110, 5e-5);
}

TEST(SampleSize, FixtureCasesOfProportions) {
  KPI_FIXTURE_CASES(cases, "experiments");
  const auto c = test::fixture_case(cases, "sample_size_two_proportions");
  ASSERT_EQ(c["inputs"].size(), 12U);
  for (std::size_t i = 0; i < c["inputs"].size(); ++i) {
    const auto& in = c["inputs"][i];
    SCOPED_TRACE(in.dump());
    const double a = in["p1"], b = in["p2"];
    const TestPlan plan{in["alpha"], in["power"], true};
    TestPlan one_sided = plan;
    one_sided.is_two_sided = false;
    const auto check = [&](const char* key, double got) { test::expect_fixture(got, c["expected"][i][key], c["tolerance"], key); };
    const double pooled = size_of(a, b, plan, SampleSizeFormula::kPooled);
    check("n_pooled_fleiss", pooled);
    check("r_power_prop_test", pooled);
    check("n_fleiss_continuity", size_of(a, b, plan, SampleSizeFormula::kContinuity));
    check("n_unpooled_wald", size_of(a, b, plan, SampleSizeFormula::kUnpooled));
    check("n_arcsine", size_of(a, b, plan, SampleSizeFormula::kArcsine));
    check("r_pwr_2p", size_of(a, b, plan, SampleSizeFormula::kArcsine));
    check("n_evan_miller", size_of(a, b, plan, SampleSizeFormula::kBaseline));
    check("r_one_sided", size_of(a, b, one_sided, SampleSizeFormula::kPooled));
    // Strict: at this size the power with both tails is what was asked for (to the fixture's 1e-6 in n).
    const double strict = c["expected"][i]["r_power_prop_test_strict"];
    const Outcome<double> below = power_of_proportions(a, b, strict * (1 - 1e-6), plan, true);
    const Outcome<double> above = power_of_proportions(a, b, strict * (1 + 1e-6), plan, true);
    ASSERT_TRUE(below.ok() && above.ok());
    EXPECT_LE(below.value(), plan.power);
    EXPECT_GE(above.value(), plan.power);
  }
}

TEST(SampleSize, FixtureCasesOfPowerAndMeans) {
  KPI_FIXTURE_CASES(cases, "experiments");
  const auto miller = test::fixture_case(cases, "sample_size_evan_miller_published");
  const double baseline = miller["inputs"]["p"], rise = miller["inputs"]["mde_abs"];
  test::expect_fixture(size_of(baseline, baseline + rise, {}, SampleSizeFormula::kBaseline), miller["expected"]["n_raw"], miller["tolerance"], "n_raw");
  const auto power = test::fixture_case(cases, "power_at_n");
  ASSERT_EQ(power["inputs"].size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& in = power["inputs"][i];
    const auto check = [&](const char* key, const Outcome<double>& got) {
      ASSERT_TRUE(got.ok());
      test::expect_fixture(got.value(), power["expected"][i][key], power["tolerance"], key);
    };
    check("power", power_of_proportions(in["p1"], in["p2"], in["n"]));
    check("power_strict", power_of_proportions(in["p1"], in["p2"], in["n"], {}, true));
    check("power_arcsine", power_of_proportions(in["p1"], in["p2"], in["n"], {}, true, SampleSizeFormula::kArcsine));
  }
  const auto means = test::fixture_case(cases, "sample_size_means");
  ASSERT_EQ(means["inputs"].size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& in = means["inputs"][i];
    const TestPlan plan{in["alpha"], in["power"], true};
    const Outcome<double> exact = sample_size_of_means(in["delta"], in["sd"], plan), normal = sample_size_of_means_normal(in["delta"], in["sd"], plan);
    ASSERT_TRUE(exact.ok() && normal.ok());
    test::expect_fixture(exact.value(), means["expected"][i]["n"], means["tolerance"], "n");
    test::expect_fixture(normal.value(), means["expected"][i]["n_normal"], means["tolerance"], "n_normal");
  }
}

// At the size that was asked for the power is what was asked for, and the smallest visible rise is the one asked about.
TEST(SampleSize, ThereAndBack) {
  int checked = 0;
  for (const double a : {0.001, 0.02, 0.3, 0.9}) {
    for (const double b : {0.0015, 0.03, 0.5, 0.95}) {
      for (const double wanted : {0.6, 0.8, 0.95}) {
        const TestPlan plan{0.05, wanted, true};
        const double size = size_of(a, b, plan, SampleSizeFormula::kPooled);
        const Outcome<double> power = power_of_proportions(a, b, size, plan);
        ASSERT_TRUE(power.ok());
        EXPECT_NEAR(power.value(), wanted, 1e-12);
        ++checked;
        if (b <= a) continue;
        const Outcome<double> rise = minimum_detectable_effect(a, size, plan);
        ASSERT_TRUE(rise.ok());
        EXPECT_NEAR(rise.value(), b - a, 1e-8) << a << " to " << b;
      }
    }
  }
  EXPECT_EQ(checked, 48);
}

TEST(SampleSize, Refused) {
  EXPECT_EQ(sample_size_of_proportions(0.1, 0.1).reason().code, "denominator_zero");
  EXPECT_EQ(sample_size_of_proportions(0, 1e-320).reason().code, "not_finite");
  EXPECT_EQ(sample_size_of_proportions(0.1, 1.1).reason().code, "out_of_range");
  EXPECT_EQ(sample_size_of_proportions(0.1, 0.2, {0.05, 1, true}).reason().code, "out_of_range");
  EXPECT_EQ(power_of_proportions(0.1, 0.2, 0).reason().code, "out_of_range");
  EXPECT_EQ(minimum_detectable_effect(0.5, 2).reason().code, "too_few_rows");
  EXPECT_EQ(sample_size_of_means(0, 1).reason().code, "denominator_zero");
  EXPECT_EQ(sample_size_of_means(1, 0).reason().code, "out_of_range");
  EXPECT_EQ(sample_size_of_means(1e-9, 1).reason().code, "not_finite");
}

}  // namespace
}  // namespace kpi
