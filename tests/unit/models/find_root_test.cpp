#include "core/models/find_root.h"

#include <gtest/gtest.h>

#include <cmath>

namespace kpi {
namespace {

TEST(FindRoot, KnownRoots) {
  EXPECT_NEAR(find_root([](double x) { return x * x - 2; }, 0, 2), std::sqrt(2.0), 1e-15);
  EXPECT_NEAR(find_root([](double x) { return std::cos(x) - x; }, 0, 1), 0.73908513321516064, 1e-15);  // Dottie's number
  EXPECT_NEAR(find_root([](double x) { return x < 0.25 ? -1.0 : 1.0; }, 0, 1), 0.25, 1e-15);           // a jump
  EXPECT_NEAR(find_root([](double x) { return std::pow(x - 1, 9); }, 0, 3), 1, 1e-2);                  // flat around its root
}

TEST(FindRoot, AtAnEndOrNotBetween) {
  EXPECT_EQ(find_root([](double x) { return x; }, 0, 1), 0);
  EXPECT_EQ(find_root([](double x) { return x - 1; }, 0, 1), 1);
  EXPECT_EQ(find_root([](double x) { return x + 1; }, 0, 1), 0);  // nearest to zero
}

TEST(FindRoot, NeedsFewCalls) {
  int calls = 0;
  const double root = find_root([&calls](double x) { ++calls; return std::exp(x) - 10; }, -5, 5);
  EXPECT_NEAR(root, std::log(10.0), 1e-14);
  EXPECT_LT(calls, 20);
}

}  // namespace
}  // namespace kpi
