#include "core/models/many_arms.h"

#include <gtest/gtest.h>

#include <cmath>

namespace kpi {
namespace {

// Fleiss 1981, p. 139, smokers among lung cancer patients in four studies; R's documentation of prop.test prints X-squared = 12.6004,
// df = 3, p-value = 0.005585.
TEST(ManyArms, FleissSmokers) {
  const std::vector<Proportion> arms = {{83, 86}, {90, 93}, {129, 136}, {70, 82}};
  const auto r = compare_arms(arms, ArmPairs::kAll);
  ASSERT_TRUE(r.ok());
  EXPECT_NEAR(r.value().overall.statistic, 12.6004, 5e-5);
  EXPECT_EQ(r.value().overall.degrees_of_freedom, 3);
  EXPECT_NEAR(r.value().overall.p, 0.005585, 5e-7);
  EXPECT_EQ(r.value().pairs.size(), 6U);
}

TEST(ManyArms, TwoArmsAreTheTwoProportions) {
  const std::vector<Proportion> arms = {{200, 10000}, {250, 10000}};
  const auto many = compare_arms(arms);
  const auto two = compare_proportions(arms[0], arms[1]);
  ASSERT_TRUE(many.ok() && two.ok());
  EXPECT_NEAR(many.value().overall.statistic, two.value().pearson->statistic, 1e-11);
  ASSERT_EQ(many.value().pairs.size(), 1U);
  EXPECT_EQ(many.value().pairs[0].p, two.value().pooled->p_two_sided);
  EXPECT_EQ(many.value().pairs[0].p_adjusted, many.value().pairs[0].p);
}

// Two comparisons with the control: Holm doubles the smaller p, and the other may not fall below that.
TEST(ManyArms, PairsWithTheControlAreAdjusted) {
  const std::vector<Proportion> arms = {{100, 1000}, {140, 1000}, {120, 1000}};
  const auto r = compare_arms(arms);
  ASSERT_TRUE(r.ok());
  ASSERT_EQ(r.value().pairs.size(), 2U);
  EXPECT_EQ(r.value().pairs[0].b, 1U);
  EXPECT_EQ(r.value().pairs[1].b, 2U);
  EXPECT_NEAR(r.value().pairs[0].p_adjusted, 2 * r.value().pairs[0].p, 1e-15);
  EXPECT_NEAR(r.value().pairs[1].p_adjusted, std::max(r.value().pairs[1].p, 2 * r.value().pairs[0].p), 1e-15);
  EXPECT_FALSE(r.value().is_approximation_poor);
}

// The tea taster (3 of 4 beside 1 of 4) has expected counts of 2: Fisher's 34/70.
TEST(ManyArms, SmallCountsAreExact) {
  const std::vector<Proportion> arms = {{1, 4}, {3, 4}};
  const auto r = compare_arms(arms);
  ASSERT_TRUE(r.ok());
  EXPECT_TRUE(r.value().is_approximation_poor);
  EXPECT_TRUE(r.value().pairs[0].is_exact);
  EXPECT_NEAR(r.value().pairs[0].p, 34.0 / 70, 1e-14);
}

TEST(ManyArms, Refused) {
  const std::vector<Proportion> one = {{1, 4}}, none = {{0, 4}, {0, 5}, {0, 6}}, wrong = {{1, 4}, {7, 5}}, empty = {{1, 4}, {0, 0}};
  EXPECT_EQ(compare_arms(one).reason().code, "too_few_rows");
  EXPECT_EQ(compare_arms(none).reason().code, "denominator_zero");
  EXPECT_EQ(compare_arms(wrong).reason().code, "out_of_range");
  EXPECT_EQ(compare_arms(empty).reason().code, "no_rows");
  const std::vector<Proportion> flat_pair = {{0, 40}, {0, 40}, {20, 40}};
  const auto r = compare_arms(flat_pair, ArmPairs::kAll);
  ASSERT_TRUE(r.ok());
  EXPECT_EQ(r.value().pairs[0].p, 1);
}

}  // namespace
}  // namespace kpi
