// Expected words follow from the golden figures of the catalogue (section 6) and the published cases of the tests used.
#include "core/models/experiment_verdict.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/models/seeded_random.h"

namespace kpi {
namespace {

std::string_view code_of(const Proportion& a, const Proportion& b, const ExperimentPlan& plan = {}) {
  const auto verdict = judge_experiment(a, b, plan);
  return verdict.ok() ? verdict.value().code : verdict.reason().code;
}

// z 2.383995, p 0.017126 at 2 % and 2.5 % of 10 000 each.
TEST(ExperimentVerdict, ShownWhereTheTestShowsIt) {
  EXPECT_EQ(code_of({200, 10000}, {250, 10000}), "better");
  EXPECT_EQ(code_of({250, 10000}, {200, 10000}), "worse");
  ExperimentPlan strict;
  strict.alpha = 0.01;
  EXPECT_EQ(code_of({200, 10000}, {250, 10000}, strict), "no_difference_shown");
  const auto verdict = judge_experiment({200, 10000}, {250, 10000});
  ASSERT_TRUE(verdict.ok());
  EXPECT_NEAR(verdict.value().p, 0.017126, 5e-7);
  EXPECT_FALSE(verdict.value().is_exact);
  EXPECT_FALSE(verdict.value().planned_share || verdict.value().always_valid_p);
}

// The published A/B data: p 0.1899.
TEST(ExperimentVerdict, NotShownIsNotNone) {
  EXPECT_EQ(code_of({17489, 145274}, {17264, 145310}), "no_difference_shown");
  ExperimentPlan plan;
  plan.least_effect = 0.01;  // Newcombe's interval is -0.0039 .. 0.0008
  EXPECT_EQ(code_of({17489, 145274}, {17264, 145310}, plan), "no_relevant_difference");
  plan.least_effect = 0.003;
  EXPECT_EQ(code_of({17489, 145274}, {17264, 145310}, plan), "no_difference_shown");
}

// 10 000 and 10 300: chi-square 4.4335, p 0.035, no alarm; 10 000 and 10 600: 600^2 / 20600 = 17.5, p below 0.001.
TEST(ExperimentVerdict, AWrongSplitComesFirst) {
  EXPECT_EQ(code_of({200, 10000}, {280, 10300}), "better");
  EXPECT_EQ(code_of({200, 10000}, {280, 10600}), "srm_alarm");
  EXPECT_EQ(code_of({0, 10000}, {1, 10600}), "srm_alarm");
  ExperimentPlan nine_to_one;
  nine_to_one.share_a = 9;
  EXPECT_EQ(code_of({1800, 90000}, {280, 10000}, nine_to_one), "better");
  EXPECT_EQ(code_of({1800, 90000}, {280, 10000}), "srm_alarm");
  EXPECT_FALSE(judge_experiment({5, 20}, {6, 70}).value().sample_ratio);  // too few to judge a split
}

TEST(ExperimentVerdict, AHandfulSaysNothing) {
  EXPECT_EQ(code_of({0, 50}, {9, 52}), "too_few");
  EXPECT_EQ(code_of({48, 50}, {45, 52}), "too_few");  // 9 did not convert
  EXPECT_EQ(code_of({0, 50}, {0, 50}), "too_few");
  // Newcombe's (d) with twice the counts: 10 of 112 and 0 of 58; 58 * 10 / 170 = 3.4 expected, so the exact test.
  ExperimentPlan two_to_one;
  two_to_one.share_a = 2;
  const auto exact = judge_experiment({10, 112}, {0, 58}, two_to_one);
  ASSERT_TRUE(exact.ok());
  EXPECT_TRUE(exact.value().is_exact);
}

// 2 % to 2.5 % needs 13 809 per arm (catalogue): with 10 000 the significant p counts for nothing, unless looking early was planned for.
TEST(ExperimentVerdict, BeforeThePlannedSize) {
  ExperimentPlan plan;
  plan.visitors_per_arm = 13809;
  EXPECT_EQ(code_of({200, 10000}, {250, 10000}, plan), "not_planned_size");
  EXPECT_NEAR(*judge_experiment({200, 10000}, {250, 10000}, plan).value().planned_share, 10000.0 / 13809, 1e-15);
  EXPECT_EQ(code_of({280, 13809}, {350, 13809}, plan), "better");
  plan.tau = 0.02;
  EXPECT_EQ(code_of({200, 10000}, {250, 10000}, plan), "not_planned_size");
  EXPECT_EQ(code_of({155, 3000}, {227, 3000}, plan), "better_early");  // fixture msprt_counts, fifth look: p 0.0045
  EXPECT_EQ(code_of({227, 3000}, {155, 3000}, plan), "worse_early");
  ExperimentPlan uneven;  // the larger arm counts by its share
  uneven.share_a = 3;
  uneven.visitors_per_arm = 1000;
  EXPECT_NEAR(*judge_experiment({300, 2400}, {100, 850}, uneven).value().planned_share, 0.8, 1e-15);
}

TEST(ExperimentVerdict, ShownAndSmall) {
  ExperimentPlan plan;
  plan.least_effect = 0.02;  // the interval at 95 % is about 0.0009 .. 0.0091
  EXPECT_EQ(code_of({200, 10000}, {250, 10000}, plan), "better_negligible");
  EXPECT_EQ(code_of({250, 10000}, {200, 10000}, plan), "worse_negligible");
  plan.least_effect = 0.005;
  EXPECT_EQ(code_of({200, 10000}, {250, 10000}, plan), "better");
}

TEST(ExperimentVerdict, Refused) {
  EXPECT_EQ(code_of({1, 0}, {1, 2}), "no_rows");
  EXPECT_EQ(code_of({3, 2}, {1, 2}), "out_of_range");
  ExperimentPlan plan;
  plan.alpha = 0;
  EXPECT_EQ(code_of({1, 2}, {1, 2}, plan), "out_of_range");
}

// Swapped arms turn better into worse and nothing else.
TEST(ExperimentVerdict, IsTheSameFromBothSides) {
  SeededRandom random(23);
  int shown = 0;
  for (int i = 0; i < 300; ++i) {
    const double n = 200 + random.below(3000);
    const Proportion a{1.0 * random.below(static_cast<std::uint32_t>(n * 0.2)), n}, b{1.0 * random.below(static_cast<std::uint32_t>(n * 0.2)), n};
    const std::string one(code_of(a, b)), other(code_of(b, a));
    if (one == "better" || one == "worse") {
      EXPECT_EQ(other, one == "better" ? "worse" : "better") << "seed 23, case " << i;
      ++shown;
    } else {
      EXPECT_EQ(one, other) << "seed 23, case " << i;
    }
  }
  EXPECT_GT(shown, 50);
}

}  // namespace
}  // namespace kpi
