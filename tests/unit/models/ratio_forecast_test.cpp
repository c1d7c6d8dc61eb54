#include "core/models/ratio_forecast.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/models/seeded_random.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

constexpr EtsModel kLevel{EtsError::kAdditive, EtsTrend::kNone, Seasonality::kNone, 1};

/// Values about a level: their mean, and their errors as the model's.
ContinuedSum about(const std::vector<double>& values, double level) {
  EtsFit fit{};
  fit.model = kLevel;
  fit.parameters = {1e-4, 0, 0, 1};
  fit.first = fit.last = {level, 0, {}};
  fit.fitted.assign(values.size(), level);
  double squares = 0;
  for (const double v : values) squares += (v - level) * (v - level);
  fit.error_variance = squares / static_cast<double>(values.size());
  return {values, fit};
}

ContinuedSum fixed(double value, std::size_t count) { return {std::vector<double>(count, value), {}}; }

// 30 of 100 in every month: nothing varies, so neither does the forecast.
TEST(RatioForecast, ConstantSums) {
  const std::vector<RatioPoint> ratio = ratio_forecast(fixed(30, 12), fixed(100, 12), RatioKind::kRatio, 2).value();
  ASSERT_EQ(ratio.size(), 2U);
  EXPECT_EQ(ratio[1].mean, 0.3);
  EXPECT_EQ(ratio[1].low95, 0.3);
  EXPECT_EQ(ratio[1].high95, 0.3);
  EXPECT_EQ(ratio_means(fixed(30, 12), fixed(70, 12), RatioKind::kShare, 1).value()[0], 0.3);
}

// The numerator 40 or 60 with equal chance, the denominator always 100: the limits are those two.
TEST(RatioForecast, TwoFuturesByHand) {
  std::vector<double> values;
  for (int i = 0; i < 20; ++i) values.push_back(i % 2 == 0 ? 40 : 60);
  const RatioPoint one = ratio_forecast(about(values, 50), fixed(100, 20), RatioKind::kRatio, 1).value()[0];
  EXPECT_NEAR(one.mean, 0.5, 1e-12);
  EXPECT_NEAR(one.low80, 0.4, 1e-12);
  EXPECT_NEAR(one.high95, 0.6, 1e-12);
}

// Both sums move together by the same share: their ratio stands still. Apart, by turns, it does not.
TEST(RatioForecast, TheTwoErrorsOfAMonthStayTogether) {
  std::vector<double> tops, bottoms, crossed;
  for (int i = 0; i < 24; ++i) {
    const double share = i % 2 == 0 ? 0.8 : 1.2;
    tops.push_back(50 * share);
    bottoms.push_back(200 * share);
    crossed.push_back(200 * (2 - share));
  }
  const RatioPoint together = ratio_forecast(about(tops, 50), about(bottoms, 200), RatioKind::kRatio, 1).value()[0];
  const RatioPoint against = ratio_forecast(about(tops, 50), about(crossed, 200), RatioKind::kRatio, 1).value()[0];
  EXPECT_NEAR(together.high95 - together.low95, 0, 1e-12);
  EXPECT_NEAR(against.low95, 40.0 / 240, 1e-12);
  EXPECT_NEAR(against.high95, 60.0 / 160, 1e-12);
}

// Small errors: the delta method, sd(r) / r = sqrt(cv1^2 + cv2^2) of independent sums, is the interval's half-width. Seed 3.
TEST(RatioForecast, SmallErrorsFollowTheDeltaMethod) {
  SeededRandom random(3);
  const auto noise = [&] { return random.unit() + random.unit() + random.unit() + random.unit() - 2; };
  std::vector<double> tops, bottoms;
  for (int i = 0; i < 400; ++i) {
    tops.push_back(1000 + 20 * noise());
    bottoms.push_back(5000 + 200 * noise());
  }
  const ContinuedSum top = about(tops, 1000), bottom = about(bottoms, 5000);
  const RatioPoint one = ratio_forecast(top, bottom, RatioKind::kRatio, 1).value()[0];
  const double relative = std::sqrt(top.fit->error_variance / 1e6 + bottom.fit->error_variance / 25e6);
  EXPECT_NEAR(one.mean, 0.2, 1e-12);
  EXPECT_NEAR((one.high95 - one.low95) / 2, 0.2 * relative * normal_quantile(0.975), 0.2 * relative * 0.12) << "seed 3";
}

// A share stays within 0 and 1, and a month's futures without a denominator are no futures of a ratio.
TEST(RatioForecast, StaysWithinItsBounds) {
  std::vector<double> wins, losses;
  for (int i = 0; i < 24; ++i) {
    wins.push_back(i % 3 == 0 ? 3 : 0);
    losses.push_back(i % 6 == 0 ? 0 : 2);  // never both none
  }
  const Outcome<std::vector<RatioPoint>> made = ratio_forecast(about(wins, 1), about(losses, 5.0 / 3), RatioKind::kShare, 6);
  ASSERT_TRUE(made.ok());
  const std::vector<RatioPoint> points = made.value();
  ASSERT_EQ(points.size(), 6U);
  for (const RatioPoint& one : points) {
    EXPECT_GE(one.low95, 0);
    EXPECT_LE(one.high95, 1);
    EXPECT_LE(one.low95, one.low80);
    EXPECT_LE(one.low80, one.mean);
    EXPECT_LE(one.mean, one.high80);
    EXPECT_LE(one.high80, one.high95);
  }
  std::vector<double> rare(24, 0);
  rare[5] = 24;
  const Outcome<std::vector<RatioPoint>> none = ratio_forecast(fixed(1, 24), about(rare, 1), RatioKind::kRatio, 1);
  ASSERT_FALSE(none.ok()) << "23 of 24 futures have no denominator";
  EXPECT_EQ(none.reason().code, "denominator_zero");
}

TEST(RatioForecast, Undefined) {
  EXPECT_EQ(ratio_forecast(fixed(1, 12), fixed(0, 12), RatioKind::kRatio, 1).reason().code, "denominator_zero");
  EXPECT_EQ(ratio_forecast(fixed(0, 12), fixed(0, 12), RatioKind::kShare, 1).reason().code, "denominator_zero");
  EXPECT_EQ(ratio_forecast(fixed(1, 12), fixed(1, 11), RatioKind::kRatio, 1).reason().code, "out_of_range");
  EXPECT_EQ(ratio_forecast(fixed(1, 0), fixed(1, 0), RatioKind::kRatio, 1).reason().code, "too_few_rows");
  EXPECT_TRUE(ratio_forecast(fixed(1, 12), fixed(1, 12), RatioKind::kRatio, 0).value().empty());
}

}  // namespace
}  // namespace kpi
