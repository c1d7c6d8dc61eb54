// The catalogue that is shipped.
#include "core/catalog/catalog.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace kpi {
namespace {

const Catalog& catalog() {
  static const Result<Catalog> kLoaded = Catalog::load();
  if (!kLoaded.ok()) {
    for (const auto& [name, value] : kLoaded.error().arguments) {
      if (const std::string* text = std::get_if<std::string>(&value)) ADD_FAILURE() << name << " = " << *text;
    }
    ADD_FAILURE() << code_name(kLoaded.error().code);
  }
  return kLoaded.value();
}

TEST(ShippedCatalog, Loads) { EXPECT_TRUE(Catalog::load().ok()); }

TEST(ShippedCatalog, HasTheFamilies) {
  EXPECT_EQ(catalog().families(), (std::vector<std::string>{"reach", "engagement", "conversion", "funnel", "unit_cost", "pipeline", "value", "return"}));
  std::set<std::string> used;
  for (const Kpi& kpi : catalog().kpis()) used.insert(kpi.family);
  EXPECT_EQ(used.size(), 8U);
  EXPECT_EQ(catalog().kpis().size(), 177U);
}

TEST(ShippedCatalog, EveryReferenceIsEvaluatedBeforeItIsNeeded) {
  std::set<std::string> known;
  for (const Measure& measure : catalog().measures()) known.insert(measure.id);
  for (const std::size_t i : catalog().evaluation_order()) {
    const Kpi& kpi = catalog().kpis()[i];
    for (const std::string& id : references(*kpi.formula)) EXPECT_EQ(known.count(id), 1U) << kpi.id << " needs " << id;
    known.insert(kpi.id);
  }
  EXPECT_EQ(catalog().evaluation_order().size(), catalog().kpis().size());
}

TEST(ShippedCatalog, CostPerMqlIsCorrectedAndIsMoneyPerMql) {
  const Kpi* kpi = catalog().kpi("cost_per_mql");
  EXPECT_EQ(kpi->formula_text, "marketing_spend / mqls");
  EXPECT_EQ(kpi->unit.to_string(), "money/mql");
  EXPECT_EQ(kpi->status, "corrected");
}

TEST(ShippedCatalog, VelocityIsMoneyPerDay) { EXPECT_EQ(catalog().kpi("pipeline_velocity")->unit.to_string(), "money/day"); }

TEST(ShippedCatalog, RatesAreThePartsOfAWhole) {
  std::set<std::string> rates;
  for (const Kpi& kpi : catalog().kpis()) {
    if (kpi.is_rate) rates.insert(kpi.id);
  }
  EXPECT_EQ(rates, (std::set<std::string>{"activation_rate", "bounce_rate", "click_through_rate", "click_to_open_rate", "cohort_retention", "cta_conversion_rate",
                                          "dark_social_share", "desktop_share", "device_share", "email_bounce_rate", "email_click_rate", "email_delivery_rate",
                                          "email_open_rate", "email_reply_rate", "engagement_rate", "follow_up_rate", "form_completion_rate",
                                          "form_completion_rate_by_view", "lead_rejection_rate", "lead_to_mql_rate", "mql_to_sal_rate",
                                          "mql_to_sql_rate", "opportunity_to_sqo_rate", "organic_share", "paid_share", "qualified_lead_rate",
                                          "sal_to_sql_rate", "self_report_rate", "sla_compliance_rate", "sql_to_opportunity_rate",
                                          "unsubscribe_rate", "win_rate", "win_rate_by_cohort"}));
}

TEST(ShippedCatalog, WonDealsComeFromDealsThenFromLeadsThatCarryThem) {
  const std::vector<MeasureSource>& sources = catalog().measure("won_deals")->sources;
  ASSERT_GE(sources.size(), 2U);
  EXPECT_EQ(sources.front().table, "opportunities");
  EXPECT_EQ(sources.front().date_field, "closed_at");
  EXPECT_EQ(sources.front().where.deal_status, "won");
  EXPECT_EQ(sources.front().needed_fields(), std::vector<std::string>{"closed_at"});
  EXPECT_EQ(sources.back().table, "leads");
  EXPECT_EQ(sources.back().note, "own_deal_fields");
}

TEST(ShippedCatalog, StageCountsFallBackToTheStageReached) {
  int checked = 0;
  for (const char* id : {"mqls", "sals", "sqls"}) {
    const std::vector<MeasureSource>& sources = catalog().measure(id)->sources;
    ASSERT_EQ(sources.size(), 2U) << id;
    EXPECT_EQ(sources[0].where.present, std::vector<std::string>{sources[0].date_field}) << id;
    EXPECT_EQ(sources[1].date_field, "created_at") << id;
    EXPECT_EQ(sources[1].note, "by_stage_rank") << id;
    ++checked;
  }
  EXPECT_EQ(checked, 3);
}

TEST(ShippedCatalog, StocksHaveNoDateAndDoNotAddUp) {
  int checked = 0;
  for (const Measure& measure : catalog().measures()) {
    for (const MeasureSource& source : measure.sources) {
      if (!source.date_field.empty()) continue;
      EXPECT_FALSE(measure.is_additive) << measure.id;
      ++checked;
    }
  }
  EXPECT_EQ(checked, 2);  // open_opportunities, open_pipeline
}

TEST(ShippedCatalog, UsersAreNeverSummed) {
  EXPECT_FALSE(catalog().table("web_sessions")->find("users")->is_additive);
  EXPECT_FALSE(catalog().measure("users")->is_additive);
}

TEST(ShippedCatalog, EveryFieldTheContractNamesIsThere) {
  struct Wanted {
    const char* table;
    std::vector<const char*> fields;
  };
  int checked = 0;
  for (const Wanted& wanted :
       {Wanted{"leads", {"lead_id", "email", "account_id", "account_name", "created_at", "mql_at", "sal_at", "sql_at", "opportunity_at", "customer_at",
                         "disqualified_at", "first_touch_at", "channel", "campaign", "lead_stage", "lead_status", "score", "amount", "closed_at", "is_won"}},
        Wanted{"opportunities", {"opportunity_id", "lead_id", "account_id", "account_name", "created_at", "closed_at", "won_at", "lost_at", "deal_stage",
                                 "deal_status", "is_won", "is_closed", "amount", "probability", "currency", "deal_type", "pipeline", "lost_reason", "product"}},
        Wanted{"ad_spend", {"date", "channel", "campaign", "ad_group", "ad", "keyword", "device", "cost", "impressions", "clicks", "link_clicks",
                            "platform_conversions", "platform_leads", "platform_value", "currency"}},
        Wanted{"web_sessions", {"date", "channel", "source", "medium", "sessions", "users", "new_users", "pageviews", "engaged_sessions", "conversions"}},
        Wanted{"accounts", {"account_name", "industry", "employees", "annual_revenue"}},
        Wanted{"products", {"product", "product_series", "list_price"}}, Wanted{"owners", {"owner", "owner_manager", "owner_team"}}}) {
    const TableSchema* table = catalog().table(wanted.table);
    ASSERT_NE(table, nullptr) << wanted.table;
    for (const char* field : wanted.fields) {
      EXPECT_NE(table->find(field), nullptr) << wanted.table << "." << field;
      ++checked;
    }
  }
  EXPECT_EQ(checked, 74);
}

}  // namespace
}  // namespace kpi
