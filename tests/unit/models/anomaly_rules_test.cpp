#include "core/models/anomaly_rules.h"

#include <limits>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

using test::expect_near;

TEST(AnomalyRules, RulesOfTheReference) {
  KPI_REFERENCE_CASE(rules, "forecasting.json", "anomaly_rules");
  const std::vector<double> x = rules["inputs"]["x"];
  const auto& expected = rules["expected"];
  const AnomalyRules got = anomaly_rules(x).value();
  ASSERT_EQ(x.size(), 14U);
  for (std::size_t i = 0; i < x.size(); ++i) {
    expect_near(got.z.value()[i], expected["z"][i], 1e-12);
    expect_near(got.robust_z.value()[i], expected["robust_z"][i], 1e-12);
  }
  expect_near(got.lower_quartile, expected["q"][0], 1e-12);
  expect_near(got.upper_quartile, expected["q"][1], 1e-12);
  expect_near(got.inner.lower, expected["tukey_fences"][0], 1e-12);
  expect_near(got.inner.upper, expected["tukey_fences"][1], 1e-12);
  EXPECT_EQ(beyond(got.z.value(), kZLimit), expected["flag_z3"].get<std::vector<std::size_t>>());
  EXPECT_EQ(beyond(got.robust_z.value(), kRobustZLimit), expected["flag_robust_3_5"].get<std::vector<std::size_t>>());
  EXPECT_EQ(outside(x, got.inner), expected["flag_tukey"].get<std::vector<std::size_t>>());
  EXPECT_EQ(outside(x, got.outer), expected["flag_tukey_3"].get<std::vector<std::size_t>>());
}

// 1 to 10 and 100: quartiles (type 7) 3.5 and 8.5, fences -4 and 16, -11.5 and 23.5; median 6, deviations' median 3.
TEST(AnomalyRules, ByHand) {
  const std::vector<double> x = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100};
  const AnomalyRules rules = anomaly_rules(x).value();
  EXPECT_EQ(rules.inner.lower, -4);
  EXPECT_EQ(rules.inner.upper, 16);
  EXPECT_EQ(rules.outer.upper, 23.5);
  EXPECT_NEAR(rules.robust_z.value()[10], 94 / (1.4826 * 3), 1e-12);
  EXPECT_EQ(beyond(rules.robust_z.value(), kRobustZLimit), (std::vector<std::size_t>{10}));
  EXPECT_TRUE(beyond(rules.z.value(), kZLimit).empty());  // 85.909 / 28.637 = 2.99990: the value hides itself in the deviation
}

TEST(AnomalyRules, Degenerate) {
  EXPECT_EQ(anomaly_rules({}).reason().code, "no_rows");
  EXPECT_EQ(anomaly_rules({1, std::numeric_limits<double>::quiet_NaN()}).reason().code, "not_finite");
  const AnomalyRules few = anomaly_rules({1, 1, 1, 50}).value();
  EXPECT_EQ(few.z.reason().code, "too_few_rows");
  EXPECT_EQ(few.robust_z.reason().code, "denominator_zero");
  EXPECT_EQ(anomaly_rules(std::vector<double>(20, 4)).value().z.reason().code, "denominator_zero");
}

}  // namespace
}  // namespace kpi
