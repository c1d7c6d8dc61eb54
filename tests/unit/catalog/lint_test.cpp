#include "core/catalog/lint/lint.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/catalog/small_catalog.h"

namespace kpi {
namespace {

using testing_catalog::argument;
using testing_catalog::refused;
using testing_catalog::small_catalog;
using testing_catalog::small_kpis;
using testing_catalog::with;

/// Error of the small catalogue with one text of its KPIs replaced.
Error kpis_with(const std::string& from, const std::string& to) { return refused(small_catalog(), with(small_kpis(), from, to)); }
/// The same for tables and measures.
Error catalog_with(const std::string& from, const std::string& to) { return refused(with(small_catalog(), from, to), small_kpis()); }

std::string problem(const Error& error) {
  EXPECT_EQ(error.code, Code::catalog_invalid) << code_name(error.code);
  return argument(error, "problem");
}

/// KPIs of the given ids and formulas over new_leads, all counted in leads.
std::string leads_kpis(const std::vector<std::pair<std::string, std::string>>& formulas) {
  std::string text = R"({"family": "cost", "kpis": [)";
  for (std::size_t i = 0; i < formulas.size(); ++i) {
    text += (i == 0 ? "" : ",") + std::string(R"({"id": ")") + formulas[i].first + R"(", "formula": ")" + formulas[i].second +
            R"(", "unit": "lead", "display": "count", "better": "higher", "sources": [{"source": "002", "item": "4"}], "status": "as_stated"})";
  }
  return text + "]}";
}

TEST(Lint, TheSmallCatalogKeepsEveryRule) { EXPECT_TRUE(testing_catalog::load(small_catalog(), small_kpis()).ok()); }

TEST(Lint, RulesHaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const lint::Rule& rule : lint::rules()) EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
  EXPECT_EQ(names.size(), 14U);
}

TEST(Lint, IdPattern) {
  int checked = 0;
  for (const char* id : {"Cost", "cost per mql", "cost-per-mql", "_cost", "cost_", "cost__per_mql", "cost_v2", "2cost", "", "k\xC3\xB6ln"}) {
    const Error error = refused(small_catalog(), leads_kpis({{id, "new_leads"}}));
    EXPECT_EQ(problem(error), "id_pattern:kpi") << id;
    ++checked;
  }
  EXPECT_EQ(checked, 10);
  EXPECT_EQ(problem(refused(small_catalog(), leads_kpis({{std::string(65, 'a'), "new_leads"}}))), "id_pattern:kpi");
  EXPECT_TRUE(testing_catalog::load(small_catalog(), leads_kpis({{"v2_of_it", "new_leads"}, {"lead_v", "new_leads"}})).ok());
  EXPECT_EQ(problem(catalog_with(R"("id": "score")", R"("id": "Score")")), "id_pattern:field");
  EXPECT_EQ(problem(catalog_with("by_stage_rank", "By stage")), "id_pattern:By stage");
}

TEST(Lint, UniqueIds) {
  const Error error = refused(small_catalog(), leads_kpis({{"twice", "new_leads"}, {"twice", "new_leads"}}));
  EXPECT_EQ(error.code, Code::catalog_duplicate_id);
  EXPECT_EQ(argument(error, "id"), "twice");
  EXPECT_EQ(catalog_with(R"("id": "score")", R"("id": "visits")").code, Code::catalog_duplicate_id);
  EXPECT_EQ(catalog_with(R"({"id": "ad_spend")", R"({"id": "leads")").code, Code::catalog_duplicate_id);
  EXPECT_EQ(catalog_with(R"({"id": "media_spend")", R"({"id": "new_leads")").code, Code::catalog_duplicate_id);
}

TEST(Lint, AKpiBearsAMeasuresNameOnlyToShowIt) {
  EXPECT_TRUE(testing_catalog::load(small_catalog(), leads_kpis({{"new_leads", "new_leads"}})).ok());
  const Error error = refused(small_catalog(), leads_kpis({{"new_leads", "2 * new_leads"}}));
  EXPECT_EQ(error.code, Code::catalog_duplicate_id);
  EXPECT_EQ(argument(error, "id"), "new_leads");
}

