#include "core/engine/plan.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;
using Rates = std::map<std::string, double, std::less<>>;

/// Expected values by hand, from the round figures below or as each test says.
class PlanTest : public test::EngineFixture {
 protected:
  void type(const std::vector<std::string>& measures, const std::vector<double>& values) {
    data_->put(TableBuilder("totals", 1).texts("measure", measures).numbers("value", values).build());
  }
  /// 20 won deals of 5,000; 80 decided; 100 leads became opportunities; 125 SQLs, 250 MQLs, 1,000 leads, 40,000 visits; 50,000 spent.
  void type_a_quarter(double sals = 0) {
    std::vector<std::string> measures = {"won_amount", "won_deals", "lost_deals", "lead_opportunities", "sqls", "mqls", "new_leads", "sessions", "media_spend", "new_customers"};
    std::vector<double> values = {100000, 20, 60, 100, 125, 250, 1000, 40000, 50000, 16};
    if (sals > 0) {
      measures.push_back("sals");
      values.push_back(sals);
    }
    type(measures, values);
  }
  Plan plan(std::optional<double> goal, const Rates& typed = {}) {
    request_ = PlanRequest();
    request_.goal = goal;
    request_.typed = typed;
    return make_plan(*data_, {}, request_).value();
  }
  static const PlanRow& row(const Plan& plan, std::string_view id) {
    for (const PlanRow& r : plan.rows) {
      if (r.id == id) return r;
    }
    ADD_FAILURE() << "no row " << id;
    return plan.rows.front();
  }
  static double needed(const Plan& plan, std::string_view id) { return number(row(plan, id).needed); }
  static bool has_row(const Plan& plan, std::string_view id) {
    for (const PlanRow& r : plan.rows) {
      if (r.id == id) return true;
    }
    return false;
  }
  PlanRequest request_;
};

TEST_F(PlanTest, TwiceTheRevenueNeedsTwiceOfEverything) {
  type_a_quarter();
  const Plan made = plan(200000);
  const std::vector<std::pair<std::string_view, double>> wanted = {{"won_deals", 40}, {"decided_deals", 160}, {"lead_opportunities", 200}, {"sqls", 250}, {"mqls", 500},
                                                                    {"new_leads", 2000}, {"sessions", 80000}, {"marketing_spend", 100000}, {"new_customers", 32}};
  for (const auto& [id, count] : wanted) {
    EXPECT_NEAR(needed(made, id), count, 1e-9 * count) << id;
    EXPECT_NEAR(number(row(made, id).actual), count / 2, 1e-9 * count) << id;
  }
  EXPECT_NEAR(number(row(made, "new_leads").brings), 100000, 1e-7) << "the leads there were bring what they brought";
  EXPECT_NEAR(needed(made, "cac_marketing"), 3125, 1e-9);  // 100,000 / 32
  EXPECT_NEAR(needed(made, "roi"), 1, 1e-12);              // (200,000 - 100,000) / 100,000
  EXPECT_NEAR(number(made.check.needed), 100000, 1e-6);    // 500 MQLs at 50,000 / 250
  EXPECT_FALSE(has_row(made, "sals"));
  EXPECT_EQ(row(made, "mqls").rate.id, "mql_to_sql_rate");
}

TEST_F(PlanTest, RatesCarryTheirCountsAndIntervals) {
  type_a_quarter();
  const Plan made = plan(200000);
  const PlanRate& win = row(made, "decided_deals").rate;
  EXPECT_EQ(win.source, PlanSource::kData);
  EXPECT_EQ(number(win.value), 0.25);  // 20 of 80: open deals are on neither side
  EXPECT_EQ(win.numerator.value_or(0), 20);
  EXPECT_EQ(win.denominator.value_or(0), 80);
  // Wilson, 20 of 80, with z^2 = 3.841459: (0.25 + 0.024009 -+ 1.959964 sqrt(0.25 x 0.75 / 80 + 3.841459 / 25,600)) / 1.048018
  EXPECT_NEAR(win.interval->low, 0.16806, 2e-5);
  EXPECT_NEAR(win.interval->high, 0.35485, 2e-5);
  EXPECT_FALSE(row(made, "won_deals").interval) << "the spread of deal sizes is not known";
  EXPECT_NEAR(row(made, "decided_deals").interval->low, 40 / win.interval->high, 1e-9);
  EXPECT_NEAR(row(made, "decided_deals").interval->high, 40 / win.interval->low, 1e-9);
  const PlanRow& leads = row(made, "new_leads");
  EXPECT_NEAR(row(made, "marketing_spend").interval->high, leads.interval->high * 50, 1e-6);
  EXPECT_LT(row(made, "roi").interval->low, 1);
  EXPECT_GT(row(made, "roi").interval->high, 1);
  EXPECT_FALSE(win.is_small);
}

