#include "core/models/leakage.h"

#include <gtest/gtest.h>

#include <limits>

namespace kpi {
namespace {

// Stage 0 goes stale after 30 days, stage 1 after 90; channel 0 paid, 1 organic.
TEST(Leakage, ByHand) {
  const std::vector<StageVisit> visits = {
      {0, 0, StageFate::kAdvanced, 0}, {0, 0, StageFate::kDisqualified, 0}, {0, 0, StageFate::kOpen, 31}, {0, 0, StageFate::kOpen, 30},
      {0, 1, StageFate::kAdvanced, 0}, {0, 1, StageFate::kAdvanced, 0},     {0, 1, StageFate::kOpen, 2},  {1, 0, StageFate::kOpen, 31},
  };
  const LeakageMatrix matrix = leakage_matrix(visits, {30, 90}, 2).value();
  const LeakageCell& paid = matrix.at(0, 0);
  EXPECT_EQ(paid.entered, 4U);
  EXPECT_EQ(paid.advanced, 1U);
  EXPECT_EQ(paid.disqualified, 1U);
  EXPECT_EQ(paid.stale, 1U);
  EXPECT_EQ(paid.still_open, 1U);
  EXPECT_EQ(paid.leakage_of_decided().value(), 2.0 / 3);
  EXPECT_EQ(paid.leakage_of_entered().value(), 0.5);
  EXPECT_EQ(matrix.at(0, 1).leakage_of_decided().value(), 0);
  EXPECT_EQ(matrix.at(1, 0).still_open, 1U);
  EXPECT_EQ(matrix.at(1, 0).leakage_of_decided().reason().code, "denominator_zero");
  EXPECT_EQ(matrix.at(1, 0).leakage_of_entered().value(), 0);
  EXPECT_EQ(matrix.at(1, 1).leakage_of_entered().reason().code, "denominator_zero");
  EXPECT_EQ(matrix.by_stage[0].entered, 7U);
  EXPECT_EQ(matrix.by_stage[0].leakage_of_decided().value(), 2.0 / 5);  // a ratio of sums, not the mean of 2/3 and 0
}

TEST(Leakage, RowsAddUpToEntered) {
  std::uint64_t state = 31;  // the seed
  std::vector<StageVisit> visits;
  for (int i = 0; i < 10000; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    visits.push_back({static_cast<std::uint32_t>((state >> 60) % 5), static_cast<std::uint32_t>((state >> 50) % 7), static_cast<StageFate>((state >> 40) % 3),
                      static_cast<double>((state >> 20) % 200)});
  }
  const LeakageMatrix matrix = leakage_matrix(visits, {10, 20, 30, 40, 50}, 7).value();
  std::uint64_t all = 0;
  for (std::uint32_t stage = 0; stage < 5; ++stage) {
    std::uint64_t entered = 0;
    for (std::uint32_t channel = 0; channel < 7; ++channel) {
      const LeakageCell& c = matrix.at(stage, channel);
      EXPECT_EQ(c.entered, c.advanced + c.disqualified + c.stale + c.still_open) << "seed 31";
      entered += c.entered;
    }
    EXPECT_EQ(matrix.by_stage[stage].entered, entered) << "seed 31";
    all += entered;
  }
  EXPECT_EQ(all, 10000U);
}

TEST(Leakage, Undefined) {
  const StageVisit visit{0, 0, StageFate::kOpen, 1};
  EXPECT_EQ(leakage_matrix({}, {30}, 1).reason().code, "no_rows");
  EXPECT_EQ(leakage_matrix({visit}, {}, 1).reason().code, "out_of_range");
  EXPECT_EQ(leakage_matrix({visit}, {30}, 0).reason().code, "out_of_range");
  EXPECT_EQ(leakage_matrix({visit}, {-1}, 1).reason().code, "out_of_range");
  EXPECT_EQ(leakage_matrix({visit}, {30}, 2000000).reason().code, "out_of_range");
  EXPECT_EQ(leakage_matrix({{0, 0, StageFate::kOpen, std::numeric_limits<double>::quiet_NaN()}}, {30}, 1).reason().code, "not_finite");
}

}  // namespace
}  // namespace kpi