TEST(Lint, Words) {
  EXPECT_EQ(problem(kpis_with(R"("display": "percent")", R"("display": "%")")), "words:display");
  EXPECT_EQ(problem(kpis_with(R"("better": "neutral")", R"("better": "up")")), "words:better");
  EXPECT_EQ(problem(kpis_with(R"("status": "corrected")", R"("status": "fixed")")), "words:status");
  EXPECT_EQ(problem(kpis_with(R"("family": "cost")", R"("family": "costs")")), "words:family");
}

TEST(Lint, DisplayFitsTheUnit) {
  EXPECT_EQ(problem(kpis_with(R"("unit": "money/mql", "display": "money")", R"("unit": "money/mql", "display": "count")")), "words:display_unit");
  EXPECT_EQ(problem(kpis_with(R"("unit": "mql", "display": "count")", R"("unit": "mql", "display": "money")")), "words:display_unit");
  EXPECT_EQ(problem(kpis_with(R"("display": "days")", R"("display": "ratio")")), "words:display_unit");
}

TEST(Lint, SameFieldsMeanTheSame) {
  const std::string account = R"({"id": "account_name", "kind": "text", "dimension": true}, {"id": "industry")";
  EXPECT_EQ(problem(catalog_with(account, R"({"id": "account_name", "kind": "key"}, {"id": "industry")")), "same_fields:kind");
  EXPECT_EQ(problem(catalog_with(account, R"({"id": "account_name", "kind": "text", "role": "channel"}, {"id": "industry")")), "same_fields:role");
  EXPECT_EQ(problem(catalog_with(R"({"id": "industry", "kind": "text", "dimension": true})", R"({"id": "cost", "kind": "number"})")), "same_fields:money");
  EXPECT_EQ(problem(catalog_with(R"({"id": "industry", "kind": "text", "dimension": true})", R"({"id": "visits", "kind": "number"})")),
            "same_fields:additive");
  EXPECT_EQ(problem(catalog_with(R"({"id": "created_at", "kind": "date"})", R"({"id": "created_at", "kind": "date", "dimension": true})")),
            "same_fields:dimension_not_text");
  EXPECT_EQ(problem(catalog_with(R"({"id": "date", "kind": "date"})", R"({"id": "date", "kind": "date", "money": true})")), "same_fields:number_only");
}

TEST(Lint, Lookups) {
  EXPECT_EQ(problem(catalog_with(R"("key": "lead_id")", R"("key": "created_at")")), "lookups:key");
  EXPECT_EQ(problem(catalog_with(R"("key": "account_name")", R"("key": "sector")")), "lookups:key");
  EXPECT_EQ(problem(catalog_with(R"("of": ["leads"])", R"("of": [])")), "lookups:of");
  EXPECT_EQ(problem(catalog_with(R"("of": ["leads"])", R"("of": ["ad_spend"])")), "lookups:ad_spend");
  const Error unknown = catalog_with(R"("of": ["leads"])", R"("of": ["lead"])");
  EXPECT_EQ(unknown.code, Code::catalog_unknown_reference);
  EXPECT_EQ(argument(unknown, "nearest"), "leads");
}

TEST(Lint, MeasureSourcesNameKnownTablesAndFields) {
  const Error table = catalog_with(R"("table": "ad_spend")", R"("table": "adspend")");
  EXPECT_EQ(table.code, Code::catalog_unknown_reference);
  EXPECT_EQ(argument(table, "id"), "media_spend");
  EXPECT_EQ(argument(table, "reference"), "adspend");
  EXPECT_EQ(argument(table, "nearest"), "ad_spend");
  const Error field = catalog_with(R"("value": "cost")", R"("value": "costs")");
  EXPECT_EQ(field.code, Code::catalog_unknown_reference);
  EXPECT_EQ(argument(field, "nearest"), "cost");
  EXPECT_EQ(catalog_with(R"({"present": ["customer_at"]})", R"({"present": ["customer"]})").code, Code::catalog_unknown_reference);
}