TEST_F(PlanTest, GoesBySalsWhereThereAreAny) {
  type_a_quarter(200);
  const Plan made = plan(100000);
  EXPECT_NEAR(needed(made, "sals"), 200, 1e-9);
  EXPECT_NEAR(needed(made, "mqls"), 250, 1e-9);
  EXPECT_EQ(row(made, "mqls").rate.id, "mql_to_sal_rate");
  EXPECT_FALSE(has_row(plan(100000, {{"mql_to_sql_rate", 0.5}}), "sals")) << "the direct rate was typed";
}

TEST_F(PlanTest, TypedRatesReplaceThoseOfTheData) {
  type_a_quarter();
  const Plan made = plan(200000, {{"win_rate", 0.5}, {"average_deal_size", 10000}, {"cost_per_lead", 60}, {"customers_per_deal", 1}});
  EXPECT_NEAR(needed(made, "won_deals"), 20, 1e-9);
  EXPECT_NEAR(needed(made, "decided_deals"), 40, 1e-9);
  EXPECT_NEAR(needed(made, "new_leads"), 500, 1e-9);        // a quarter of 2,000
  EXPECT_NEAR(needed(made, "marketing_spend"), 30000, 1e-6);
  EXPECT_NEAR(number(made.check.needed), 25000, 1e-6) << "cost per MQL was not typed: 125 MQLs at 200";
  EXPECT_NEAR(needed(made, "cac_marketing"), 1500, 1e-9);
  EXPECT_EQ(row(made, "decided_deals").rate.source, PlanSource::kTyped);
  EXPECT_FALSE(row(made, "decided_deals").interval) << "what is typed is taken as exact";
}

// The published example again, without any data: clicks at 2.50 and 3 % leads are 83.33 a lead.
TEST_F(PlanTest, WorksFromTypedRatesAlone) {
  const Plan made = plan(6000, {{"average_deal_size", 2500}, {"lead_to_customer_rate", 0.1}, {"session_to_lead_rate", 0.03}, {"cost_per_lead", 2.5 / 0.03}});
  EXPECT_NEAR(needed(made, "new_leads"), 24, 1e-12);
  EXPECT_EQ(row(made, "new_leads").after, "won_deals");
  EXPECT_EQ(row(made, "new_leads").rate.source, PlanSource::kBridge);
  EXPECT_NEAR(needed(made, "sessions"), 800, 1e-9);
  EXPECT_NEAR(needed(made, "marketing_spend"), 2000, 1e-9);
  EXPECT_NEAR(needed(made, "roi"), 2, 1e-12);
  EXPECT_EQ(reason(row(made, "decided_deals").needed), "missing_input");
}

TEST_F(PlanTest, BridgesAStageWithoutACount) {
  type({"won_amount", "won_deals", "lost_deals", "lead_opportunities", "new_leads"}, {100000, 20, 60, 100, 1000});
  const Plan made = plan(200000);
  EXPECT_EQ(reason(row(made, "sqls").needed), "missing_input");
  EXPECT_EQ(std::get<Undefined>(row(made, "mqls").needed).arguments, std::vector<std::string>{"sql_to_opportunity_rate"});
  EXPECT_NEAR(needed(made, "new_leads"), 2000, 1e-9);  // 100 of 1,000 leads became opportunities
  EXPECT_EQ(row(made, "new_leads").after, "lead_opportunities");
  EXPECT_EQ(row(made, "new_leads").rate.source, PlanSource::kBridge);
  EXPECT_EQ(std::get<Undefined>(row(made, "sessions").needed).arguments, std::vector<std::string>{"session_to_lead_rate"});
  EXPECT_EQ(std::get<Undefined>(row(made, "marketing_spend").needed).arguments, std::vector<std::string>{"cost_per_lead"});
}

TEST_F(PlanTest, StopsWhereARateIsMissingAndKeepsWhatCameBefore) {
  type({"won_amount", "won_deals"}, {100000, 20});
  const Plan made = plan(200000);
  EXPECT_NEAR(needed(made, "won_deals"), 40, 1e-12);
  for (const char* id : {"decided_deals", "sqls", "new_leads", "marketing_spend"}) {
    EXPECT_EQ(reason(row(made, id).needed), "missing_input") << id;
    EXPECT_EQ(std::get<Undefined>(row(made, id).needed).arguments, std::vector<std::string>{"win_rate"}) << id;
  }
  const Plan empty = plan(std::nullopt);
  EXPECT_EQ(std::get<Undefined>(row(empty, "won_deals").needed).arguments, std::vector<std::string>{"goal"});
  EXPECT_EQ(number(row(empty, "won_deals").rate.value), 5000) << "rates are shown before there is a goal";
}

