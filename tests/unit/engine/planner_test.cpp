#include "core/engine/planner.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace kpi {
namespace {

PlanRate rate(double value) {
  PlanRate made;
  made.value = Quantity{value, {}};
  return made;
}

PlanRate counted(double numerator, double denominator, bool is_part) {
  PlanRate made = rate(numerator / denominator);
  made.interval = plan_rate_interval(numerator, denominator, is_part);
  return made;
}

// Published example of the KPI reference: budget 2,000 at 2.50 a click gives 800 clicks; 3 % of them leads: 24; 10 % close at 2,500: 6,000.
TEST(PlannerTest, TheEstimatedRoiExampleBothWays) {
  PlanPath customers, leads, clicks;
  customers.add(rate(2500));
  leads = customers;
  leads.add(rate(0.10));
  clicks = leads;
  clicks.add(rate(0.03));
  EXPECT_DOUBLE_EQ(customers.back(6000), 2.4);
  EXPECT_DOUBLE_EQ(leads.back(6000), 24);
  EXPECT_DOUBLE_EQ(clicks.back(6000), 800);
  EXPECT_DOUBLE_EQ(clicks.forward(800), 6000);
  EXPECT_FALSE(clicks.interval(6000)) << "typed rates are exact";
}

TEST(PlannerTest, IntervalsOfRates) {
  // Wilson for 5 of 40: golden numbers of the KPI reference, 5.5 to 26.1 %.
  EXPECT_NEAR(plan_rate_interval(5, 40, true)->low, 0.0546, 5e-5);
  EXPECT_NEAR(plan_rate_interval(5, 40, true)->high, 0.2611, 5e-5);
  // 1.2 x exp(+-1.959964 sqrt(1/120 + 1/100)) = 1.2 x exp(+-0.265380), by hand.
  EXPECT_NEAR(plan_rate_interval(120, 100, true)->low, 0.92030, 1e-4);
  EXPECT_NEAR(plan_rate_interval(120, 100, true)->high, 1.56471, 1e-4);
  EXPECT_GT(plan_rate_interval(40, 100, false)->high, plan_rate_interval(40, 100, true)->high) << "what is no part of a whole is less sure";
  EXPECT_FALSE(plan_rate_interval(0, 40, true));
  EXPECT_FALSE(plan_rate_interval(5, 0, true));
}

TEST(PlannerTest, OneRateGivesItsOwnIntervalAndSeveralLessThanAllWorstEnds) {
  const PlanRate first = counted(5, 40, true), second = counted(30, 90, true);
  PlanPath one, two;
  one.add(first);
  two = one;
  two.add(second);
  EXPECT_NEAR(one.interval(100)->low, 100 / first.interval->high, 1e-9);
  EXPECT_NEAR(one.interval(100)->high, 100 / first.interval->low, 1e-9);
  // Calculated apart from this code, in Python: Wilson's ends 0.0545950..0.2611212 and 0.2445351..0.4357768 around 5/40 and 30/90;
  // 2,400 x exp(hypot(ln(0.125 / 0.0545950), ln(1/3 / 0.2445351))), and likewise below.
  EXPECT_NEAR(two.interval(100)->high, 5811.6814711319, 1e-6);
  EXPECT_NEAR(two.interval(100)->low, 1095.8907016807, 1e-6);
  EXPECT_LT(two.interval(100)->high, 100 / first.interval->low / second.interval->low);
  EXPECT_GT(two.interval(100)->low, 100 / first.interval->high / second.interval->high);
}

// A second opinion on the joined interval: 20,000 draws of both counts, and the share of intervals that hold the truth.
TEST(PlannerTest, TheIntervalHoldsTheTruthAsOftenAsItSays) {
  std::mt19937 random(20240607);
  std::binomial_distribution<int> won(80, 0.3), qualified(120, 0.25);
  int held = 0, drawn = 0;
  for (int i = 0; i < 20000; ++i) {
    const int a = won(random), b = qualified(random);
    if (a == 0 || b == 0) continue;
    PlanPath path;
    path.add(counted(a, 80, true));
    path.add(counted(b, 120, true));
    const Interval ends = *path.interval(1000);
    held += ends.low <= 1000 / (0.3 * 0.25) && 1000 / (0.3 * 0.25) <= ends.high;
    ++drawn;
  }
  ASSERT_GT(drawn, 19900);
  EXPECT_NEAR(static_cast<double>(held) / drawn, 0.95, 0.015);
}

TEST(PlannerTest, ForwardOfBackIsTheGoal) {
  const unsigned seed = std::random_device{}();
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> magnitude(-3, 1), amount(0, 9);
  int rounds = 0;
  for (; rounds < 5000; ++rounds) {
    PlanPath path;
    path.add(rate(std::pow(10, amount(random) / 2)));
    for (int step = 0; step < 8; ++step) path.add(rate(std::pow(10, magnitude(random))));
    const double goal = std::pow(10, amount(random));
    EXPECT_NEAR(path.forward(path.back(goal)), goal, 1e-12 * goal) << "seed " << seed;
  }
  EXPECT_EQ(rounds, 5000);
}

TEST(PlannerTest, WhatCannotBeARate) {
  EXPECT_EQ(std::get<Undefined>(typed_rate("win_rate", 0, {}, true)).code, "denominator_zero");
  EXPECT_EQ(std::get<Undefined>(typed_rate("win_rate", -0.1, {}, true)).code, "out_of_range");
  EXPECT_EQ(std::get<Undefined>(typed_rate("win_rate", 1.1, {}, true)).code, "out_of_range");
  EXPECT_EQ(std::get<Quantity>(typed_rate("mql_to_sql_rate", 1.1, {}, false)).value, 1.1) << "a period's rate may exceed 100 %";
  EXPECT_EQ(std::get<Undefined>(typed_rate("win_rate", std::nan(""), {}, true)).code, "not_finite");
}

}  // namespace
}  // namespace kpi
