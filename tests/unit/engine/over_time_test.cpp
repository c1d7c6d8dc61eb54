#include "core/engine/over_time.h"

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using OverTimeTest = test::EngineFixture;

/// By the meaning of each KPI: what do two months of it make together?
TEST_F(OverTimeTest, FollowsFromTheFormula) {
  struct Case {
    const char* kpi;
    OverTime expected;
  };
  const Case cases[] = {
      {"new_leads", OverTime::kSum},            {"revenue", OverTime::kSum},          {"marketing_spend", OverTime::kSum},
      {"new_customers", OverTime::kSum},        {"cost_per_lead", OverTime::kLevel},  {"win_rate", OverTime::kLevel},
      {"cac_marketing", OverTime::kLevel},      {"roas", OverTime::kLevel},           {"average_deal_size", OverTime::kLevel},
      {"sales_cycle_from_creation", OverTime::kLevel}, {"mrr", OverTime::kLast},
      // lost in the period / there at its start: twice the period loses twice as many
      {"customer_churn_rate", OverTime::kOwnPeriod},   {"net_revenue_retention", OverTime::kOwnPeriod},
      // different users of two months are not the sum of both
      {"conversion_rate_by_user", OverTime::kOwnPeriod},
  };
  for (const Case& one : cases) {
    const Kpi* kpi = catalog_->kpi(one.kpi);
    ASSERT_NE(kpi, nullptr) << one.kpi;
    EXPECT_EQ(static_cast<int>(over_time(*catalog_, *kpi)), static_cast<int>(one.expected)) << one.kpi;
  }
}

}  // namespace
}  // namespace kpi
