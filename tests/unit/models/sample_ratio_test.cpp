#include "core/models/sample_ratio.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

using Counts = std::vector<double>;

// Catalogue section 6.
TEST(SampleRatio, GoldenOfTheCatalogue) {
  const auto t = sample_ratio_test(Counts{10000, 10300}, Counts{1, 1});
  ASSERT_TRUE(t.ok());
  EXPECT_NEAR(t.value().statistic, 4.4335, 5e-5);  // 300^2 / 20300
  EXPECT_NEAR(t.value().p, 0.03524, 5e-6);
}

TEST(SampleRatio, FixtureCase) {
  KPI_FIXTURE_CASES(cases, "experiments");
  const auto c = test::fixture_case(cases, "srm_chi_square");
  ASSERT_EQ(c["inputs"].size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto t = sample_ratio_test(c["inputs"][i]["counts"].get<Counts>(), c["inputs"][i]["ratio"].get<Counts>());
    ASSERT_TRUE(t.ok());
    test::expect_fixture(t.value().statistic, c["expected"][i]["chi2"], c["tolerance"], "chi2");
    test::expect_fixture(t.value().p, c["expected"][i]["p"], c["tolerance"], "p");
    EXPECT_EQ(t.value().degrees_of_freedom, c["expected"][i]["df"].get<double>());
  }
}

// 90 210 and 9 790 planned 9 to 1: 210^2 / 90000 + 210^2 / 10000 = 4.9, in whatever unit the plan is.
TEST(SampleRatio, UnitOfThePlanDoesNotMatter) {
  for (const double unit : {0.1, 1.0, 1e6}) {
    const auto t = sample_ratio_test(Counts{90210, 9790}, Counts{9 * unit, unit});
    ASSERT_TRUE(t.ok());
    EXPECT_NEAR(t.value().statistic, 4.9, 1e-12);
  }
}

TEST(SampleRatio, Refused) {
  EXPECT_EQ(sample_ratio_test(Counts{5}, Counts{1}).reason().code, "too_few_rows");
  EXPECT_EQ(sample_ratio_test(Counts{0, 0}, Counts{1, 1}).reason().code, "no_rows");
  EXPECT_EQ(sample_ratio_test(Counts{1, 2}, Counts{1, 0}).reason().code, "out_of_range");
  EXPECT_EQ(sample_ratio_test(Counts{1, 2}, Counts{1}).reason().code, "out_of_range");
  EXPECT_EQ(sample_ratio_test(Counts{1, std::nan("")}, Counts{1, 1}).reason().code, "not_finite");
}

}  // namespace
}  // namespace kpi
