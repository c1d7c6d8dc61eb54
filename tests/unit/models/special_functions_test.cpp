// Expected values: tables of Abramowitz and Stegun (1964), and R 4.x (pnorm, qt, pchisq, pbeta, lgamma, digamma, lbeta) to 15 digits.
#include "core/models/special_functions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace kpi {
namespace {

void expect_close(double got, double expected, double relative = 1e-13) { EXPECT_NEAR(got, expected, std::fabs(expected) * relative); }

TEST(SpecialFunctions, NormalAndItsInverse) {
  expect_close(normal_cdf(1.96), 0.97500210485177952);      // A&S table 26.1: .97500 21048 51780
  expect_close(normal_quantile(0.975), 1.9599639845400545);  // A&S table 26.5
  expect_close(normal_upper(10), 7.6198530241605260e-24);
  for (const double p : {1e-12, 0.01, 0.3, 0.5, 0.9, 0.999999}) EXPECT_NEAR(normal_cdf(normal_quantile(p)), p, 1e-14);
}

TEST(SpecialFunctions, StudentAndChiSquare) {
  expect_close(student_quantile(0.975, 10), 2.2281388519862735);  // A&S table 26.10: 2.228
  EXPECT_NEAR(student_two_sided(2.2281388519862735, 10), 0.05, 1e-14);
  EXPECT_NEAR(chi_square_upper(3.841458820694124, 1), 0.05, 1e-14);
  EXPECT_NEAR(chi_square_upper(18.307038053275146, 10), 0.05, 1e-14);  // A&S table 26.8: 18.3070
}

TEST(SpecialFunctions, Beta) {
  EXPECT_NEAR(beta_cdf(0.5, 2, 2), 0.5, 1e-15);
  EXPECT_NEAR(beta_cdf(0.3, 1, 3), 1 - std::pow(0.7, 3), 1e-15);  // Beta(1, b): 1 - (1 - x)^b
  for (const double p : {0.001, 0.25, 0.975}) EXPECT_NEAR(beta_cdf(beta_quantile(p, 3.5, 40), 3.5, 40), p, 1e-12);
  expect_close(log_beta(2, 3), -std::log(12.0));  // 1! 2! / 4! = 1/12
  // B(1, b) = 1 / b and B(2, b) = 1 / (b (b + 1)), however large b is.
  expect_close(log_beta(1, 1e8), -std::log(1e8));
  expect_close(log_beta(2, 1e8), -(std::log(1e8) + std::log(1e8 + 1)));
}

TEST(SpecialFunctions, GammaAndItsDerivatives) {
  expect_close(log_gamma(0.5), 0.5 * std::log(std::acos(-1.0)));
  expect_close(log_gamma(101), 363.73937555556347);  // ln 100!, A&S table 6.4
  expect_close(digamma(1), -0.57721566490153286);    // minus Euler's constant
  expect_close(trigamma(1), std::acos(-1.0) * std::acos(-1.0) / 6);
  expect_close(log_choose(50, 3), std::log(19600.0));
}

// Without a shift it is Student's t; with one and many degrees of freedom it is the normal distribution, shifted.
TEST(SpecialFunctions, NoncentralStudent) {
  EXPECT_NEAR(student_noncentral_upper(2.2281388519862735, 10, 0), 0.025, 1e-13);
  EXPECT_NEAR(student_noncentral_upper(2, 1e7, 1.5), normal_upper(0.5), 1e-6);
  EXPECT_TRUE(std::isnan(student_noncentral_upper(1, 0, 1)));
}

TEST(SpecialFunctions, WhereNotDefinedNaN) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(normal_quantile(1.5)));
  EXPECT_TRUE(std::isnan(normal_cdf(nan)));
  EXPECT_TRUE(std::isnan(student_two_sided(1, 0)));
  EXPECT_TRUE(std::isnan(chi_square_upper(-1, 3)));
  EXPECT_TRUE(std::isnan(beta_cdf(0.5, 0, 1)));
  EXPECT_TRUE(std::isnan(log_choose(3, 4)));
  EXPECT_EQ(student_two_sided(std::numeric_limits<double>::infinity(), 5), 0);
}

}  // namespace
}  // namespace kpi
