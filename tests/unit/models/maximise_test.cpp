// Expected values: tops and curvatures of functions written down.
#include "core/models/maximise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace kpi {
namespace {

Parameters point(double x, double y) { return {x, y}; }

TEST(Maximise, ParabolaWithItsCovariance) {
  // -(2 (x - 3)^2 + (x - 3)(y + 1) + (y + 1)^2): minus the Hessian is {{4, 1}, {1, 2}}, its inverse {{2, -1}, {-1, 4}} / 7.
  const auto parabola = [](const Parameters& p, Parameters& g) {
    const double x = p[0] - 3, y = p[1] + 1;
    g = {-(4 * x + y), -(x + 2 * y)};
    return -(2 * x * x + x * y + y * y);
  };
  const Outcome<Maximum> top = maximise(parabola, {point(0, 0)}, {"x", "y"});
  ASSERT_TRUE(top.ok());
  EXPECT_NEAR(top.value().at[0], 3, 1e-12);
  EXPECT_NEAR(top.value().at[1], -1, 1e-12);
  EXPECT_NEAR(top.value().covariance[0], 2.0 / 7, 1e-8);
  EXPECT_NEAR(top.value().covariance[1], -1.0 / 7, 1e-8);
  EXPECT_NEAR(top.value().covariance[3], 4.0 / 7, 1e-8);
}

double banana(const Parameters& p, Parameters& g) {  // Rosenbrock 1960, upside down: the top is 0 at (1, 1)
  const double a = 1 - p[0], b = p[1] - p[0] * p[0];
  g = {2 * a + 400 * p[0] * b, -200 * b};
  return -(a * a + 100 * b * b);
}

TEST(Maximise, CurvedValley) {
  const Outcome<Maximum> top = maximise(banana, {point(-1.2, 1)}, {"x", "y"});
  ASSERT_TRUE(top.ok());
  EXPECT_NEAR(top.value().at[0], 1, 1e-10);
  EXPECT_NEAR(top.value().at[1], 1, 1e-10);
  EXPECT_LT(top.value().iterations, 40);
}

TEST(Maximise, TheHigherOfTwoTops) {
  // -(x^2 - 4)^2 + x: near -2 it is lower than near 2.
  const auto two = [](const Parameters& p, Parameters& g) {
    const double q = p[0] * p[0] - 4;
    g = {-4 * p[0] * q + 1, -2 * p[1]};
    return -q * q + p[0] - p[1] * p[1];
  };
  for (const auto& starts : {std::vector<Parameters>{point(-2, 1), point(1.2, 1)}, {point(1.2, 1), point(-2, 1)}}) {
    const Outcome<Maximum> top = maximise(two, starts, {"x", "y"});
    ASSERT_TRUE(top.ok());
    EXPECT_NEAR(top.value().at[0], 2.03, 0.01);  // 4 x (x^2 - 4) = 1
    EXPECT_NEAR(4 * top.value().at[0] * (top.value().at[0] * top.value().at[0] - 4), 1, 1e-9);
  }
}

TEST(Maximise, ARidgeIsNoTop) {
  // -e^-x rises for ever, and its gradient is as small as one likes.
  const auto ridge = [](const Parameters& p, Parameters& g) {
    g = {std::exp(-p[0]), -2 * p[1]};
    return -std::exp(-p[0]) - p[1] * p[1];
  };
  const Outcome<Maximum> top = maximise(ridge, {point(0, 1)}, {"x", "y"});
  ASSERT_FALSE(top.ok());
  EXPECT_EQ(top.reason().code, "not_identified");
  EXPECT_EQ(top.reason().arguments, (std::vector<std::string>{"x"}));
  const auto flat = [](const Parameters& p, Parameters& g) {
    g = {0, -2 * p[1]};
    return -p[1] * p[1];
  };
  EXPECT_FALSE(maximise(flat, {point(0, 1)}, {"x", "y"}).ok());
}

TEST(Maximise, WhereNothingIsDefined) {
  const auto nowhere = [](const Parameters&, Parameters& g) {
    g = {0, 0};
    return std::numeric_limits<double>::quiet_NaN();
  };
  EXPECT_EQ(maximise(nowhere, {point(0, 1)}, {"x", "y"}).reason().code, "not_finite");
  EXPECT_EQ(maximise(banana, {}, {"x", "y"}).reason().code, "not_finite");
  // Defined for x > 0 only: steps beyond are halved. ln x - x has its top at 1.
  const auto half = [](const Parameters& p, Parameters& g) {
    g = {1 / p[0] - 1, -2 * p[1]};
    return std::log(p[0]) - p[0] - p[1] * p[1];
  };
  const Outcome<Maximum> top = maximise(half, {point(2.5, 1)}, {"x", "y"});
  ASSERT_TRUE(top.ok());
  EXPECT_NEAR(top.value().at[0], 1, 1e-9);
}

TEST(Maximise, WrongGradientDoesNotConverge) {
  const auto wrong = [](const Parameters& p, Parameters& g) {
    g = {2 * p[0] + 1, 2 * p[1]};
    return -p[0] * p[0] - p[1] * p[1];
  };
  EXPECT_EQ(maximise(wrong, {point(3, 1)}, {"x", "y"}).reason().code, "no_convergence");
}

}  // namespace
}  // namespace kpi
