#include "core/models/expected_final.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/models/completion_curve.h"
#include "core/models/seeded_random.h"

namespace kpi {
namespace {

// The triangle of completion_curve_test.cpp: 43 conversions, 1 / 1.25 complete on day 1 and 1 / 1.25 / 1.55 on day 0. By the chain ladder
// the middle cohort's 15 come to 15 * 1.25, the youngest's 8 to 8 * 1.55 * 1.25.
TEST(ExpectedFinal, IsTheChainLadder) {
  CompletionCurve curve;
  const int triangle[3][3] = {{10, 6, 4}, {10, 5, 0}, {8, 0, 0}};
  for (int age = 2; age >= 0; --age) {
    for (int lag = 0; lag <= age; ++lag) {
      for (int i = 0; i < triangle[2 - age][lag]; ++i) curve.add(age, lag);
    }
  }
  curve.finish();
  EXPECT_DOUBLE_EQ(expected_final({100, 20, curve.completed(2), curve.log_variance(2)}).value().count, 20);
  EXPECT_DOUBLE_EQ(expected_final({100, 15, curve.completed(1), curve.log_variance(1)}).value().count, 15 * 1.25);
  EXPECT_DOUBLE_EQ(expected_final({100, 8, curve.completed(0), curve.log_variance(0)}).value().count, 8 * 1.55 * 1.25);
  EXPECT_DOUBLE_EQ(expected_final({10, 8, curve.completed(0), curve.log_variance(0)}).value().count, 10) << "no more than have entered";
}

// 1 of 4 so far, half complete, the curve sure: q has mean odds 1.5 / 2.5 = 0.6 and relative variance (1.5 + 3.5 - 1) / (1.5 * 1.5) = 16 / 9;
// r has mean 0.6 and variance 0.64, which is above 0.24: no beta has that, so anything from 1 to 4 can be.
// 2 of 20, half complete: odds 2.5 / 17.5 = 1 / 7, relative variance 20 / (2.5 * 16.5) = 16 / 33. Mean 1 / 7, variance 16 / 1617, size
// (6 / 49) / (16 / 1617) - 1 = 91 / 8: a = 13 / 8, b = 78 / 8 of the 18 left. Its masses, added up by hand with gamma ratios: P(0) =
// product over i < 18 of (b + i) / (a + b + i).
TEST(ExpectedFinal, ByHand) {
  const ExpectedFinal few = expected_final({4, 1, 0.5}).value();
  EXPECT_DOUBLE_EQ(few.interval.low, 1);
  EXPECT_DOUBLE_EQ(few.interval.high, 4);
  const double a = 13.0 / 8, b = 78.0 / 8;
  double mass = 1, below = 0;
  for (int i = 0; i < 18; ++i) mass *= (b + i) / (a + b + i);
  int low = -1, high = -1;
  for (int u = 0; u <= 18 && high < 0; ++u) {
    below += mass;
    if (low < 0 && below > 0.025) low = u;
    if (below >= 0.975) high = u;
    mass *= (18.0 - u) / (u + 1) * (a + u) / (b + 17 - u);
  }
  const ExpectedFinal some = expected_final({20, 2, 0.5}).value();
  EXPECT_DOUBLE_EQ(some.count, 4);
  EXPECT_DOUBLE_EQ(some.interval.low, 2 + low);
  EXPECT_DOUBLE_EQ(some.interval.high, 2 + high);
  EXPECT_GT(high, 4);
}

TEST(ExpectedFinal, AWholeCohortIsWhatItIs) {
  const ExpectedFinal whole = expected_final({50, 7, 1}).value();
  EXPECT_DOUBLE_EQ(whole.count, 7);
  EXPECT_DOUBLE_EQ(whole.interval.low, 7);
  EXPECT_DOUBLE_EQ(whole.interval.high, 7);
}

TEST(ExpectedFinal, Undefined) {
  EXPECT_EQ(expected_final({10, 2, 0}).reason().code, "denominator_zero");
  for (const CohortSoFar& wrong : {CohortSoFar{10, 11, 0.5}, CohortSoFar{10, -1, 0.5}, CohortSoFar{10, 1.5, 0.5}, CohortSoFar{10, 1, 1.5},
                                   CohortSoFar{10, 1, NAN}, CohortSoFar{10, 1, 0.5, -1}, CohortSoFar{10, 1, 0.5, INFINITY}, CohortSoFar{NAN, NAN, 0.5}}) {
    EXPECT_EQ(expected_final(wrong).reason().code, "out_of_range");
  }
  EXPECT_EQ(expected_final({10, 1, 0.5}, 1).reason().code, "out_of_range");
}

TEST(ExpectedFinal, HoldsItsCountAndStaysInside) {
  for (double entered = 1; entered < 3000; entered *= 3) {
    for (double converted = 0; converted <= entered; converted += std::max(1.0, std::floor(entered / 7))) {
      for (const double completed : {0.001, 0.1, 0.5, 0.9, 0.999}) {
        for (const double variance : {0.0, 0.01, 1.0, 1e6}) {
          const ExpectedFinal e = expected_final({entered, converted, completed, variance}).value();
          EXPECT_LE(e.interval.low, e.count);
          EXPECT_GE(e.interval.high, e.count);
          EXPECT_GE(e.interval.low, converted);
          EXPECT_LE(e.interval.high, entered);
        }
      }
    }
  }
}

/// How often the interval holds what the last cohort comes to. `cohorts` a day apart by `spacing` days, each of `people` who convert with
/// chance `rate` after an exponential time of `mean` days, seen until the last one has reached `age`.
double coverage(std::uint64_t seed, int cohorts, int spacing, int people, double rate, double mean, int age) {
  SeededRandom random(seed);
  constexpr int kRuns = 400;
  int held = 0, told = 0;
  for (int run = 0; run < kRuns; ++run) {
    CompletionCurve curve;
    int so_far = 0, in_the_end = 0;
    for (int c = 0; c < cohorts; ++c) {
      const int seen = age + (cohorts - 1 - c) * spacing;
      so_far = in_the_end = 0;
      for (int p = 0; p < people; ++p) {
        if (random.unit() >= rate) continue;
        const int lag = static_cast<int>(-mean * std::log1p(-random.unit()));
        ++in_the_end;
        if (lag > seen) continue;
        ++so_far;
        curve.add(seen, lag);
      }
    }
    curve.finish();
    const Outcome<ExpectedFinal> e =
        expected_final({static_cast<double>(people), static_cast<double>(so_far), curve.completed(age), curve.log_variance(age)});
    if (!e.ok()) continue;
    ++told;
    held += e.value().interval.low <= in_the_end && in_the_end <= e.value().interval.high ? 1 : 0;
  }
  EXPECT_GT(told, kRuns * 9 / 10) << "seed " << seed;
  return static_cast<double>(held) / told;
}

// 400 runs have a standard error of 1.1 points at 95 %: three of them below is 91.7 %.
TEST(ExpectedFinal, CoversWhatItPromises) {
  struct Case {
    std::uint64_t seed;
    int people;
    double rate;
    int age;
  };
  // 30 to 90 % complete with a mean of 30 days: 11, 21, 36 and 69 days
  for (const Case& one : {Case{1, 200, 0.3, 11}, Case{2, 200, 0.3, 36}, Case{3, 200, 0.05, 21}, Case{4, 500, 0.5, 21}, Case{5, 500, 0.1, 69}, Case{6, 2000, 0.05, 11}}) {
    const double held = coverage(one.seed, 12, 30, one.people, one.rate, 30, one.age);
    EXPECT_GE(held, 0.917) << "seed " << one.seed;
    EXPECT_LE(held, 1) << "seed " << one.seed;
    RecordProperty("coverage_" + std::to_string(one.seed), std::to_string(held));
  }
}

}  // namespace
}  // namespace kpi
