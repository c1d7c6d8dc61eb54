// At 95 % they are tested with their users, core/engine (evaluate_test.cpp, member_rates_test.cpp), and with proportion_intervals.
#include "core/models/wilson.h"

#include <gtest/gtest.h>

#include <cmath>

namespace kpi {
namespace {

// By hand at z = 1: n = 4, k = 2: 0.5 +- sqrt(0.25 / 4 + 1 / 64) / 1.25 = 0.5 +- sqrt(5) / 10.
TEST(Wilson, AnotherLevel) {
  const Interval i = wilson_interval(2, 4, 1);
  EXPECT_NEAR(i.low, 0.5 - std::sqrt(5.0) / 10, 1e-15);
  EXPECT_NEAR(i.high, 0.5 + std::sqrt(5.0) / 10, 1e-15);
}

// The same twice: both reaches are the hypotenuse of sqrt(5) / 10 and itself.
TEST(Wilson, DifferenceAtAnotherLevel) {
  const Interval i = difference_interval({2, 4}, {2, 4}, 1);
  EXPECT_NEAR(i.low, -std::sqrt(0.1), 1e-15);
  EXPECT_NEAR(i.high, std::sqrt(0.1), 1e-15);
}

}  // namespace
}  // namespace kpi
