#include "core/models/two_proportions.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

// Catalogue section 6.
TEST(TwoProportions, GoldenOfTheCatalogue) {
  const Outcome<TwoProportions> t = compare_proportions({200, 10000}, {250, 10000});
  ASSERT_TRUE(t.ok());
  ASSERT_TRUE(t.value().pooled && t.value().relative_uplift);
  EXPECT_NEAR(t.value().pooled->z, 2.383995, 5e-7);
  EXPECT_NEAR(t.value().pooled->p_two_sided, 0.017126, 5e-7);
  EXPECT_NEAR(*t.value().relative_uplift, 0.25, 1e-14);
}

// Newcombe 1998 example (a), 56 of 70 and 48 of 80; R 4.2.2 prop.test with and without correction, statsmodels for G and z.
TEST(TwoProportions, NewcombeExample) {
  const Outcome<TwoProportions> t = compare_proportions({56, 70}, {48, 80});
  ASSERT_TRUE(t.ok());
  const TwoProportions& v = t.value();
  ASSERT_TRUE(v.pooled && v.unpooled && v.pearson && v.yates && v.g_test && v.odds_ratio);
  EXPECT_NEAR(v.pooled->z, -2.6501719512585336, 1e-12);
  EXPECT_NEAR(v.pooled->p_greater, 0.9959774593159018, 1e-12);
  EXPECT_NEAR(v.unpooled->p_two_sided, 0.005942793304202759, 1e-12);
  EXPECT_NEAR(v.pearson->statistic, 7.02341137123746, 1e-11);
  EXPECT_NEAR(v.yates->statistic, 6.114270410296227, 1e-11);
  EXPECT_NEAR(v.g_test->p, 0.007355380180036734, 1e-12);
  EXPECT_NEAR(*v.odds_ratio, 0.375, 1e-15);              // (48 / 32) / (56 / 14)
  EXPECT_NEAR(v.least_expected, 70.0 * 46 / 150, 1e-12);  // of 46 who did not convert, in the smaller arm
}

TEST(TwoProportions, FixtureCases) {
  KPI_FIXTURE_CASES(cases, "experiments");
  int compared = 0;
  for (const auto& c : cases) {
    const std::string id = c["id"];
    if (id.rfind("two_proportions_", 0) != 0) continue;
    SCOPED_TRACE(id);
    const auto& in = c["inputs"];
    const auto& e = c["expected"];
    const auto& tolerance = c["tolerance"];
    const Outcome<TwoProportions> t = compare_proportions({in["a_conversions"], in["a_n"]}, {in["b_conversions"], in["b_n"]});
    ASSERT_TRUE(t.ok());
    const TwoProportions& v = t.value();
    ASSERT_TRUE(v.pooled && v.unpooled && v.pearson && v.yates && v.g_test);
    const auto check = [&](const char* key, double got) { test::expect_fixture(got, e[key], tolerance, key); };
    check("rate_a", v.rate_a);
    check("rate_b", v.rate_b);
    check("diff", v.difference);
    EXPECT_EQ(v.relative_uplift.has_value(), !e["relative_uplift"].is_null());
    if (v.relative_uplift) check("relative_uplift", *v.relative_uplift);
    check("z_pooled", v.pooled->z);
    check("p_pooled_two_sided", v.pooled->p_two_sided);
    check("p_pooled_b_greater", v.pooled->p_greater);
    check("p_pooled_b_less", v.pooled->p_less);
    check("chi2_pearson", v.pearson->statistic);
    check("chi2_pearson_p", v.pearson->p);
    check("chi2_yates", v.yates->statistic);
    check("chi2_yates_p", v.yates->p);
    check("g_test", v.g_test->statistic);
    check("g_test_p", v.g_test->p);
    check("z_unpooled", v.unpooled->z);
    check("p_unpooled_two_sided", v.unpooled->p_two_sided);
    check("cohens_h", v.cohens_h);
    EXPECT_EQ(v.odds_ratio.has_value(), e["odds_ratio_sample"].is_number());
    if (v.odds_ratio) check("odds_ratio_sample", *v.odds_ratio);
    ++compared;
  }
  EXPECT_EQ(compared, 6);
}

TEST(TwoProportions, WithoutSpreadThereIsNoTest) {
  for (const double k : {0.0, 30.0}) {
    const Outcome<TwoProportions> t = compare_proportions({k, 30}, {k, 30});
    ASSERT_TRUE(t.ok());
    EXPECT_FALSE(t.value().pooled || t.value().unpooled || t.value().pearson || t.value().yates || t.value().g_test || t.value().odds_ratio);
    EXPECT_EQ(t.value().difference, 0);
  }
  const Outcome<TwoProportions> opposite = compare_proportions({0, 10}, {10, 10});
  ASSERT_TRUE(opposite.ok());
  EXPECT_FALSE(opposite.value().unpooled);
  ASSERT_TRUE(opposite.value().pearson);
  EXPECT_NEAR(opposite.value().pearson->statistic, 20, 1e-12);  // all 20 are on the diagonal
}

TEST(TwoProportions, Refused) {
  EXPECT_EQ(compare_proportions({0, 0}, {1, 2}).reason().code, "no_rows");
  EXPECT_EQ(compare_proportions({3, 2}, {1, 2}).reason().code, "out_of_range");
  EXPECT_EQ(compare_proportions({-1, 2}, {1, 2}).reason().code, "out_of_range");
  EXPECT_EQ(compare_proportions({1, 2}, {std::nan(""), 2}).reason().code, "not_finite");
}

// Swapped arms turn the sign; z squared is Pearson's chi-square; the correction makes it smaller.
TEST(TwoProportions, Invariants) {
  std::uint64_t state = 7;
  const auto next = [&state] { return static_cast<unsigned>((state = state * 6364136223846793005U + 1442695040888963407U) >> 33); };
  for (int i = 0; i < 500; ++i) {
    const double an = 1 + next() % 500, bn = 1 + next() % 500;
    const Proportion a{next() % static_cast<unsigned>(an + 1) * 1.0, an}, b{next() % static_cast<unsigned>(bn + 1) * 1.0, bn};
    const Outcome<TwoProportions> one = compare_proportions(a, b), other = compare_proportions(b, a);
    ASSERT_TRUE(one.ok() && other.ok());
    ASSERT_EQ(one.value().pooled.has_value(), other.value().pooled.has_value()) << "seed 7, case " << i;
    if (!one.value().pooled) continue;
    EXPECT_NEAR(one.value().pooled->z, -other.value().pooled->z, 1e-12) << "seed 7, case " << i;
    EXPECT_NEAR(one.value().pooled->z * one.value().pooled->z, one.value().pearson->statistic, 1e-9) << "seed 7, case " << i;
    EXPECT_NEAR(one.value().pooled->p_two_sided, one.value().pearson->p, 1e-9) << "seed 7, case " << i;
    EXPECT_LE(one.value().yates->statistic, one.value().pearson->statistic + 1e-12) << "seed 7, case " << i;
  }
}

}  // namespace
}  // namespace kpi