TEST(Lint, MeasureSourcesFitTheirAggregate) {
  EXPECT_EQ(problem(catalog_with(R"("aggregate": "sum", "value": "cost")", R"("aggregate": "sum")")), "measure_sources:aggregate");
  EXPECT_EQ(problem(catalog_with(R"("aggregate": "sum", "value": "cost")", R"("aggregate": "count", "value": "cost")")), "measure_sources:aggregate");
  EXPECT_EQ(problem(catalog_with(R"("days_to": "customer_at", )", "")), "measure_sources:aggregate");
  EXPECT_EQ(problem(catalog_with(R"("distinct": ["account_name"], )", "")), "measure_sources:aggregate");
  EXPECT_EQ(problem(catalog_with(R"("value": "cost", "date": "date")", R"("value": "channel", "date": "date")")), "measure_sources:channel");
  EXPECT_EQ(problem(catalog_with(R"("value": "cost", "date": "date")", R"("value": "cost", "date": "channel")")), "measure_sources:channel");
  EXPECT_EQ(problem(catalog_with(R"("distinct": ["account_name"])", R"("distinct": ["score"])")), "measure_sources:score");
}

TEST(Lint, ParametersAndTheCalendarHaveNoSources) {
  EXPECT_EQ(problem(catalog_with(R"("unit": "lead", "sources")", R"("unit": "lead", "calendar": true, "sources")")), "measure_sources:sources");
  EXPECT_EQ(problem(catalog_with(R"("unit": "lead", "sources")", R"("unit": "lead", "standard": 3, "sources")")), "measure_sources:standard");
  EXPECT_EQ(problem(catalog_with(R"("unit": "lead", "sources")", R"("unit": "lead", "stock": "end", "sources")")), "measure_sources:stock");
  EXPECT_EQ(problem(catalog_with(R"("unit": "lead", "sources")", R"("unit": "lead", "parameter": true, "sources")")), "measure_sources:sources");
}

TEST(Lint, MediansUniqueCountsAndStocksDoNotAddUp) {
  EXPECT_EQ(problem(catalog_with(R"("aggregate": "count", "date": "created_at"}]})", R"("aggregate": "unique", "distinct": ["lead_id"], "date": "created_at"}]})")),
            "measure_sources:additive");
  EXPECT_EQ(problem(catalog_with(R"("aggregate": "count", "date": "created_at"}]})", R"("aggregate": "count"}]})")), "measure_sources:additive");
}

TEST(Lint, MoneyComesFromMoneyAndDaysFromDates) {
  EXPECT_EQ(problem(catalog_with(R"({"id": "media_spend", "unit": "money")", R"({"id": "media_spend", "unit": "click")")), "measure_sources:money");
  EXPECT_EQ(problem(catalog_with(R"({"id": "new_leads", "unit": "lead")", R"({"id": "new_leads", "unit": "money")")), "measure_sources:money");
  EXPECT_EQ(problem(catalog_with(R"("unit": "lead*day")", R"("unit": "lead")")), "measure_sources:days");
}

TEST(Lint, RatiosAndScoresAreNotSummed) {
  const std::string scores = R"({"id": "scores", "unit": "point", "sources": [{"table": "leads", "aggregate": "sum", "value": "score", "date": "created_at"}]},
      {"id": "gross_margin")";
  const Error error = catalog_with(R"({"id": "gross_margin")", scores);
  EXPECT_EQ(problem(error), "sums:score");
  EXPECT_EQ(argument(error, "id"), "scores");
}

TEST(Lint, ReferencesResolveAndNameTheNearest) {
  const Error error = kpis_with("marketing_spend / mqls", "marketing_spent / mqls");
  EXPECT_EQ(error.code, Code::catalog_unknown_reference);
  EXPECT_EQ(argument(error, "id"), "cost_per_mql");
  EXPECT_EQ(argument(error, "reference"), "marketing_spent");
  EXPECT_EQ(argument(error, "nearest"), "marketing_spend");
}

TEST(Lint, CyclesShowTheirPath) {
  const Error error = refused(small_catalog(), leads_kpis({{"start", "ring_a"}, {"ring_a", "new_leads + ring_b"}, {"ring_b", "ring_c"}, {"ring_c", "ring_a"}}));
  EXPECT_EQ(error.code, Code::catalog_cycle);
  EXPECT_EQ(argument(error, "id"), "ring_a");
  EXPECT_EQ(argument(error, "path"), "ring_a,ring_b,ring_c,ring_a");
  EXPECT_EQ(argument(refused(small_catalog(), leads_kpis({{"self", "self + new_leads"}})), "path"), "self,self");
}

