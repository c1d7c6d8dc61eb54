#include "core/catalog/loader.h"

#include <algorithm>
#include <utility>

#include "core/base/embedded.h"
#include "core/base/order.h"
#include "core/catalog/json_entry.h"
#include "core/catalog/json_text.h"
#include "core/catalog/lint/lint.h"
#include "core/catalog/vocabulary.h"

namespace kpi {
namespace {

using nlohmann::json;

Unit read_unit(const std::string& text, EntryContext& context) {
  Result<Unit> unit = Unit::parse(text);
  if (unit.ok()) return std::move(unit).value();
  if (!context.error) context.error = unit.error();
  return {};
}

/// How a number of this unit is shown: a plain one is a share.
std::string display_of(const Unit& unit) {
  if (unit.is_one()) return "percent";
  if (unit.exponent("money") == 1) return "money";
  for (const auto& [symbol, display] : {std::pair{"day", "days"}, std::pair{"second", "seconds"}, std::pair{"hour", "hours"}, std::pair{"month", "months"}, std::pair{"year", "years"}}) {
    if (unit.to_string() == symbol) return display;
  }
  return unit.to_string().find('/') == std::string::npos ? "count" : "number";
}

/// A word out of a closed list, or empty when the member is absent.
std::string read_word(JsonEntry& entry, const char* member, std::span<const std::string_view> words, EntryContext& context) {
  std::string word = entry.text(member, false);
  if (!word.empty() && !is_one_of(word, words)) context.fail("value", member);
  return word;
}

Field read_field(const json& value, EntryContext& context) {
  JsonEntry entry(value, context);
  Field field{};
  field.id = entry.text("id", true);
  field.kind = static_cast<ColumnKind>(entry.choice("kind", column_kinds()));
  field.is_dimension = entry.flag("dimension", false);
  field.is_additive = entry.flag("additive", false);
  field.is_money = entry.flag("money", false);
  field.role = read_word(entry, "role", field_roles(), context);
  field.has_time = entry.flag("time", false);
  field.is_derived = entry.flag("derived", false);
  entry.done();
  return field;
}

WordCondition read_word_condition(const json& value, EntryContext& context) {
  JsonEntry entry(value, context);
  WordCondition condition{entry.text("field", true), entry.texts("words")};
  entry.done();
  return condition;
}

Condition read_condition(const json& value, EntryContext& context) {
  JsonEntry entry(value, context);
  Condition condition;
  condition.present = entry.texts("present");
  condition.deal_status = read_word(entry, "deal_status", deal_statuses(), context);
  condition.reached = read_word(entry, "reached", lead_stages(), context);
  condition.entered = read_word(entry, "entered", entry_stages(), context);
  condition.movement = entry.texts("movement");
  for (const std::string& word : condition.movement) {
    if (!is_one_of(word, movements())) context.fail("value", "movement");
  }
  for (const json* word : entry.entries("is")) condition.is.push_back(read_word_condition(*word, context));
  condition.active = entry.flag("active", false);
  entry.done();
  return condition;
}

MeasureSource read_measure_source(const json& value, EntryContext& context) {
  JsonEntry entry(value, context);
  MeasureSource source;
  source.table = entry.text("table", true);
  source.aggregate = static_cast<Aggregate>(entry.choice("aggregate", aggregates()));
  source.value_field = entry.text("value", false);
  source.days_from = entry.text("days_from", false);
  source.days_to = entry.text("days_to", false);
  source.distinct_fields = entry.texts("distinct");
  source.outcome_field = entry.text("outcome", false);
  source.channel_field = entry.text("channel_from", false);
  source.date_field = entry.text("date", false);
  if (const json* where = entry.object("where")) source.where = read_condition(*where, context);
  source.note = entry.text("note", false);
  entry.done();
  return source;
}

ExpressionPtr read_formula(const std::string& text, EntryContext& context) {
  Result<ExpressionPtr> formula = parse_formula(text);
  if (formula.ok()) return std::move(formula).value();
  if (!context.error) context.error = formula.error();
  return nullptr;
}

SourceReference read_source_reference(const json& value, EntryContext& context) {
  JsonEntry entry(value, context);
  SourceReference reference{entry.text("source", true), entry.text("item", false)};
  entry.done();
  return reference;
}

}  // namespace

void CatalogLoader::read_table(const json& value, EntryContext& context) {
  JsonEntry entry(value, context);
  TableSchema table;
  table.id = context.id = entry.text("id", true);
  table.is_lookup = entry.flag("lookup", false);
  table.key = entry.text("key", false);
  table.of_tables = entry.texts("of");
  for (const json* field : entry.entries("fields")) table.fields.push_back(read_field(*field, context));
  entry.done();
  catalog_.tables_.push_back(std::move(table));
}

void CatalogLoader::read_measure(const json& value, EntryContext& context) {
  JsonEntry entry(value, context);
  Measure measure;
  measure.id = context.id = entry.text("id", true);
  measure.unit = read_unit(entry.text("unit", true), context);
  measure.is_additive = entry.flag("additive", true);
  measure.is_parameter = entry.flag("parameter", false);
  measure.is_calendar = entry.flag("calendar", false);
  measure.standard = entry.number("standard");
  measure.also = entry.texts("also");
  measure.typed_with = entry.texts("typed_with");
  measure.display = read_word(entry, "display", displays(), context);
  if (measure.display.empty()) measure.display = display_of(measure.unit);
  const std::string stock = read_word(entry, "stock", stocks(), context);
  measure.stock = stock.empty() ? Stock::kNone : stock == "start" ? Stock::kStart : Stock::kEnd;
  measure.of = entry.text("of", false);
  const std::string earlier = read_word(entry, "earlier", earlier_values(), context);
  measure.earlier = earlier.empty() ? Earlier::kNone : earlier == "period" ? Earlier::kPeriod : Earlier::kLag;
  measure.is_whole = entry.flag("whole", false);
  for (const json* source : entry.entries("sources")) measure.sources.push_back(read_measure_source(*source, context));
  entry.done();
  measure.typed.table = "totals";
  measure.typed.aggregate = Aggregate::kSum;
  measure.typed.value_field = "value";
  measure.typed.date_field = "period";
  measure.typed.note = "typed";
  catalog_.measures_.push_back(std::move(measure));
}

void CatalogLoader::read_kpi(const json& value, const std::string& family, EntryContext& context) {
  JsonEntry entry(value, context);
  Kpi kpi;
  kpi.id = context.id = entry.text("id", true);
  kpi.family = family;
  kpi.formula_text = entry.text("formula", true);
  kpi.cohort_text = entry.text("cohort", false);
  kpi.unit = read_unit(entry.text("unit", true), context);
  kpi.display = entry.text("display", true);
  kpi.better = entry.text("better", true);
  kpi.is_rate = entry.flag("rate", false);
  for (const json* source : entry.entries("sources")) kpi.sources.push_back(read_source_reference(*source, context));
  kpi.status = entry.text("status", true);
  kpi.status_reason = entry.text("reason", false);
  kpi.variants_of = entry.texts("variants_of");
  kpi.synonyms = entry.texts("synonyms");
  entry.done();
  kpi.formula = read_formula(kpi.formula_text, context);
  if (!kpi.cohort_text.empty()) kpi.cohort = read_formula(kpi.cohort_text, context);
  catalog_.kpis_.push_back(std::move(kpi));
}

Status CatalogLoader::add(std::string_view file, std::string_view text) {
  EntryContext context{std::string(file), {}, {}};
  const json root = parse_json(text);
  if (root.is_discarded() || !root.is_object()) {
    context.fail("kind", "file");
    return *context.error;
  }
  JsonEntry entry(root, context);
  for (std::string& listed : entry.texts("families")) catalog_.families_.push_back(std::move(listed));
  const std::string family = entry.text("family", false);
  for (const json* table : entry.entries("tables")) read_table(*table, context);
  for (const json* measure : entry.entries("measures")) read_measure(*measure, context);
  for (const json* kpi : entry.entries("kpis")) read_kpi(*kpi, family, context);
  context.id.clear();
  entry.done();
  if (context.error) return *context.error;
  return Ok{};
}

/// Files come in any order; KPIs stand by family. Without a list of families: in the order of their first KPI.
void CatalogLoader::sort_by_family() {
  std::vector<std::string>& families = catalog_.families_;
  const auto place = [&](const std::string& family) { return std::find(families.begin(), families.end(), family) - families.begin(); };
  if (families.empty()) {
    for (const Kpi& kpi : catalog_.kpis_) {
      if (std::find(families.begin(), families.end(), kpi.family) == families.end()) families.push_back(kpi.family);
    }
  }
  sort_list(catalog_.kpis_, [&](const Kpi& a, const Kpi& b) { return place(a.family) < place(b.family); });
}

Result<Catalog> CatalogLoader::finish() && {
  sort_by_family();
  for (const lint::Rule& rule : lint::rules()) {
    const Status status = rule.check(catalog_);
    if (!status.ok()) return status.error();
  }
  Result<std::vector<std::size_t>> order = lint::dependency_order(catalog_);
  if (!order.ok()) return order.error();
  catalog_.order_ = std::move(order).value();
  return std::move(catalog_);
}

Result<Catalog> Catalog::load(const std::vector<std::pair<std::string, std::string>>& files) {
  CatalogLoader loader;
  for (const auto& [file, text] : files) {
    const Status status = loader.add(file, text);
    if (!status.ok()) return status.error();
  }
  return std::move(loader).finish();
}

Result<Catalog> Catalog::load() {
  CatalogLoader loader;
  for (const std::string_view path : embedded_files("core/catalog/data/")) {
    const Status status = loader.add(path, embedded_file(path));
    if (!status.ok()) return status.error();
  }
  return std::move(loader).finish();
}

}  // namespace kpi
