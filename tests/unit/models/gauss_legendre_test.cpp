#include "core/models/gauss_legendre.h"

#include <gtest/gtest.h>

#include <cmath>

namespace kpi {
namespace {

TEST(GaussLegendre, PolynomialsToDegree31AreExact) {
  for (int degree = 0; degree <= 31; ++degree) {
    const double exact = (std::pow(2.0, degree + 1) - std::pow(-1.0, degree + 1)) / (degree + 1);
    EXPECT_NEAR(gauss_legendre([degree](double x) { return std::pow(x, degree); }, -1, 2), exact, 1e-13 * std::fabs(exact) + 1e-14) << degree;
  }
}

TEST(GaussLegendre, SmoothFunctions) {
  EXPECT_NEAR(gauss_legendre([](double x) { return std::exp(x); }, 0, 1), std::exp(1.0) - 1, 1e-15);
  EXPECT_NEAR(gauss_legendre([](double x) { return std::sin(x); }, 0, std::acos(-1.0)), 2, 1e-14);
  EXPECT_EQ(gauss_legendre([](double) { return 1.0; }, 3, 3), 0);
}

}  // namespace
}  // namespace kpi
