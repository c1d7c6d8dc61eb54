#include "core/models/aalen_johansen.h"

#include <limits>

#include "core/models/kaplan_meier.h"
#include "tests/support/crm_deals.h"
#include "tests/unit/models/remission_times.h"

namespace kpi {
namespace {

using test::expect_near;

TEST(AalenJohansen, WonAndLostOfTheReference) {
  KPI_REFERENCE_CASE(deals, "sales_cycle.json", "crm_competing_risks");
  std::vector<CompetingDuration> durations;
  for (const test::CrmDeal& deal : test::crm_deals()) durations.push_back({deal.days, deal.outcome});
  ASSERT_EQ(durations.size(), deals["inputs"]["n"]);
  const Outcome<std::vector<IncidenceStep>> got = aalen_johansen(durations, 2);
  ASSERT_TRUE(got.ok());
  const auto& expected = deals["expected"];
  ASSERT_EQ(expected["times"].size(), 6U);
  for (std::size_t i = 0; i < 6; ++i) {
    const IncidenceStep at = incidence_at(got.value(), expected["times"][i]);
    expect_near(at.ended[0].share, expected["won"][i], 1e-9);
    expect_near(at.ended[1].share, expected["lost"][i], 1e-9);
    expect_near(at.open.share, expected["open"][i], 1e-9);
    expect_near(at.ended[0].standard_error, expected["se_won"][i], 1e-9);
  }
}

// 4 deals: won at 1, open at 2, lost at 3, won at 4. S is 3/4 after 1, 3/8 after 3, 0 after 4.
TEST(AalenJohansen, ByHand) {
  const std::vector<IncidenceStep> steps = aalen_johansen({{4, 1}, {1, 1}, {2, 0}, {3, 2}}, 2).value();
  ASSERT_EQ(steps.size(), 4U);
  EXPECT_EQ(steps[0].ended[0].share, 0.25);
  EXPECT_EQ(steps[1].open.share, 0.75);
  EXPECT_EQ(steps[2].ended[1].share, 0.375);
  EXPECT_EQ(steps[3].ended[0].share, 0.625);
  EXPECT_EQ(steps[3].open.share, 0);
  EXPECT_NEAR(steps[0].ended[0].standard_error, std::sqrt(0.25 * 0.75 / 4), 1e-15);  // nobody censored yet: binomial
  EXPECT_EQ(incidence_at(steps, 0.5).open.share, 1);
  EXPECT_EQ(incidence_at(steps, 0.5).at_risk, 4U);
  EXPECT_EQ(incidence_at(steps, 0.5).ended[1].share, 0);
  EXPECT_EQ(incidence_at(steps, 9).ended[0].share, 0.625);
  EXPECT_EQ(incidence_at(steps, 9).at_risk, 0U);
}

TEST(AalenJohansen, OneCauseIsKaplanMeier) {
  std::vector<CompetingDuration> durations;
  for (const Duration& d : test::remission_treated()) durations.push_back({d.time, d.is_event ? 1U : 0U});
  const std::vector<IncidenceStep> steps = aalen_johansen(durations, 1).value();
  const SurvivalCurve curve = kaplan_meier(test::remission_treated()).value();
  ASSERT_EQ(steps.size(), curve.steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    EXPECT_NEAR(steps[i].open.share, curve.steps[i].survival, 1e-15);
    EXPECT_NEAR(steps[i].ended[0].share, 1 - curve.steps[i].survival, 1e-15);
    EXPECT_NEAR(steps[i].ended[0].standard_error, curve.steps[i].standard_error, 1e-13);
    EXPECT_NEAR(steps[i].open.standard_error, curve.steps[i].standard_error, 1e-15);
  }
}

TEST(AalenJohansen, SharesAddUpToOne) {
  std::uint64_t state = 20240517;  // the seed
  std::vector<CompetingDuration> durations;
  for (int i = 0; i < 3000; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    durations.push_back({static_cast<double>((state >> 33) % 200), static_cast<std::uint32_t>((state >> 45) % 5)});
  }
  const std::vector<IncidenceStep> steps = aalen_johansen(durations, 4).value();
  ASSERT_EQ(steps.size(), 200U) << "seed 20240517";
  for (const IncidenceStep& step : steps) {
    double all = step.open.share;
    for (const ShareWithError& cause : step.ended) {
      all += cause.share;
      EXPECT_TRUE(std::isfinite(cause.standard_error));
    }
    EXPECT_NEAR(all, 1, 1e-12) << "seed 20240517";
  }
}

TEST(AalenJohansen, Degenerate) {
  EXPECT_EQ(aalen_johansen({}, 2).reason().code, "no_rows");
  EXPECT_EQ(aalen_johansen({{1, 3}}, 2).reason().code, "out_of_range");
  EXPECT_EQ(aalen_johansen({{1, 0}}, 0).reason().code, "out_of_range");
  EXPECT_EQ(aalen_johansen({{-1, 1}}, 2).reason().code, "out_of_range");
  EXPECT_EQ(aalen_johansen({{std::numeric_limits<double>::infinity(), 1}}, 2).reason().code, "not_finite");
  const std::vector<IncidenceStep> at_once = aalen_johansen({{0, 1}, {0, 2}}, 2).value();
  EXPECT_EQ(at_once[0].ended[0].share, 0.5);
  EXPECT_NEAR(at_once[0].ended[0].standard_error, std::sqrt(0.125), 1e-15);
}

}  // namespace
}  // namespace kpi
