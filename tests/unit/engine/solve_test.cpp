#include "core/engine/solve.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

/// Expected values by hand; the last test goes there and back.
class SolveTest : public test::EngineFixture {
 protected:
  void type(const std::vector<std::string>& measures, const std::vector<double>& values) {
    data_->put(TableBuilder("totals", 1).texts("measure", measures).numbers("value", values).build());
  }
  Solution answer(std::string_view kpi, std::string_view measure, double target) { return solve(*data_, {}, kpi, measure, target).value(); }
};

TEST_F(SolveTest, WhatSpendGivesACacOf900) {
  type({"media_spend", "content_spend", "new_customers"}, {5000, 3000, 20});
  const Solution solution = answer("cac_marketing", "media_spend", 900);
  ASSERT_EQ(solution.values.size(), 1u);
  EXPECT_DOUBLE_EQ(solution.values[0], 15000);  // 20 x 900, less the content
  EXPECT_EQ(number(solution.kpi_now), 400);
  EXPECT_EQ(number(solution.measure_now), 5000);
}

TEST_F(SolveTest, ThroughTheWholeGraph) {
  // Golden numbers of the KPI reference: 80 opportunities, 45,000, 22 %, 72 days: 11,000 a day. How many for 22,000?
  type({"opportunities", "won_amount", "won_deals", "lost_deals", "cycle_days_from_creation", "cycle_deals_from_creation"}, {80, 990000, 22, 78, 1584, 22});
  EXPECT_DOUBLE_EQ(number(answer("pipeline_velocity", "opportunities", 0).kpi_now), 11000);
  ASSERT_EQ(answer("pipeline_velocity", "opportunities", 22000).values.size(), 1u);
  EXPECT_DOUBLE_EQ(answer("pipeline_velocity", "opportunities", 22000).values[0], 160);
  // Won deals stand above and below: average deal size falls as they rise, and the win rate rises.
  const Solution deals = answer("win_rate", "won_deals", 0.5);
  ASSERT_EQ(deals.values.size(), 1u);
  EXPECT_NEAR(deals.values[0], 78, 1e-9);
}

TEST_F(SolveTest, ABlankMayBeUnknownUntilThen) {
  type({"new_customers"}, {20});
  EXPECT_EQ(answer("cac_marketing", "media_spend", 900).values, std::vector<double>{18000});
  EXPECT_EQ(reason(answer("cac_marketing", "media_spend", 900).measure_now), "missing_input");
}

TEST_F(SolveTest, SaysWhyThereIsNoAnswer) {
  type({"media_spend", "content_spend", "new_customers"}, {5000, 3000, 20});
  EXPECT_EQ(answer("cac_marketing", "clicks", 900).reason.code, "not_an_input");
  EXPECT_EQ(answer("cac_marketing", "media_spend", 100).reason.code, "no_solution");  // the content alone costs more
  EXPECT_EQ(answer("cost_per_click", "media_spend", 2).reason.code, "missing_input");
  EXPECT_EQ(answer("cost_per_click", "media_spend", 2).reason.arguments, std::vector<std::string>{"clicks"});
  EXPECT_FALSE(solve(*data_, {}, "cac", "media_spend", 1).ok());
  EXPECT_FALSE(solve(*data_, {}, "cac_marketing", "media", 1).ok());
}

TEST_F(SolveTest, PowersHaveSeveralAnswersOrOne) {
  type({"churned_customers", "customers_start"}, {5, 100});
  const Solution yearly = answer("customer_churn_rate_yearly", "churned_customers", 0.45963991233736335);
  ASSERT_EQ(yearly.values.size(), 2u);  // 1 - (1 - x/100)^12 is even around 100
  EXPECT_NEAR(yearly.values[0], 5, 1e-9);
  EXPECT_NEAR(yearly.values[1], 195, 1e-9);
}

TEST_F(SolveTest, ForwardOfBackIsTheTarget) {
  const unsigned seed = std::random_device{}();
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> amount(10, 5000);
  int solved = 0;
  for (int round = 0; round < 40; ++round) {
    std::map<std::string, double, std::less<>> values;
    for (const Measure& m : catalog_->measures()) values[m.id] = m.is_parameter && m.id != "target_clv_to_cac" ? 0.5 : std::round(amount(random));
    values["horizon_periods"] = 3;
    const Lookup value_of = [&](std::string_view id) -> Value { return Quantity{values.find(id)->second, {}}; };
    const auto formula_of = [&](std::string_view id) -> const Expression* {
      return catalog_->measure(id) == nullptr ? catalog_->kpi(id)->formula.get() : nullptr;
    };
    const std::function<Value(std::string_view)> whole = [&](std::string_view id) -> Value {
      return formula_of(id) == nullptr ? value_of(id) : evaluate(*formula_of(id), whole);
    };
    for (const Kpi& kpi : catalog_->kpis()) {
      for (const std::string& id : references(*kpi.formula)) {
        if (catalog_->measure(id) == nullptr) continue;
        const Value now = evaluate(*kpi.formula, whole);
        if (!std::holds_alternative<Quantity>(now)) continue;
        const double target = std::get<Quantity>(now).value * 1.25 + 0.001;
        const double before = values[id];
        for (const double x : solve_formula(kpi, *kpi.formula, *catalog_->measure(id), target, value_of, formula_of).values) {
          values[id] = x;
          const Value then = evaluate(*kpi.formula, whole);
          ASSERT_TRUE(std::holds_alternative<Quantity>(then)) << kpi.id << ' ' << id << " seed " << seed;
          EXPECT_NEAR(std::get<Quantity>(then).value, target, 1e-6 * std::fabs(target)) << kpi.id << ' ' << id << " seed " << seed;
          ++solved;
        }
        values[id] = before;
      }
    }
  }
  EXPECT_GT(solved, 5000);
}

TEST_F(SolveTest, CurrenciesAreNotAddedAndZeroDenominatorsAreNoAnswers) {
  data_->put(TableBuilder("totals", 1).texts("measure", {"media_spend", "content_spend"}).numbers("value", {10, 20}).texts("currency", {"USD", "EUR"}).build());
  EXPECT_EQ(answer("roi", "revenue", 1).reason.code, "currency_mixed");
  type({"variant_conversions", "variant_visitors", "control_conversions"}, {10, 100, 8});
  EXPECT_EQ(answer("ab_uplift", "control_visitors", -1).reason.code, "no_solution");
}

}  // namespace
}  // namespace kpi
