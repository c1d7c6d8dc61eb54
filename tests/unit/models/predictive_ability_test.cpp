#include "core/models/predictive_ability.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/models/seeded_random.h"

namespace kpi {
namespace {

// 1 2 3 2: about their mean -1 0 1 0, whose sum with exp(-i pi t / 2) is -1 - 1 = -2: periodogram 4 / 4, standard error sqrt(1 / 4).
// t = 2 / 0.5 = 4; Student's t of 2 degrees has the upper share 1/2 - t / (2 sqrt(t^2 + 2)).
TEST(PredictiveAbility, ByHand) {
  const PredictiveAbility got = predictive_ability({1, 2, 3, 2}).value();
  EXPECT_EQ(got.mean_gain, 2);
  EXPECT_NEAR(got.standard_error, 0.5, 1e-14);
  EXPECT_EQ(got.degrees_of_freedom, 2);
  EXPECT_NEAR(got.p, 0.5 - 4 / (2 * std::sqrt(18.0)), 1e-12);
  EXPECT_NEAR(predictive_ability({-1, -2, -3, -2}).value().p, 1 - got.p, 1e-12);
}

// Two equal ways whose gains hang together over six of twelve origins (a moving sum, as overlapping horizons make): what is called better at 10 %
// is wrong in not much more than 10 % of cases, where independent gains' t test would be wrong in three times as many.
TEST(PredictiveAbility, KeepsItsSize) {
  SeededRandom random(11);
  int found = 0, naive = 0;
  const int runs = 4000, n = 12, overlap = 6;
  for (int run = 0; run < runs; ++run) {
    std::vector<double> noise, gains;
    for (int i = 0; i < n + overlap; ++i) noise.push_back(random.unit() + random.unit() + random.unit() - 1.5);
    double mean = 0, squares = 0;
    for (int i = 0; i < n; ++i) {
      gains.push_back(0);
      for (int j = 0; j < overlap; ++j) gains.back() += noise[static_cast<std::size_t>(i + j)];
      mean += gains.back() / n;
    }
    for (const double gain : gains) squares += (gain - mean) * (gain - mean);
    if (predictive_ability(gains).value().p < 0.1) ++found;
    if (mean / std::sqrt(squares / (n - 1) / n) > 1.363) ++naive;  // Student's t of 11 degrees, 10 % above
  }
  EXPECT_LT(found, runs * 0.19) << "seed 11";
  EXPECT_GT(naive, runs * 0.3) << "seed 11";
}

TEST(PredictiveAbility, FollowsTheUnit) {
  const std::vector<double> gains = {3, 1, 4, 1, 5, 9, 2, 6};
  std::vector<double> scaled;
  for (const double gain : gains) scaled.push_back(1024 * gain);
  EXPECT_NEAR(predictive_ability(scaled).value().p, predictive_ability(gains).value().p, 1e-12);
}

TEST(PredictiveAbility, Degenerate) {
  EXPECT_EQ(predictive_ability({1, 2}).reason().code, "too_few_rows");
  EXPECT_EQ(predictive_ability({1, 2, std::numeric_limits<double>::quiet_NaN()}).reason().code, "not_finite");
  EXPECT_EQ(predictive_ability({1e308, 1e308, 1e308}).reason().code, "not_finite");
  EXPECT_EQ(predictive_ability({2, 2, 2, 2}).value().p, 0);
  EXPECT_EQ(predictive_ability({0, 0, 0}).value().p, 1);
}

}  // namespace
}  // namespace kpi
