#include "core/models/kaplan_meier.h"

#include <limits>

#include "tests/support/crm_deals.h"
#include "tests/unit/models/remission_times.h"

namespace kpi {
namespace {

using nlohmann::json;
using test::expect_near;

/// null: there is none.
void expect_outcome(const Outcome<double>& got, const json& expected, const std::string& what) {
  if (expected.is_null()) {
    ASSERT_FALSE(got.ok()) << what;
    EXPECT_EQ(got.reason().code, "not_reached") << what;
  } else {
    ASSERT_TRUE(got.ok()) << what;
    EXPECT_EQ(got.value(), expected.get<double>()) << what;
  }
}

void expect_curve(const std::vector<Duration>& durations, const json& expected, SurvivalInterval interval, const std::string& name) {
  const Outcome<SurvivalCurve> got = kaplan_meier(durations, interval);
  ASSERT_TRUE(got.ok());
  const SurvivalCurve& curve = got.value();
  EXPECT_EQ(curve.count, expected["n"]);
  EXPECT_EQ(curve.events, expected["events"]);
  ASSERT_GE(expected["times"].size(), 5U);
  for (std::size_t i = 0; i < expected["times"].size(); ++i) {
    const SurvivalStep at = survival_at(curve, expected["times"][i]);
    const std::string what = name + " " + expected["times"][i].dump();
    expect_near(at.survival, expected["surv"][i], 1e-9, 0, what);
    expect_near(at.standard_error, expected["std_err"][i], 1e-9, 0, what);
    expect_near(at.lower.value_or(-1), expected["lower"][i], 1e-9, 0, what);
    expect_near(at.upper.value_or(-1), expected["upper"][i], 1e-9, 0, what);
    EXPECT_EQ(at.at_risk, expected["n_risk"][i]) << what;
  }
  for (std::size_t i = 0; i < expected["quantile_probs"].size(); ++i) {
    const SurvivalQuantile q = survival_quantile(curve, expected["quantile_probs"][i]);
    const std::string what = name + " quantile " + expected["quantile_probs"][i].dump();
    expect_outcome(q.time, expected["quantile"][i], what);
    expect_outcome(q.lower, expected["q_lower"][i], what);
    expect_outcome(q.upper, expected["q_upper"][i], what);
  }
  const Outcome<RestrictedMean> mean = restricted_mean(curve, expected["rmst_tau"]);
  ASSERT_TRUE(mean.ok());
  expect_near(mean.value().mean, expected["rmst"], 1e-9, 0, name);
  expect_near(mean.value().standard_error, expected["rmst_se"], 1e-9, 0, name);
}

void expect_curves(const std::vector<Duration>& durations, const json& expected) {
  const std::pair<const char*, SurvivalInterval> kinds[] = {
      {"log", SurvivalInterval::kLog}, {"loglog", SurvivalInterval::kLogLog}, {"plain", SurvivalInterval::kPlain}};
  int tested = 0;
  for (const auto& [name, kind] : kinds) {
    if (!expected.contains(name)) continue;
    expect_curve(durations, expected[name], kind, name);
    ++tested;
  }
  EXPECT_GE(tested, 1);
}

TEST(KaplanMeier, TimeToCloseOfTheReference) {
  KPI_REFERENCE_CASE(any, "sales_cycle.json", "crm_time_to_close_any");
  KPI_REFERENCE_CASE(win, "sales_cycle.json", "crm_time_to_win_lost_censored");
  std::vector<Duration> closed, won;
  for (const test::CrmDeal& deal : test::crm_deals()) {
    closed.push_back({deal.days, deal.outcome != 0});
    won.push_back({deal.days, deal.outcome == 1});
  }
  expect_curves(closed, any["expected"]);
  expect_curves(won, win["expected"]);
}

TEST(KaplanMeier, LungOfTheReference) {
  KPI_REFERENCE_CASE(lung, "sales_cycle.json", "lung_km");
  std::vector<Duration> durations;
  for (std::size_t i = 0; i < lung["inputs"]["time"].size(); ++i) durations.push_back({lung["inputs"]["time"][i], lung["inputs"]["status"][i] == 1});
  expect_curves(durations, lung["expected"]);
}

TEST(KaplanMeier, SmallCasesOfTheReference) {
  KPI_REFERENCE_CASE(half, "sales_cycle.json", "km_exact_half_step");
  const SurvivalCurve four = kaplan_meier({{1, true}, {2, true}, {3, true}, {4, true}}).value();
  expect_outcome(survival_quantile(four, 0.5).time, half["expected"]["median"], "exact half step");
  KPI_REFERENCE_CASE(never, "sales_cycle.json", "km_median_not_reached");
  std::vector<Duration> six;
  for (std::size_t i = 0; i < never["inputs"]["time"].size(); ++i) six.push_back({never["inputs"]["time"][i], never["inputs"]["event"][i] == 1});
  const SurvivalCurve curve = kaplan_meier(six).value();
  expect_outcome(survival_quantile(curve, 0.5).time, never["expected"]["median"], "not reached");
  for (std::size_t i = 0; i < never["expected"]["surv"].size(); ++i) expect_near(curve.steps[i].survival, never["expected"]["surv"][i], 0, 1e-12);
}

// Kaplan-Meier estimate of the 21 patients under 6-MP: Cox and Oakes 1984, Analysis of Survival Data, table 4.1 and figure 4.1.
TEST(KaplanMeier, RemissionTimes) {
  const SurvivalCurve curve = kaplan_meier(test::remission_treated(), SurvivalInterval::kLog).value();
  const double expected[][3] = {{6, 0.857, 0.0764}, {7, 0.807, 0.0869}, {10, 0.753, 0.0963}, {13, 0.690, 0.1068}, {16, 0.627, 0.1141}, {22, 0.538, 0.1282},
                                {23, 0.448, 0.1346}};
  for (const auto& [time, survival, error] : expected) {
    EXPECT_NEAR(survival_at(curve, time).survival, survival, 5e-4) << time;
    EXPECT_NEAR(survival_at(curve, time).standard_error, error, 5e-5) << time;
  }
  EXPECT_EQ(survival_at(curve, 9).at_risk, 16U);
  EXPECT_EQ(survival_at(curve, 3).survival, 1);
  EXPECT_EQ(survival_at(curve, 99).at_risk, 0U);
  const SurvivalQuantile median = survival_quantile(curve, 0.5);
  EXPECT_EQ(median.time.value(), 23);
  EXPECT_EQ(median.lower.value(), 16);
  EXPECT_EQ(median.upper.reason().code, "not_reached");
}

// S is 3/4, 1/2, 1/4, 0 from 1, 2, 3, 4 on: 0.5 is met on the whole of 2 to 3.
TEST(KaplanMeier, ExactStepsByHand) {
  const SurvivalCurve curve = kaplan_meier({{1, true}, {2, true}, {3, true}, {4, true}}).value();
  EXPECT_EQ(survival_quantile(curve, 0.5).time.value(), 2.5);
  EXPECT_EQ(survival_quantile(curve, 0.4).time.value(), 2);
  EXPECT_EQ(survival_quantile(curve, 1).time.value(), 4);
  EXPECT_FALSE(curve.steps.back().lower.has_value());
  // 1 + 3/4 + 1/2 up to 3; half a step more: 1/4 of 1/2.
  EXPECT_EQ(restricted_mean(curve, 3).value().mean, 2.25);
  EXPECT_EQ(restricted_mean(curve, 3.5).value().mean, 2.375);
  // Without censoring the mean is the mean and its variance that of a mean with divisor n: (1.25 / 4).
  EXPECT_EQ(restricted_mean(curve, 100).value().mean, 2.5);
  EXPECT_NEAR(restricted_mean(curve, 100).value().standard_error, std::sqrt(1.25 / 4), 1e-15);
  // 2 of 4 censored at the end: the curve stays at 1/2 from 2 to the end of the observation.
  EXPECT_EQ(survival_quantile(kaplan_meier({{1, true}, {2, true}, {6, false}, {6, false}}).value(), 0.5).time.value(), 4);
}

TEST(KaplanMeier, WithoutCensoringItIsTheShareLeft) {
  std::vector<Duration> durations;
  for (int i = 0; i < 1000; ++i) durations.push_back({static_cast<double>(i * 37 % 101), true});
  const SurvivalCurve curve = kaplan_meier(durations, SurvivalInterval::kPlain).value();
  std::size_t gone = 0;
  for (const SurvivalStep& step : curve.steps) {
    gone += step.events;
    const double s = 1 - static_cast<double>(gone) / 1000;
    EXPECT_NEAR(step.survival, s, 1e-13);
    EXPECT_NEAR(step.standard_error, std::sqrt(s * (1 - s) / 1000), 1e-9);  // binomial
  }
  EXPECT_EQ(gone, 1000U);
}

TEST(KaplanMeier, Degenerate) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(kaplan_meier({}).reason().code, "no_rows");
  EXPECT_EQ(kaplan_meier({{nan, true}}).reason().code, "not_finite");
  EXPECT_EQ(kaplan_meier({{-1, true}}).reason().code, "out_of_range");
  EXPECT_EQ(kaplan_meier({{1, true}}, SurvivalInterval::kLog, 1).reason().code, "out_of_range");
  const SurvivalCurve open = kaplan_meier({{3, false}}).value();
  EXPECT_EQ(open.steps[0].survival, 1);
  EXPECT_EQ(open.steps[0].lower, 1);
  EXPECT_EQ(survival_quantile(open, 0.5).time.reason().code, "not_reached");
  EXPECT_EQ(survival_quantile(open, 0).time.reason().code, "out_of_range");
  EXPECT_EQ(restricted_mean(open, 3).value().mean, 3);
  EXPECT_EQ(restricted_mean(open, 4).reason().code, "out_of_range");
  EXPECT_EQ(restricted_mean(open, nan).reason().code, "out_of_range");
  const SurvivalCurve same_day = kaplan_meier({{0, true}, {0, true}}).value();
  EXPECT_EQ(survival_quantile(same_day, 0.5).time.value(), 0);
  EXPECT_EQ(restricted_mean(same_day, 1).value().mean, 0);
}

}  // namespace
}  // namespace kpi
