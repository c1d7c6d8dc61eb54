#include "core/engine/member_rates.h"

#include <gtest/gtest.h>

namespace kpi {
namespace {

// Newcombe 1998, table II, contrasts (a) and (e), method 10.
TEST(DifferenceInterval, IsNewcombesMethodTen) {
  const Interval a = difference_interval({56, 70}, {48, 80});
  EXPECT_NEAR(a.low, 0.0524, 5e-5);
  EXPECT_NEAR(a.high, 0.3339, 5e-5);
  const Interval e = difference_interval({5, 56}, {0, 29});
  EXPECT_NEAR(e.low, -0.0381, 5e-5);
  EXPECT_NEAR(e.high, 0.1926, 5e-5);
}

TEST(MemberRate, DiffersFromTheOthersOrCannotBeToldApart) {
  // 56 of 70 beside 48 of 80: the interval of their difference is all above 0, from the other side all below.
  EXPECT_EQ(member_rate({56, 70}, Proportion{104, 150}).differs, std::optional(true));
  EXPECT_EQ(member_rate({48, 80}, Proportion{104, 150}).differs, std::optional(true));
  // 5 of 56 beside 0 of 29: -0.0381 to 0.1926 holds 0.
  EXPECT_EQ(member_rate({5, 56}, Proportion{5, 85}).differs, std::optional(false));
}

TEST(MemberRate, SaysNothingOfTheOnlyMemberAndWhereCountsDoNotAddUp) {
  EXPECT_FALSE(member_rate({5, 10}, Proportion{5, 10}).differs);
  EXPECT_FALSE(member_rate({5, 10}, std::nullopt).differs);
  EXPECT_FALSE(member_rate({5, 10}, Proportion{4, 30}).differs) << "fewer in all than in the member";
}

}  // namespace
}  // namespace kpi