TEST_F(PlanTest, NothingIsEverNotANumber) {
  type({"won_amount", "won_deals", "lost_deals", "new_leads", "media_spend"}, {100000, 20, 60, 0, 500});
  EXPECT_EQ(reason(row(plan(0), "won_deals").needed), "out_of_range");
  EXPECT_EQ(reason(row(plan(-5), "won_deals").needed), "out_of_range");
  EXPECT_EQ(reason(row(plan(1e308, {{"win_rate", 1e-300}}), "decided_deals").needed), "not_finite");
  EXPECT_EQ(reason(row(plan(1000, {{"win_rate", 0}}), "decided_deals").needed), "denominator_zero");
  EXPECT_EQ(reason(row(plan(1000, {{"win_rate", 1.5}}), "decided_deals").needed), "out_of_range");
  EXPECT_EQ(reason(row(plan(1000, {{"average_deal_size", -1}}), "won_deals").needed), "out_of_range");
  EXPECT_EQ(reason(row(plan(1000), "new_leads").needed), "missing_input");
  int seen = 0;
  for (const double win : {0.0, -1.0, 1e-320, 1e300, 0.5}) {
    for (const double goal : {1e-320, 1.0, 1e308}) {
      for (const PlanRow& r : plan(goal, {{"win_rate", win}, {"lead_to_customer_rate", win}, {"cost_per_lead", goal}}).rows) {
        const Quantity* q = std::get_if<Quantity>(&r.needed);
        EXPECT_TRUE(q == nullptr || std::isfinite(q->value)) << r.id << ' ' << win << ' ' << goal;
        EXPECT_TRUE(!r.interval || (std::isfinite(r.interval->low) && std::isfinite(r.interval->high))) << r.id;
        ++seen;
      }
    }
  }
  EXPECT_GT(seen, 150);
}

TEST_F(PlanTest, PeriodRatesMayExceedOneAndSmallCountsAreMarked) {
  type({"won_amount", "won_deals", "lost_deals", "lead_opportunities", "sqls", "mqls"}, {9000, 3, 3, 12, 20, 10});
  const Plan made = plan(9000);
  EXPECT_EQ(number(row(made, "mqls").rate.value), 2);  // 20 SQLs, 10 MQLs
  EXPECT_NEAR(needed(made, "mqls"), 10, 1e-12);
  EXPECT_TRUE(row(made, "decided_deals").rate.is_small);
  EXPECT_FALSE(row(made, "sqls").rate.is_small);
}

// Golden numbers of the KPI reference: 80 x 45,000 x 22 % / 72 days = 11,000 a day; +10 % of a factor +10 %, a cycle 10 % shorter +11.1 %.
// 40 leads of January, 10 of them MQLs, of whom 5 became SQLs in March; in March 4 other leads became MQLs. By period (January) there are
// no SQLs at all; the people of January came to 1 in 2.
TEST_F(PlanTest, RatesMayFollowPeople) {
  std::vector<std::string> ids, created, mql, sql;
  for (int i = 0; i < 44; ++i) {
    ids.push_back(std::to_string(i));
    created.emplace_back(i < 40 ? "2024-01-05" : "2024-03-01");
    mql.emplace_back(i < 10 ? "2024-01-20" : i >= 40 ? "2024-03-02" : "");
    sql.emplace_back(i < 5 ? "2024-03-10" : "");
  }
  data_->put(test::TableBuilder("leads", 1).keys("lead_id", ids).dates("created_at", created).dates("mql_at", mql).dates("sql_at", sql).build());
  const ReportRequest january = between("2024-01-01", "2024-01-31");
  const auto rate_of = [&](Basis basis, std::string_view row) {
    PlanRequest wanted;
    wanted.rates = basis;
    const Result<Plan> made = make_plan(*data_, january, wanted);
    EXPECT_TRUE(made.ok());
    for (const PlanRow& one : made.value().rows) {
      if (one.id == row) return one.rate;
    }
    ADD_FAILURE() << row;
    return PlanRate();
  };
  const PlanRate followed = rate_of(Basis::kCohort, "mqls");
  EXPECT_TRUE(followed.is_cohort);
  EXPECT_DOUBLE_EQ(number(followed.value), 0.5);
  EXPECT_DOUBLE_EQ(*followed.numerator, 5);
  EXPECT_FALSE(followed.completed) << "five conversions tell no curve";
  EXPECT_DOUBLE_EQ(number(rate_of(Basis::kCohort, "new_leads").value), 10.0 / 40);
  const PlanRate by_period = rate_of(Basis::kPeriod, "mqls");
  EXPECT_FALSE(by_period.is_cohort);
  EXPECT_DOUBLE_EQ(number(by_period.value), 0);
}

