#include "core/models/completion_curve.h"

#include <gtest/gtest.h>

#include <cmath>

namespace kpi {
namespace {

void add(CompletionCurve& curve, int age, int lag, int times) {
  for (int i = 0; i < times; ++i) curve.add(age, lag);
}

// The chain ladder by hand: cohorts of age 2 (10, 6, 4 conversions on day 0, 1, 2), age 1 (10, 5) and age 0 (8).
// From day 1 to 2: 20 / 16 = 1.25. From day 0 to 1: (16 + 15) / (10 + 10) = 1.55. So 1 / 1.25 and 1 / 1.25 / 1.55 are complete.
TEST(CompletionCurve, IsTheChainLadder) {
  CompletionCurve curve;
  add(curve, 2, 0, 10), add(curve, 2, 1, 6), add(curve, 2, 2, 4);
  add(curve, 1, 0, 10), add(curve, 1, 1, 5);
  add(curve, 0, 0, 8);
  curve.finish();
  EXPECT_EQ(curve.conversions(), 43u);
  EXPECT_DOUBLE_EQ(curve.completed(2), 1);
  EXPECT_DOUBLE_EQ(curve.completed(9), 1);
  EXPECT_DOUBLE_EQ(curve.completed(1), 1 / 1.25);
  EXPECT_DOUBLE_EQ(curve.completed(0), 1 / 1.25 / 1.55);
}

// Nothing is cut off where every cohort is older than every lag: the share of conversions seen is then the plain share.
TEST(CompletionCurve, IsThePlainShareWhereEverythingHasBeenSeen) {
  CompletionCurve curve;
  for (const int lag : {0, 1, 1, 3, 3, 3, 8, 12}) curve.add(100, lag);
  curve.finish();
  EXPECT_DOUBLE_EQ(curve.completed(0), 1.0 / 8);
  EXPECT_DOUBLE_EQ(curve.completed(1), 3.0 / 8);
  EXPECT_DOUBLE_EQ(curve.completed(2), 3.0 / 8);
  EXPECT_DOUBLE_EQ(curve.completed(3), 6.0 / 8);
  EXPECT_DOUBLE_EQ(curve.completed(11), 7.0 / 8);
  EXPECT_DOUBLE_EQ(curve.completed(12), 1);
}

TEST(CompletionCurve, TakesADateBeforeTheEntryAsTheSameDayAndOneAfterTheLastDayNotAtAll) {
  CompletionCurve curve;
  curve.add(5, -3);
  curve.add(5, 6);
  curve.finish();
  EXPECT_EQ(curve.conversions(), 1u);
  EXPECT_DOUBLE_EQ(curve.completed(0), 1);
}

// Of four conversions of cohorts that are all old enough, one came on day 0: d / R is 2 / 4 on day 7, 1 / 2 on day 3. Backwards:
// 2 / (4 * 2) = 1 / 4 before day 7, and 1 / (2 * 1) more before day 3. A plain share has the same: (1 - F) / (F n), 1 / 4 and 3 / 4.
TEST(CompletionCurve, ItsErrorIsThatOfAShareWhereEverythingHasBeenSeen) {
  CompletionCurve curve;
  for (const int lag : {0, 3, 7, 7}) curve.add(30, lag);
  curve.finish();
  EXPECT_DOUBLE_EQ(curve.log_variance(30), 0);
  EXPECT_DOUBLE_EQ(curve.log_variance(7), 0);
  EXPECT_DOUBLE_EQ(curve.log_variance(6), 0.25);
  EXPECT_DOUBLE_EQ(curve.log_variance(3), 0.25);
  EXPECT_DOUBLE_EQ(curve.log_variance(0), 0.75);
  EXPECT_DOUBLE_EQ(curve.interval(3).low, 0.5 * std::exp(-kNormal95 * 0.5));
  EXPECT_DOUBLE_EQ(curve.interval(3).high, 1);
  EXPECT_EQ(curve.age_of(0.25), 0);
  EXPECT_EQ(curve.age_of(0.3), 3);
  EXPECT_EQ(curve.age_of(1), 7);
  EXPECT_EQ(curve.longest(), 30);
}

// The only cohort that is old enough for a lag of 50 has no other conversion: that would make all quicker ones 0 % complete.
TEST(CompletionCurve, OneOldConversionDoesNotUndoTheRest) {
  CompletionCurve curve;
  curve.add(60, 50);
  add(curve, 20, 2, 3), add(curve, 20, 9, 1);
  curve.finish();
  EXPECT_DOUBLE_EQ(curve.completed(20), 1);
  EXPECT_DOUBLE_EQ(curve.completed(2), 0.75);
  EXPECT_DOUBLE_EQ(curve.completed(1), 0);
}

TEST(CompletionCurve, WithoutConversionsEverythingIsComplete) {
  CompletionCurve curve;
  curve.finish();
  EXPECT_DOUBLE_EQ(curve.completed(5), 1);
  EXPECT_DOUBLE_EQ(curve.log_variance(5), 0);
  EXPECT_EQ(curve.longest(), 0);
  EXPECT_EQ(curve.age_of(0.5), 0);
}

}  // namespace
}  // namespace kpi
