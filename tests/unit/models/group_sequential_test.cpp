#include "core/models/group_sequential.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

double constant_of(GroupSequentialDesign design, int looks, double alpha = 0.05) {
  const auto r = group_sequential(design, looks, alpha);
  EXPECT_TRUE(r.ok());
  return r.ok() ? r.value().constant : 0;
}

// Jennison and Turnbull 2000, Group Sequential Methods, tables 2.1 and 2.3, alpha 0.05.
TEST(GroupSequential, PublishedConstants) {
  const double pocock[] = {1.960, 2.178, 2.289, 2.361, 2.413}, obrien[] = {1.960, 1.977, 2.004, 2.024, 2.040};
  for (int looks = 1; looks <= 5; ++looks) {
    EXPECT_NEAR(constant_of(GroupSequentialDesign::kPocock, looks), pocock[looks - 1], 6e-4) << looks;
    EXPECT_NEAR(constant_of(GroupSequentialDesign::kObrienFleming, looks), obrien[looks - 1], 6e-4) << looks;
  }
}

TEST(GroupSequential, FixtureCase) {
  KPI_FIXTURE_CASES(cases, "experiments");
  const auto c = test::fixture_case(cases, "group_sequential_constants");
  const auto& looks = c["inputs"]["K"];
  ASSERT_EQ(looks.size(), 4U);
  for (std::size_t i = 0; i < looks.size(); ++i) {
    const double alpha = c["inputs"]["alpha"];
    test::expect_fixture(constant_of(GroupSequentialDesign::kPocock, looks[i], alpha), c["expected"]["pocock"][i], c["tolerance"], "pocock");
    test::expect_fixture(constant_of(GroupSequentialDesign::kObrienFleming, looks[i], alpha), c["expected"]["obrien_fleming"][i], c["tolerance"], "obf");
    // Two looks by the bivariate normal alone: that reference has more digits than its tolerance asks for.
    if (looks[i] == 2) {
      EXPECT_NEAR(constant_of(GroupSequentialDesign::kPocock, 2, alpha), c["expected"]["pocock"][i].get<double>(), 1e-5);
    }
  }
}

TEST(GroupSequential, BoundsFollowTheDesign) {
  const auto r = group_sequential(GroupSequentialDesign::kObrienFleming, 4, 0.01);
  ASSERT_TRUE(r.ok());
  ASSERT_EQ(r.value().bounds.size(), 4U);
  for (int k = 1; k <= 4; ++k) {
    const std::size_t i = static_cast<std::size_t>(k - 1);
    EXPECT_NEAR(r.value().bounds[i] * std::sqrt(k / 4.0), r.value().constant, 1e-14);
    EXPECT_NEAR(r.value().levels[i], std::erfc(r.value().bounds[i] / std::sqrt(2.0)), 1e-15);
  }
  double before = 0;
  for (int looks = 1; looks <= 12; ++looks) {  // more looks, stricter
    const double now = constant_of(GroupSequentialDesign::kPocock, looks);
    EXPECT_GT(now, before);
    before = now;
  }
}

TEST(GroupSequential, Refused) {
  EXPECT_EQ(group_sequential(GroupSequentialDesign::kPocock, 0).reason().code, "out_of_range");
  EXPECT_EQ(group_sequential(GroupSequentialDesign::kPocock, 51).reason().code, "out_of_range");
  EXPECT_EQ(group_sequential(GroupSequentialDesign::kPocock, 3, 0.9).reason().code, "out_of_range");
}

}  // namespace
}  // namespace kpi