// Twenty people a day for ten days; half of them convert after exactly five days. At the end the youngest five days have not converted:
// 50 of 200 so far, half of all conversions that can come: 1 in 2 in the end.
TEST_F(PlanTest, YoungPeopleCountAsTheyWillBe) {
  std::vector<std::string> ids, created, mql;
  for (int day = 1; day <= 10; ++day) {
    for (int i = 0; i < 20; ++i) {
      ids.push_back(std::to_string(ids.size()));
      created.push_back("2024-01-" + std::string(day < 10 ? "0" : "") + std::to_string(day));
      mql.push_back(i < 10 && day + 5 <= 10 ? "2024-01-" + std::string(day + 5 < 10 ? "0" : "") + std::to_string(day + 5) : "");
    }
  }
  data_->put(test::TableBuilder("leads", 1).keys("lead_id", ids).dates("created_at", created).dates("mql_at", mql).build());
  PlanRequest wanted;
  wanted.rates = Basis::kCohort;
  const Result<Plan> made = make_plan(*data_, between("2024-01-01", "2024-01-10"), wanted);
  ASSERT_TRUE(made.ok());
  bool seen = false;
  for (const PlanRow& row : made.value().rows) {
    if (row.id != "new_leads") continue;
    seen = true;
    ASSERT_TRUE(row.rate.completed);
    EXPECT_NEAR(*row.rate.completed, 0.5, 1e-12);
    EXPECT_NEAR(number(row.rate.value), 0.5, 1e-12);
    EXPECT_DOUBLE_EQ(*row.rate.numerator, 50);
  }
  EXPECT_TRUE(seen);
}

TEST_F(PlanTest, VelocityLevers) {
  const Plan made = plan(std::nullopt, {{"opportunities", 80}, {"average_deal_size", 45000}, {"win_rate", 0.22}, {"sales_cycle_from_creation", 72}});
  EXPECT_NEAR(number(made.velocity), 11000, 1e-9);
  ASSERT_EQ(made.levers.size(), 4u);
  for (const PlanLever& lever : made.levers) {
    EXPECT_NEAR(number(lever.gain), lever.kpi->id == "sales_cycle_from_creation" ? 11000 / 9.0 : 1100, 1e-9) << lever.kpi->id;
    EXPECT_EQ(lever.source, PlanSource::kTyped);
  }
}

TEST_F(PlanTest, LeversAreThoseOfTheCatalogue) {
  type({"opportunities", "won_amount", "won_deals", "lost_deals", "cycle_days_from_creation", "cycle_deals_from_creation"}, {80, 990000, 22, 78, 1584, 22});
  const Plan made = plan(std::nullopt);
  const Report report = make_report(*data_, {}).value();
  const std::map<std::string, std::string> names = {{"opportunities", "velocity_lever_opportunities"}, {"average_deal_size", "velocity_lever_deal_size"},
                                                    {"win_rate", "velocity_lever_win_rate"}, {"sales_cycle_from_creation", "velocity_lever_cycle"}};
  int compared = 0;
  for (const PlanLever& lever : made.levers) {
    for (const KpiResult& k : report.kpis) {
      if (k.kpi->id != names.at(lever.kpi->id)) continue;
      EXPECT_NEAR(number(lever.gain), number(k.value), 1e-9 * number(k.value)) << k.kpi->id;
      ++compared;
    }
  }
  EXPECT_EQ(compared, 4);
}

TEST_F(PlanTest, OneMemberOfADimension) {
  data_->put(TableBuilder("totals", 1)
                 .texts("measure", {"won_amount", "won_deals", "won_amount", "won_deals"})
                 .numbers("value", {1000, 10, 900, 3})
                 .texts("channel", {"email", "email", "paid_search", "paid_search"})
                 .build());
  PlanRequest request;
  request.goal = 1800;
  request.dimension = "channel";
  request.key = "paid_search";
  const Plan made = make_plan(*data_, {}, request).value();
  EXPECT_NEAR(needed(made, "won_deals"), 6, 1e-12);  // 1,800 / (900 / 3)
  request.key = "no such channel";
  EXPECT_FALSE(make_plan(*data_, {}, request).ok());
}

TEST_F(PlanTest, CurrenciesAreNotMixed) {
  data_->put(TableBuilder("totals", 1).texts("measure", {"won_amount", "won_deals"}).numbers("value", {1000, 10}).texts("currency", {"EUR", "EUR"}).build());
  PlanRequest request;
  request.goal = 1000;
  request.currency = "USD";
  request.typed = {{"win_rate", 0.5}, {"lead_to_customer_rate", 0.1}, {"cost_per_lead", 5}};
  const Plan made = make_plan(*data_, {}, request).value();
  EXPECT_EQ(reason(made.rows.front().needed), "currency_mixed") << "a goal in dollars is none in euros";
  EXPECT_EQ(reason(row(made, "won_deals").needed), "currency_mixed");
}

}  // namespace
}  // namespace kpi
