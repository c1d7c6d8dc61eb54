#include <gtest/gtest.h>

#include "tests/unit/catalog/small_catalog.h"

namespace kpi {
namespace {

using testing_catalog::argument;
using testing_catalog::refused;
using testing_catalog::small_catalog;
using testing_catalog::small_kpis;
using testing_catalog::with;

std::string problem(const Error& error) {
  EXPECT_EQ(error.code, Code::catalog_invalid) << code_name(error.code);
  return argument(error, "problem");
}

TEST(CatalogLoader, ReadsEveryMember) {
  const Result<Catalog> result = testing_catalog::load(small_catalog(), small_kpis());
  ASSERT_TRUE(result.ok());
  const Catalog& c = result.value();
  ASSERT_EQ(c.tables().size(), 3U);
  EXPECT_EQ(c.table("leads")->key, "lead_id");
  EXPECT_TRUE(c.table("accounts")->is_lookup);
  EXPECT_EQ(c.table("accounts")->of_tables, std::vector<std::string>{"leads"});
  const Field* cost = c.table("ad_spend")->find("cost");
  EXPECT_TRUE(cost->is_money && cost->is_additive && !cost->is_dimension);
  EXPECT_EQ(cost->kind, ColumnKind::kNumber);
  EXPECT_EQ(c.table("ad_spend")->find("channel")->role, "channel");
  const MeasureSource& customers = c.measure("new_customers")->sources[0];
  EXPECT_EQ(customers.aggregate, Aggregate::kDistinct);
  EXPECT_EQ(customers.distinct_fields, std::vector<std::string>{"account_name"});
  EXPECT_EQ(customers.where.present, std::vector<std::string>{"customer_at"});
  EXPECT_FALSE(c.measure("new_customers")->is_additive);
  EXPECT_EQ(c.measure("mqls")->sources[0].where.reached, "mql");
  EXPECT_EQ(c.measure("mqls")->sources[0].note, "by_stage_rank");
  EXPECT_EQ(c.measure("days")->sources[0].days_to, "customer_at");
  EXPECT_TRUE(c.measure("gross_margin")->is_parameter);
  const Kpi* cost_per_mql = c.kpi("cost_per_mql");
  EXPECT_EQ(cost_per_mql->family, "cost");
  EXPECT_EQ(cost_per_mql->formula_text, "marketing_spend / mqls");
  EXPECT_EQ(cost_per_mql->unit.to_string(), "money/mql");
  EXPECT_EQ(cost_per_mql->status, "corrected");
  EXPECT_EQ(cost_per_mql->status_reason, "garbled");
  EXPECT_EQ(cost_per_mql->sources[0].item, "1");
  EXPECT_EQ(cost_per_mql->variants_of, std::vector<std::string>{"cost_per_lead"});
  EXPECT_TRUE(c.kpi("lead_to_mql_rate")->is_rate);
  EXPECT_EQ(c.kpi("cost_per_lead")->synonyms, std::vector<std::string>{"CPL"});
  EXPECT_EQ(c.kpi("nothing"), nullptr);
  EXPECT_EQ(c.measure("nothing"), nullptr);
  EXPECT_EQ(c.table("nothing"), nullptr);
}

TEST(CatalogLoader, EvaluationOrderPutsInputsFirst) {
  const Result<Catalog> result = testing_catalog::load(small_catalog(), small_kpis());
  ASSERT_TRUE(result.ok());
  std::vector<std::string> ids;
  for (const std::size_t i : result.value().evaluation_order()) ids.push_back(result.value().kpis()[i].id);
  EXPECT_EQ(ids, (std::vector<std::string>{"marketing_spend", "cost_per_lead", "cost_per_mql", "mqls", "lead_to_mql_rate", "days_to_customer"}));
}

TEST(CatalogLoader, KpisStandByFamilyWhateverTheOrderOfFiles) {
  const std::string deals = R"({"family": "deals", "kpis": [{"id": "leads_seen", "formula": "new_leads", "unit": "lead", "display": "count",
    "better": "higher", "sources": [{"source": "002", "item": "4"}], "status": "as_stated"}]})";
  const Result<Catalog> result = Catalog::load({{"a.json", deals}, {"b.json", small_kpis()}, {"c.json", small_catalog()}});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.value().kpis().front().family, "cost");
  EXPECT_EQ(result.value().kpis().back().id, "leads_seen");
  EXPECT_EQ(result.value().families(), (std::vector<std::string>{"cost", "deals"}));
}

