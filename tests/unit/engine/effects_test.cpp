#include "core/engine/effects.h"

#include <gtest/gtest.h>

#include <cmath>

namespace kpi {
namespace {

TEST(Effects, RateAndMixOfTwoMembers) {
  // By hand: a 10 of 100, then 30 of 200; b 40 of 100, then 20 of 50. All: 50 of 200 = 25 %, then 50 of 250 = 20 %; reference 22.5 %.
  const RatioTotal total{50, 200, 50, 250};
  const RatioEffect a = ratio_effect({10, 100, 30, 200}, total), b = ratio_effect({40, 100, 20, 50}, total);
  EXPECT_NEAR(a.rate, 0.65 * 0.05, 1e-15);            // mean share (50 % + 80 %) / 2, from 10 % to 15 %
  EXPECT_NEAR(a.mix, 0.3 * (0.125 - 0.225), 1e-15);   // 30 points more of what is below the reference
  EXPECT_NEAR(b.rate, 0, 1e-15);
  EXPECT_NEAR(b.mix, -0.3 * (0.4 - 0.225), 1e-15);
  EXPECT_NEAR(a.total + b.total, 0.20 - 0.25, 1e-15);
}

TEST(Effects, NewGoneAndWithoutDenominator) {
  const RatioTotal total{150, 15, 150, 10};  // 10, then 15; reference 12.5
  const RatioEffect is_new = ratio_effect({0, 0, 20, 5}, total);
  EXPECT_TRUE(is_new.is_split);
  EXPECT_EQ(is_new.rate, 0);
  EXPECT_NEAR(is_new.mix, 0.5 * (4 - 12.5), 1e-14);
  const RatioEffect gone = ratio_effect({30, 3, 0, 0}, total);
  EXPECT_NEAR(gone.mix, -0.2 * (10 - 12.5), 1e-14);
  const RatioEffect spend_only = ratio_effect({50, 5, 50, 0}, total);  // cost without a lead: no rate after
  EXPECT_FALSE(spend_only.is_split);
  EXPECT_NEAR(spend_only.total, 5 - 10.0 / 3 + 12.5 / 3, 1e-14);
  EXPECT_EQ(ratio_effect({}, total).total, 0);
}

TEST(Effects, KidneyStones) {
  // Charig et al. 1986, BMJ 292, 879-882: open surgery 81 of 87 small and 192 of 263 large stones; puncture 234 of 270 and 55 of 80.
  const RatioTotal total{273, 350, 289, 350};
  const std::vector<RatioPart> stones = {{81, 87, 234, 270}, {192, 263, 55, 80}};
  EXPECT_TRUE(is_reversal(stones, total));
  const RatioEffect small_ones = ratio_effect(stones[0], total), large = ratio_effect(stones[1], total);
  EXPECT_LT(small_ones.rate, 0);
  EXPECT_LT(large.rate, 0);
  EXPECT_NEAR(small_ones.total + large.total, 16.0 / 350, 1e-15);
}

TEST(Effects, NoReversalWithoutTwoStrictOpposites) {
  EXPECT_FALSE(is_reversal({{10, 100, 20, 100}, {10, 100, 20, 100}}, {20, 200, 40, 200}));   // all rise
  EXPECT_FALSE(is_reversal({{81, 87, 234, 270}, {55, 80, 55, 80}}, {136, 167, 289, 350}));   // one stays
  EXPECT_FALSE(is_reversal({{10, 100, 20, 100}, {0, 0, 1, 900}}, {10, 100, 21, 1000}));      // a single one with both rates
  EXPECT_FALSE(is_reversal({{1, 10, 2, 10}, {5, 10, 4, 10}}, {6, 20, 6, 20}));               // the total stays
}

TEST(Effects, LogarithmByArithmetic) {
  int seen = 0;
  for (double x = 1e-300; x < 1e300; x *= 1.7, ++seen) EXPECT_NEAR(natural_log(x), std::log(x), 4e-16 * std::fabs(std::log(x)) + 2e-16) << x;
  for (double x = 0.5; x < 2; x += 0.0007, ++seen) EXPECT_NEAR(natural_log(x), std::log(x), 4e-16 * std::fabs(std::log(x)) + 2e-16) << x;
  EXPECT_EQ(natural_log(1), 0);
  EXPECT_GT(seen, 3000);
}

TEST(Effects, LogMeanOfAProductAndAQuotient) {
  // 100 / 10 = 10, then 200 / 40 = 5: L = -5 / ln(1/2) = 5 / ln 2; the doubled numerator gives L ln 2 = 5, the other one -L ln 4 = -10.
  const std::vector<double> effects = log_mean_effects({{100, 200, 1}, {10, 40, -1}}, 10, 5);
  EXPECT_NEAR(effects[0], 5, 1e-14);
  EXPECT_NEAR(effects[1], -10, 1e-14);
  // Nearly the same product: L is the product itself, 6; ln(2.0000002 / 2) is 1e-7 and -1e-7 up to 1e-14.
  const std::vector<double> close = log_mean_effects({{2, 2.0000002, 1}, {3, 3 / 1.0000001, 1}}, 6, 6);
  EXPECT_NEAR(close[0], 6e-7, 1e-12);
  EXPECT_NEAR(close[0] + close[1], 0, 1e-15);
}

TEST(Effects, AverageOverOrders) {
  // The glove game: one left glove and two right ones, a pair is worth 1. Shapley values 2/3, 1/6, 1/6.
  Undefined reason;
  const std::vector<double> glove = average_effects(3, [](unsigned set) -> Value { return Quantity{(set & 1U) != 0 && (set & 6U) != 0 ? 1.0 : 0.0, {}}; }, reason);
  ASSERT_EQ(glove.size(), 3u);
  EXPECT_NEAR(glove[0], 2.0 / 3, 1e-15);
  EXPECT_NEAR(glove[1], 1.0 / 6, 1e-15);
  EXPECT_NEAR(glove[2], 1.0 / 6, 1e-15);
  EXPECT_TRUE(average_effects(2, [](unsigned set) -> Value { return set == 2 ? Value(Undefined{"denominator_zero", {}}) : Value(Quantity{1, {}}); }, reason).empty());
  EXPECT_EQ(reason.code, "denominator_zero");
}

}  // namespace
}  // namespace kpi
