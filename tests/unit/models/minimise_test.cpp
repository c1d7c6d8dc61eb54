#include "core/models/minimise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace kpi {
namespace {

// Rosenbrock 1960: minimum 0 at (1, 1).
TEST(Minimise, Rosenbrock) {
  const auto valley = [](const std::vector<double>& x) { return 100 * std::pow(x[1] - x[0] * x[0], 2) + std::pow(1 - x[0], 2); };
  const Minimum found = minimise(valley, {{-1.2, 1}, {-5, -5}, {5, 5}, {0.5, 0.5}}, 5000);
  EXPECT_NEAR(found.value, 0, 1e-9);
  EXPECT_NEAR(found.point[0], 1, 1e-4);
  EXPECT_NEAR(found.point[1], 1, 1e-4);
}

TEST(Minimise, TwelveDimensions) {
  const auto bowl = [](const std::vector<double>& x) {
    double sum = 1;
    for (std::size_t i = 0; i < x.size(); ++i) sum += static_cast<double>(i + 1) * (x[i] - static_cast<double>(i)) * (x[i] - static_cast<double>(i));
    return sum;
  };
  const std::vector<double> start(12, 0), lower(12, -20), upper(12, 20), step(12, 1);
  const Minimum found = minimise(bowl, {start, lower, upper, step}, 20000);
  EXPECT_TRUE(found.has_converged);
  EXPECT_NEAR(found.value, 1, 1e-8);
  for (std::size_t i = 0; i < 12; ++i) EXPECT_NEAR(found.point[i], static_cast<double>(i), 1e-3);
}

TEST(Minimise, AtTheEdgeOfTheBox) {
  const Minimum found = minimise([](const std::vector<double>& x) { return x[0] + x[1]; }, {{0.5, 0.5}, {0, 0.25}, {1, 1}, {0.2, 0.2}}, 2000);
  EXPECT_EQ(found.point, (std::vector<double>{0, 0.25}));
  const Minimum upper = minimise([](const std::vector<double>& x) { return -x[0]; }, {{1}, {0}, {1}, {0.2}}, 2000);
  EXPECT_EQ(upper.point[0], 1);
}

TEST(Minimise, ForbiddenPointsAndLimits) {
  const auto half = [](const std::vector<double>& x) { return x[0] < 0 ? std::numeric_limits<double>::quiet_NaN() : (x[0] - 1e-3) * (x[0] - 1e-3); };
  EXPECT_NEAR(minimise(half, {{3}, {-10}, {10}, {1}}, 2000).point[0], 1e-3, 1e-4);
  const Minimum cut = minimise([](const std::vector<double>& x) { return std::cos(x[0]) + x[0] * x[0]; }, {{5}, {-10}, {10}, {1}}, 7);
  EXPECT_FALSE(cut.has_converged);
  EXPECT_LE(cut.evaluations, 10U);
  const Minimum nothing = minimise([](const std::vector<double>&) { return 4.0; }, {}, 10);
  EXPECT_EQ(nothing.value, 4);
  EXPECT_TRUE(nothing.has_converged);
}

}  // namespace
}  // namespace kpi