TEST(Lint, ALongChainIsNoCycleAndNoDeepRecursion) {
  std::vector<std::pair<std::string, std::string>> chain;
  for (int i = 0; i < 1000; ++i) chain.emplace_back("k" + std::to_string(i), i == 999 ? "new_leads" : "k" + std::to_string(i + 1));
  const Result<Catalog> result = testing_catalog::load(small_catalog(), leads_kpis(chain));
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.value().evaluation_order().front(), 999U);
  EXPECT_EQ(result.value().evaluation_order().back(), 0U);
}

TEST(Lint, TheUnitOfAFormulaIsTheDeclaredOne) {
  // What source 002 item 1 prints: CPL / marketing spend.
  const Error error = kpis_with("marketing_spend / mqls", "cost_per_lead / marketing_spend");
  EXPECT_EQ(error.code, Code::unit_mismatch);
  EXPECT_EQ(argument(error, "id"), "cost_per_mql");
  EXPECT_EQ(argument(error, "declared"), "money/mql");
  EXPECT_EQ(argument(error, "actual"), "1/lead");
  EXPECT_EQ(kpis_with("marketing_spend / mqls", "marketing_spend / mqls + mqls").code, Code::unit_not_addable);
}

TEST(Lint, RatesAreCountsOverCounts) {
  const std::string rate = R"("id": "lead_to_mql_rate", "formula": "mqls / new_leads", "unit": "mql/lead", "display": "percent")";
  const auto with_rate = [&](const std::string& formula, const std::string& unit, const std::string& display) {
    return kpis_with(rate, R"("id": "lead_to_mql_rate", "formula": ")" + formula + R"(", "unit": ")" + unit + R"(", "display": ")" + display + "\"");
  };
  EXPECT_EQ(problem(with_rate("new_leads", "lead", "percent")), "rates:formula");
  EXPECT_EQ(problem(with_rate("2 * mqls / new_leads", "mql/lead", "percent")), "rates:formula");
  EXPECT_EQ(problem(with_rate("media_spend / (media_spend + media_spend)", "1", "percent")), "rates:formula");
  EXPECT_EQ(problem(with_rate("new_customers / new_leads", "customer/lead", "percent")), "rates:formula");
  EXPECT_EQ(problem(with_rate("mqls / new_leads", "mql/lead", "ratio")), "rates:display");
}

TEST(Lint, EveryKpiSaysWhereItComesFrom) {
  EXPECT_EQ(problem(kpis_with(R"({"source": "002", "item": "4"})", "")), "article_sources:none");
  EXPECT_EQ(problem(kpis_with(R"({"source": "002", "item": "4"})", R"({"source": "002", "item": "40"})")), "article_sources:002-40");
  EXPECT_EQ(problem(kpis_with(R"({"source": "002", "item": "4"})", R"({"source": "009", "item": "1"})")), "article_sources:009-1");
  EXPECT_EQ(problem(kpis_with(R"("reason": "garbled", )", "")), "article_sources:reason");
  EXPECT_EQ(problem(kpis_with(R"("status": "composed", "reason": "standard")", R"("status": "as_stated")")), "article_sources:status");
}

TEST(Lint, VariantsNameEachOther) {
  const Error unknown = kpis_with(R"("variants_of": ["cost_per_mql"])", R"("variants_of": ["cost_per_mqls"])");
  EXPECT_EQ(unknown.code, Code::catalog_unknown_reference);
  EXPECT_EQ(argument(unknown, "nearest").substr(0, 12), "cost_per_mql");
  EXPECT_EQ(problem(kpis_with(R"("variants_of": ["cost_per_mql"])", R"("variants_of": ["cost_per_mql", "mqls"])")), "variants:mqls");
  EXPECT_EQ(problem(kpis_with(R"("variants_of": ["cost_per_mql"])", R"("variants_of": ["cost_per_lead"])")), "variants:cost_per_lead");
}

TEST(Lint, ASearchTermLeadsToOneKpi) {
  EXPECT_EQ(problem(kpis_with(R"(["budget"])", R"(["cpl"])")), "synonyms:cpl");
  EXPECT_EQ(problem(kpis_with(R"(["budget"])", R"(["Cost per Lead"])")), "synonyms:Cost per Lead");
  EXPECT_EQ(problem(kpis_with(R"(["budget"])", R"([""])")), "synonyms:");
}

}  // namespace
}  // namespace kpi
