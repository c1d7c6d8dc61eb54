#include "core/engine/experiment_values.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "core/engine/experiment_evidence.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/group_columns.h"

namespace kpi {
namespace {

using Values = std::vector<double>;

Experiment of(const std::vector<Values>& arms) {
  Experiment e;
  e.is_of_visitors = true;
  e.revenue = RevenueBasis::kVisitors;
  for (const Values& values : arms) {
    ExperimentArm arm;
    arm.counts.n = static_cast<double>(values.size());
    for (const double value : values) arm.counts.k += value > 0 ? 1 : 0;
    arm.revenue.revenue = values;
    arm.revenue.before = arm.revenue.orders = Values(values.size(), std::nan(""));
    e.arms.push_back(std::move(arm));
  }
  return e;
}

Values repeated(const Values& values, int times) {
  Values all;
  for (int i = 0; i < times; ++i) all.insert(all.end(), values.begin(), values.end());
  return all;
}

TEST(ExperimentValues, FixtureData) {
  KPI_FIXTURE_CASES(cases, "experiments");
  const auto post = test::revenue_per_visitor("post_spend"), pre = test::revenue_per_visitor("pre_spend");
  Experiment e = of({post.a, post.b});
  const auto welch = test::fixture_case(cases, "welch_post_spend"), cuped = test::fixture_case(cases, "cuped"), boot = test::fixture_case(cases, "bootstrap_post_spend");
  const ValueEvidence plain = weigh_revenue(e, {});
  ASSERT_EQ(plain.pairs.size(), 1U);
  ASSERT_TRUE(plain.pairs[0].welch && plain.pairs[0].bootstrap);
  test::expect_fixture(plain.pairs[0].p, welch["expected"]["welch_p"], welch["tolerance"], "welch_p");
  test::expect_fixture(plain.arms[1].deviation.value_or(0), welch["expected"]["sd_b"], welch["tolerance"], "sd_b");
  EXPECT_NEAR(plain.pairs[0].bootstrap->interval.low, boot["expected"]["r_boot"]["perc"][0].get<double>(), boot["tolerance"]["abs"].get<double>());
  EXPECT_EQ(plain.pairs[0].replicates, kMostReplicates);
  EXPECT_EQ(plain.verdict, "no_difference_shown");  // an A/A comparison
  e.arms[0].revenue.before = pre.a;
  e.arms[1].revenue.before = pre.b;
  const ValueEvidence adjusted = weigh_revenue(e, {});
  ASSERT_TRUE(adjusted.pairs[0].cuped);
  test::expect_fixture(adjusted.pairs[0].p, cuped["expected"]["p"], cuped["tolerance"], "p");
  test::expect_fixture(adjusted.pairs[0].cuped->variance_reduction, cuped["expected"]["var_reduction"], cuped["tolerance"], "var_reduction");
  // What is resampled is what is tested: the standard errors agree.
  EXPECT_NEAR(adjusted.pairs[0].bootstrap->standard_error, cuped["expected"]["se"].get<double>(), 0.05 * cuped["expected"]["se"].get<double>());
  EXPECT_NEAR(adjusted.pairs[0].bootstrap->difference, cuped["expected"]["diff"].get<double>(), 1e-9);
}

TEST(ExperimentValues, RevenuePerOrder) {
  KPI_FIXTURE_CASES(cases, "experiments");
  const auto c = test::fixture_case(cases, "ratio_metric_delta_method");
  const auto amount = test::revenue_per_visitor("amount"), count = test::revenue_per_visitor("qty");
  Experiment e = of({amount.a, amount.b});
  e.arms[0].revenue.orders = count.a;
  e.arms[1].revenue.orders = count.b;
  const ValueEvidence v = weigh_revenue(e, {});
  ASSERT_TRUE(v.pairs[0].ratio);
  test::expect_fixture(v.arms[0].per_order.value_or(0), c["expected"]["ratio_a"], c["tolerance"], "ratio_a");
  test::expect_fixture(v.pairs[0].ratio->p_two_sided, c["expected"]["p"], c["tolerance"], "p");
}

// Students' sleep (tests of mean_difference): sums of 10 values each give R's t.test(extra ~ group), p-value = 0.07939.
TEST(ExperimentValues, SumsGiveWelchAndNoMore) {
  Experiment e;
  e.revenue = RevenueBasis::kSums;
  e.arms.resize(2);
  e.arms[0].revenue = {{}, {}, {}, 10, 7.5, 34.43};
  e.arms[1].revenue = {{}, {}, {}, 10, 23.3, 90.37};
  e.arms[0].counts = e.arms[1].counts = {8, 10};
  const ValueEvidence v = weigh_revenue(e, {});
  EXPECT_NEAR(v.pairs[0].p, 0.07939, 5e-6);
  EXPECT_FALSE(v.pairs[0].bootstrap || v.pairs[0].cuped);
  EXPECT_EQ(v.verdict, "no_difference_shown");
  e.revenue = RevenueBasis::kSum;
  EXPECT_EQ(weigh_revenue(e, {}).verdict, "sums_only");
  EXPECT_NEAR(weigh_revenue(e, {}).arms[1].mean.value_or(0), 2.33, 1e-12);
  e.use.without_revenue = 1;
  EXPECT_EQ(weigh_revenue(e, {}).verdict, "sums_incomplete");
  e.use.without_revenue = 0;
  e.revenue = RevenueBasis::kSums;
  e.arms[1].revenue.squares = 1;
  EXPECT_EQ(weigh_revenue(e, {}).verdict, "sums_impossible");
}

TEST(ExperimentValues, Verdicts) {
  const Values low = repeated({0, 0, 10, 20}, 100), high = repeated({0, 10, 20, 30}, 100);
  EXPECT_EQ(weigh_revenue(of({low, high}), {}).verdict, "higher");
  EXPECT_EQ(weigh_revenue(of({high, low}), {}).verdict, "lower");
  EXPECT_EQ(weigh_revenue(of({low, low}), {}).verdict, "no_difference_shown");
  ValueQuestion alarm;
  alarm.counts_verdict = "srm_alarm";
  EXPECT_EQ(weigh_revenue(of({low, high}), alarm).verdict, "srm_alarm");
  ValueQuestion planned;
  planned.visitors_per_arm = 401;
  EXPECT_EQ(weigh_revenue(of({low, high}), planned).verdict, "not_planned_size");
  const ValueEvidence three = weigh_revenue(of({low, high, low}), {});
  EXPECT_EQ(three.verdict, "arms_differ");
  EXPECT_NEAR(three.pairs[0].holm.value_or(0), 2 * three.pairs[0].p, 1e-12);
  EXPECT_EQ(three.pairs[1].verdict, "no_difference_shown");
  EXPECT_EQ(three.p, three.pairs[0].holm);
  EXPECT_EQ(weigh_revenue(of({low, low, low}), {}).verdict, "arms_not_shown");
  ValueQuestion poor;
  poor.draws = 800 * kLeastReplicates - 1;  // too few for 800 visitors
  EXPECT_FALSE(weigh_revenue(of({low, high}), poor).pairs[0].bootstrap);
  EXPECT_EQ(weigh_revenue(of({low, high}), poor).verdict, "higher");
}

// Forty small purchases in each arm, but for one of 4 000: without its visitor the arms are nearly alike.
TEST(ExperimentValues, OneVisitorWithMostOfTheRevenue) {
  Values a = repeated({0, 0, 0, 5}, 40), b = a;
  b[3] = 4000;
  const ValueEvidence v = weigh_revenue(of({a, b}), {});
  EXPECT_NEAR(v.arms[1].largest_share.value_or(0), 4000.0 / (4000 + 39 * 5), 1e-12);
  ASSERT_TRUE(v.pairs[0].p_without_largest);
  EXPECT_GT(*v.pairs[0].p_without_largest, 0.5);
  EXPECT_NE(v.verdict, "higher");
}

TEST(ExperimentValues, Degenerate) {
  EXPECT_EQ(weigh_revenue(of({{1, 2, 3}}), {}).verdict, "one_arm");
  EXPECT_EQ(weigh_revenue(of({{1}, {2, 3}}), {}).verdict, "too_few");
  EXPECT_EQ(weigh_revenue(of({{}, {2, 3}}), {}).verdict, "too_few");
  EXPECT_EQ(weigh_revenue(of({{0, 0, 0}, {0, 0, 0}}), {}).verdict, "nothing_varies");
  EXPECT_EQ(weigh_revenue(of({{0, 1, 0}, {0, 2, 0}}), {}).verdict, "too_few");
  EXPECT_EQ(weigh_revenue(of({{1e300, -1e300}, {1e300, 2}}), {}).verdict, "not_finite");
  Experiment mixed = of({{1, 2}, {3, 4}});
  mixed.is_currency_mixed = true;
  EXPECT_EQ(weigh_revenue(mixed, {}).verdict, "currency_mixed");
  const Values refunds = repeated({-20, 0, 5, 10}, 50);
  const ValueEvidence kept = weigh_revenue(of({refunds, repeated({0, 0, 5, 10}, 50)}), {});
  EXPECT_EQ(kept.arms[0].negative, 50);
  EXPECT_NEAR(kept.arms[0].mean.value_or(0), -1.25, 1e-12);
  EXPECT_FALSE(kept.arms[0].largest_share);  // of a sum below zero there is no share
  EXPECT_EQ(kept.verdict, "higher");
}

// Who is unknown from before is taken for average: with everyone known or nobody, nothing is added.
TEST(ExperimentValues, UnknownFromBefore) {
  Experiment e = of({{1, 3, 2, 4}, {2, 6, 3, 9}});
  EXPECT_FALSE(weigh_revenue(e, {}).pairs[0].cuped);
  e.arms[0].revenue.before = {0, 2, 1, std::nan("")};
  e.arms[1].revenue.before = {0, 2, 1, 1};  // the mean of the known is 1
  const ValueEvidence part = weigh_revenue(e, {});
  e.arms[0].revenue.before[3] = 1;
  const ValueEvidence whole = weigh_revenue(e, {});
  ASSERT_TRUE(part.pairs[0].cuped && whole.pairs[0].cuped);
  EXPECT_EQ(part.pairs[0].cuped->theta, whole.pairs[0].cuped->theta);
  EXPECT_EQ(part.pairs[0].p, whole.pairs[0].p);
}

TEST(ExperimentValues, SwappingArmsNegates) {
  for (std::uint32_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto draw = [&](std::size_t n) {
      Values values(n);
      for (double& value : values) value = random() % 3 == 0 ? static_cast<double>(random() % 5000) / 10 : 0;
      return values;
    };
    Experiment e = of({draw(60 + seed), draw(80)}), back;
    for (ExperimentArm& arm : e.arms) {
      for (std::size_t i = 0; i < arm.revenue.revenue.size(); ++i) {
        arm.revenue.before[i] = static_cast<double>(random() % 100);
        arm.revenue.orders[i] = arm.revenue.revenue[i] > 0 ? 1 + static_cast<double>(random() % 2) : 0;
      }
    }
    back = e;
    std::swap(back.arms[0], back.arms[1]);
    const ValuePair one = weigh_revenue(e, {}).pairs[0], two = weigh_revenue(back, {}).pairs[0];
    ASSERT_TRUE(one.welch && two.welch && one.cuped && two.cuped && one.ratio && two.ratio);
    EXPECT_EQ(one.welch->difference, -two.welch->difference);
    EXPECT_NEAR(one.cuped->difference.difference, -two.cuped->difference.difference, 1e-9);
    EXPECT_NEAR(one.cuped->variance_reduction, two.cuped->variance_reduction, 1e-12);
    EXPECT_NEAR(one.p, two.p, 1e-12);
    EXPECT_NEAR(one.ratio->difference, -two.ratio->difference, 1e-9);
    EXPECT_NEAR(one.p_without_largest.value_or(2), two.p_without_largest.value_or(3), 1e-12);
  }
}

// Rates and revenue of all experiments are one family.
class ExperimentFamilyTest : public test::EngineFixture {};

TEST_F(ExperimentFamilyTest, RatesAndRevenueAreAdjustedTogether) {
  data_->put(test::TableBuilder("experiments", 1)
                 .texts("variant", {"A", "B"})
                 .numbers("visitors", {10000, 10000})
                 .numbers("conversions", {200, 250})
                 .numbers("value_sum", {20000, 25000})
                 .numbers("value_sumsq", {2400000, 3000000})
                 .build());
  const ExperimentCounts c = count_experiments(*data_, {}).value();
  const ExperimentEvidence e = weigh_experiments(c, {})[0];
  ASSERT_TRUE(e.revenue && e.revenue->p);
  // 200 and 250 of 100 each, squares 12 000 a head: variances (2400000 - 20000^2 / 10000) / 9999 and (3000000 - 25000^2 / 10000) / 9999
  const double error = std::sqrt((2400000 - 40000) / 9999.0 / 10000 + (3000000 - 62500) / 9999.0 / 10000);
  EXPECT_NEAR(e.revenue->pairs[0].welch->t, 0.5 / error, 1e-9);
  const double smaller = std::min(e.p, *e.revenue->p), larger = std::max(e.p, *e.revenue->p);
  EXPECT_NEAR(std::min(e.p_of_many.value_or(2), e.revenue->p_of_many.value_or(2)), 2 * smaller, 1e-12);
  EXPECT_NEAR(std::max(e.p_of_many.value_or(2), e.revenue->p_of_many.value_or(2)), std::max(larger, 2 * smaller), 1e-12);
}

}  // namespace
}  // namespace kpi
