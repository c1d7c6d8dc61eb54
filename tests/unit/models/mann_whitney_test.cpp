#include "core/models/mann_whitney.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/group_columns.h"

namespace kpi {
namespace {

using Values = std::vector<double>;

// By hand: b = 3, 5, 5 against a = 1, 3, 4: wins 1.5 + 3 + 3 = 7.5 of 9; variance 9 / 12 (7 - (6 + 6) / 30) = 4.95.
TEST(MannWhitney, ByHand) {
  const auto t = mann_whitney_test(Values{1, 3, 4}, Values{3, 5, 5});
  ASSERT_TRUE(t.ok());
  EXPECT_EQ(t.value().wins, 7.5);
  EXPECT_NEAR(t.value().share, 7.5 / 9, 1e-15);
  EXPECT_NEAR(t.value().p_uncorrected, std::erfc(3 / std::sqrt(4.95) / std::sqrt(2.0)), 1e-14);
  EXPECT_NEAR(t.value().p_corrected, std::erfc(2.5 / std::sqrt(4.95) / std::sqrt(2.0)), 1e-14);
}

TEST(MannWhitney, FixtureCases) {
  KPI_FIXTURE_CASES(cases, "experiments");
  for (const std::string id : {"welch_first_amount", "welch_post_spend"}) {
    const auto c = test::fixture_case(cases, id);
    const test::GroupColumns values = test::revenue_per_visitor(c["inputs"]["column"]);
    const auto t = mann_whitney_test(values.a, values.b);
    ASSERT_TRUE(t.ok()) << id;
    test::expect_fixture(t.value().wins, c["expected"]["mw_W"], c["tolerance"], "mw_W");
    test::expect_fixture(t.value().p_corrected, c["expected"]["mw_p_corrected"], c["tolerance"], "mw_p_corrected");
    test::expect_fixture(t.value().p_uncorrected, c["expected"]["mw_p_uncorrected"], c["tolerance"], "mw_p_uncorrected");
  }
}

TEST(MannWhitney, SwappedGroupsWinTheOtherPairs) {
  const Values a = {1, 2, 2, 9, 4}, b = {2, 3, 8};
  const auto one = mann_whitney_test(a, b), other = mann_whitney_test(b, a);
  ASSERT_TRUE(one.ok() && other.ok());
  EXPECT_EQ(one.value().wins + other.value().wins, 15);
  EXPECT_NEAR(one.value().p_corrected, other.value().p_corrected, 1e-15);
}

TEST(MannWhitney, Refused) {
  EXPECT_EQ(mann_whitney_test(Values{}, Values{1}).reason().code, "no_rows");
  EXPECT_EQ(mann_whitney_test(Values{2, 2}, Values{2}).reason().code, "denominator_zero");
  EXPECT_EQ(mann_whitney_test(Values{2, std::nan("")}, Values{2}).reason().code, "not_finite");
  const auto even = mann_whitney_test(Values{1, 3}, Values{2});
  ASSERT_TRUE(even.ok());
  EXPECT_EQ(even.value().p_corrected, 1);
}

}  // namespace
}  // namespace kpi