TEST(CatalogLoader, RefusesWhatIsNoJsonObject) {
  int checked = 0;
  for (const char* text : {"", "{", "[]", "3", "\"x\"", "{\"kpis\": [}", "\xFF"}) {
    const Result<Catalog> result = Catalog::load({{"x.json", text}});
    ASSERT_FALSE(result.ok()) << text;
    EXPECT_EQ(problem(result.error()), "kind:file") << text;
    EXPECT_EQ(argument(result.error(), "file"), "x.json");
    ++checked;
  }
  EXPECT_EQ(checked, 7);
}

TEST(CatalogLoader, NamesTheMemberThatIsMissing) {
  const Error error = refused(small_catalog(), with(small_kpis(), R"("unit": "money/mql", )", ""));
  EXPECT_EQ(problem(error), "missing:unit");
  EXPECT_EQ(argument(error, "file"), "kpis.json");
  EXPECT_EQ(argument(error, "id"), "cost_per_mql");
}

TEST(CatalogLoader, NamesTheMemberOfTheWrongKind) {
  EXPECT_EQ(problem(refused(small_catalog(), with(small_kpis(), R"("rate": true)", R"("rate": "yes")"))), "kind:rate");
  EXPECT_EQ(problem(refused(small_catalog(), with(small_kpis(), R"("formula": "mqls")", R"("formula": 3)"))), "kind:formula");
  EXPECT_EQ(problem(refused(small_catalog(), with(small_kpis(), R"(["CPL"])", R"("CPL")"))), "kind:synonyms");
  EXPECT_EQ(problem(refused(small_catalog(), with(small_kpis(), R"(["CPL"])", "[1]"))), "kind:synonyms");
  EXPECT_EQ(problem(refused(small_catalog(), R"({"kpis": {}})")), "kind:kpis");
  EXPECT_EQ(problem(refused(small_catalog(), R"({"kpis": [7]})")), "kind:entry");
  EXPECT_EQ(problem(refused(with(small_catalog(), R"("where": {"reached": "mql"})", R"("where": [])"), small_kpis())), "kind:where");
}

TEST(CatalogLoader, AMisspeltMemberIsNotOverlooked) {
  EXPECT_EQ(problem(refused(small_catalog(), with(small_kpis(), R"("rate": true)", R"("is_rate": true)"))), "unknown:is_rate");
  EXPECT_EQ(problem(refused(with(small_catalog(), R"("reached": "mql")", R"("reachd": "mql")"), small_kpis())), "unknown:reachd");
  EXPECT_EQ(problem(refused(small_catalog(), R"({"family": "cost", "kpi": []})")), "unknown:kpi");
}

TEST(CatalogLoader, WordsComeFromClosedLists) {
  EXPECT_EQ(problem(refused(with(small_catalog(), R"("kind": "key")", R"("kind": "id")"), small_kpis())), "value:kind");
  EXPECT_EQ(problem(refused(with(small_catalog(), R"("aggregate": "sum")", R"("aggregate": "mean")"), small_kpis())), "value:aggregate");
  EXPECT_EQ(problem(refused(with(small_catalog(), R"("reached": "mql")", R"("reached": "lead")"), small_kpis())), "value:reached");
  EXPECT_EQ(problem(refused(with(small_catalog(), R"("role": "channel")", R"("role": "chanel")"), small_kpis())), "value:role");
}

TEST(CatalogLoader, PassesOnWhatIsWrongWithAFormulaOrUnit) {
  EXPECT_EQ(refused(small_catalog(), with(small_kpis(), "marketing_spend / mqls", "marketing_spend % mqls")).code, Code::formula_unexpected);
  EXPECT_EQ(refused(small_catalog(), with(small_kpis(), "marketing_spend / mqls", "marketing_spend /")).code, Code::formula_unexpected_end);
  EXPECT_EQ(refused(small_catalog(), with(small_kpis(), "money/mql", "money per mql")).code, Code::unit_invalid);
}

TEST(MeasureSource, NeedsItsFieldsOnceEach) {
  MeasureSource source;
  source.value_field = "amount";
  source.days_from = "created_at";
  source.days_to = "closed_at";
  source.date_field = "closed_at";
  source.distinct_fields = {"account_id"};
  source.where.present = {"created_at", "owner"};
  source.where.deal_status = "won";
  source.where.reached = "mql";
  EXPECT_EQ(source.needed_fields(), (std::vector<std::string>{"amount", "created_at", "closed_at", "account_id", "owner"}));
  EXPECT_TRUE(MeasureSource().needed_fields().empty());
}

}  // namespace
}  // namespace kpi
