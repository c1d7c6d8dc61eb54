#include "core/models/multiple_testing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

constexpr std::pair<const char*, Adjustment> kMethods[] = {
    {"bonferroni", Adjustment::kBonferroni}, {"holm", Adjustment::kHolm}, {"hochberg", Adjustment::kHochberg}, {"hommel", Adjustment::kHommel},
    {"BH", Adjustment::kBenjaminiHochberg},  {"BY", Adjustment::kBenjaminiYekutieli}, {"sidak", Adjustment::kSidak}, {"holm_sidak", Adjustment::kHolmSidak}};

int rejected(const std::vector<double>& p) { return static_cast<int>(std::count_if(p.begin(), p.end(), [](double v) { return v <= 0.05; })); }

// Benjamini and Hochberg 1995, section 3: 15 comparisons of thrombolysis; Bonferroni rejects 3, they reject 4.
TEST(MultipleTesting, BenjaminiAndHochbergsExample) {
  const std::vector<double> p = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0};
  const auto bonferroni = adjust_p_values(p, Adjustment::kBonferroni), bh = adjust_p_values(p, Adjustment::kBenjaminiHochberg);
  ASSERT_TRUE(bonferroni.ok() && bh.ok());
  EXPECT_EQ(rejected(bonferroni.value()), 3);
  EXPECT_EQ(rejected(bh.value()), 4);
  EXPECT_NEAR(bh.value()[3], 0.035625, 1e-15);  // 0.0095 * 15 / 4
  const auto hommel = adjust_p_values(p, Adjustment::kHommel);
  ASSERT_TRUE(hommel.ok());
  EXPECT_NEAR(hommel.value()[3], 0.095, 1e-15);  // R p.adjust
  EXPECT_NEAR(hommel.value()[4], 0.1608, 1e-15);
}

TEST(MultipleTesting, FixtureCase) {
  KPI_FIXTURE_CASES(cases, "experiments");
  const auto c = test::fixture_case(cases, "multiple_testing");
  const auto p = c["inputs"]["p"].get<std::vector<double>>();
  int compared = 0;
  for (const auto& [name, method] : kMethods) {
    SCOPED_TRACE(name);
    const auto adjusted = adjust_p_values(p, method);
    ASSERT_TRUE(adjusted.ok());
    for (std::size_t i = 0; i < p.size(); ++i) {
      test::expect_fixture(adjusted.value()[i], c["expected"][name][i], c["tolerance"], name);
      EXPECT_EQ(adjusted.value()[i] <= 0.05, c["expected"]["reject_at_0.05"][name][i].get<bool>());
      ++compared;
    }
  }
  EXPECT_EQ(compared, 8 * 15);
}

// Any order of the p-values; never below p, never above 1, never turning an order; and who is sharper than whom.
TEST(MultipleTesting, Invariants) {
  std::uint64_t state = 3;
  const auto next = [&state] { return static_cast<unsigned>((state = state * 6364136223846793005U + 1442695040888963407U) >> 33); };
  for (int round = 0; round < 100; ++round) {
    SCOPED_TRACE("seed 3, round " + std::to_string(round));
    std::vector<double> p(1 + next() % 12);
    for (double& value : p) value = std::pow((next() % 1001) / 1000.0, 3);
    std::vector<std::vector<double>> all;
    for (const auto& [name, method] : kMethods) {
      const auto adjusted = adjust_p_values(p, method);
      ASSERT_TRUE(adjusted.ok());
      all.push_back(adjusted.value());
      for (std::size_t i = 0; i < p.size(); ++i) {
        EXPECT_GE(all.back()[i], p[i] * (1 - 1e-14)) << name;
        EXPECT_LE(all.back()[i], 1) << name;
        for (std::size_t j = 0; j < p.size(); ++j) {
          EXPECT_TRUE(p[i] >= p[j] || all.back()[i] <= all.back()[j]) << name;
        }
      }
    }
    for (std::size_t i = 0; i < p.size(); ++i) {
      const double room = 1e-14;
      EXPECT_LE(all[1][i], all[0][i] + room);  // Holm, Bonferroni
      EXPECT_LE(all[2][i], all[1][i] + room);  // Hochberg, Holm
      EXPECT_LE(all[3][i], all[2][i] + room);  // Hommel, Hochberg
      EXPECT_LE(all[4][i], all[3][i] + room);  // Benjamini-Hochberg, Hommel
      EXPECT_LE(all[7][i], all[6][i] + room);  // Holm-Sidak, Sidak
    }
  }
}

TEST(MultipleTesting, OneQuestionIsNotAdjusted) {
  for (const auto& [name, method] : kMethods) {
    const auto one = adjust_p_values(std::vector<double>{0.03}, method);
    ASSERT_TRUE(one.ok());
    EXPECT_NEAR(one.value()[0], 0.03, 1e-16) << name;
  }
}

TEST(MultipleTesting, Refused) {
  EXPECT_EQ(adjust_p_values({}, Adjustment::kHolm).reason().code, "no_rows");
  EXPECT_EQ(adjust_p_values(std::vector<double>{0.1, 1.1}, Adjustment::kHolm).reason().code, "out_of_range");
  EXPECT_EQ(adjust_p_values(std::vector<double>{std::nan("")}, Adjustment::kHolm).reason().code, "not_finite");
}

}  // namespace
}  // namespace kpi
