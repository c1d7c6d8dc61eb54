#include "core/models/super_smoother.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/models/seeded_random.h"

namespace kpi {
namespace {

// Running lines go through a line, whatever their span.
TEST(SuperSmoother, LineByHand) {
  std::vector<double> values;
  for (int i = 0; i < 30; ++i) values.push_back(7 - 3 * i);
  const std::vector<double> smooth = super_smooth(values).value();
  ASSERT_EQ(smooth.size(), 30U);
  for (std::size_t i = 0; i < 30; ++i) EXPECT_NEAR(smooth[i], values[i], 1e-9);
}

// A slow wave with noise of standard deviation 0.29: nearer to the wave than the values are.
TEST(SuperSmoother, NearerToTheWave) {
  SeededRandom random(5);
  std::vector<double> values, wave;
  for (int i = 0; i < 120; ++i) {
    wave.push_back(3 * std::sin(i / 15.0));
    values.push_back(wave.back() + random.unit() - 0.5);
  }
  const std::vector<double> smooth = super_smooth(values).value();
  double before = 0, after = 0;
  for (std::size_t i = 0; i < 120; ++i) {
    before += (values[i] - wave[i]) * (values[i] - wave[i]);
    after += (smooth[i] - wave[i]) * (smooth[i] - wave[i]);
  }
  EXPECT_LT(after, before / 2) << "seed 5";
}

TEST(SuperSmoother, Undefined) {
  EXPECT_EQ(super_smooth({1, 2, 3, 4}).reason().code, "too_few_rows");
  EXPECT_EQ(super_smooth({1, 2, 3, 4, std::numeric_limits<double>::quiet_NaN()}).reason().code, "not_finite");
  EXPECT_EQ(super_smooth({4, 4, 4, 4, 4}).value(), (std::vector<double>{4, 4, 4, 4, 4}));
}

}  // namespace
}  // namespace kpi
