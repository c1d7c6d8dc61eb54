#include "core/api/report_json.h"

#include <algorithm>
#include <cmath>

#include "core/api/conversion_json.h"
#include "core/base/order.h"
#include "core/catalog/vocabulary.h"

namespace kpi {
namespace {

Json value_json(const Value& value) { return number_or_null(value); }

Json values_json(const std::vector<Value>& values) {
  Json array = Json::array();
  for (const Value& v : values) append(array, value_json(v));
  return array;
}

std::string currency_of(const Value& value) {
  const Quantity* q = std::get_if<Quantity>(&value);
  return q == nullptr ? std::string() : std::string(q->currency);
}

Json compared_json(const Value& value, const Value& compared) {
  const Quantity* now = std::get_if<Quantity>(&value);
  const Quantity* before = std::get_if<Quantity>(&compared);
  const bool is_comparable = now != nullptr && before != nullptr &&
                             (now->currency == before->currency || now->currency.empty() || before->currency.empty());
  Object json;
  json.put("value", value_json(compared)).put("undefined", undefined_or_null(compared)).put_null("delta").put_null("ratio");
  if (is_comparable) {
    json.put("delta", now->value - before->value);
    if (before->value != 0) json.put("ratio", (now->value - before->value) / std::fabs(before->value));
  }
  return json.take();
}

Object kpi_json(const KpiResult& k) {
  Json checks = Json::array();
  for (const std::string_view check : k.checks) {
    Object object;
    append(checks, std::move(object.put("code", check).put("args", Json::object())));
  }
  Object json;
  json.put("id", k.kpi->id).put("family", k.kpi->family).put("unit", k.kpi->unit.to_string()).put("display", k.kpi->display);
  json.put("better", k.kpi->better).put("value", value_json(k.value)).put("currency", currency_of(k.value));
  json.put("undefined", undefined_or_null(k.value)).put("series", values_json(k.series)).put("compare", k.compared ? compared_json(k.value, *k.compared) : Json(nullptr));
  json.put("checks", std::move(checks));
  Json interval;
  if (k.interval) {
    interval.push_back(k.interval->low);
    interval.push_back(k.interval->high);
  }
  json.put("interval", std::move(interval));
  if (k.numerator) json.put("numerator", *k.numerator);
  if (k.denominator) json.put("denominator", *k.denominator);
  if (k.basis != Basis::kAuto) {
    json.put("basis", basis_name(k.basis));
  }
  if (k.other_basis) {
    Object other;
    other.put("basis", basis_name(k.basis == Basis::kCohort ? Basis::kPeriod : Basis::kCohort));
    json.put("other_basis", std::move(other.put("value", value_json(*k.other_basis)).put("undefined", undefined_or_null(*k.other_basis))));
  }
  if (k.maturity) {
    Object maturity;
    maturity.put("value", value_json(k.maturity->total)).put("undefined", undefined_or_null(k.maturity->total));
    json.put("maturity", std::move(maturity.put("series", values_json(k.maturity->series))));
  }
  if (!k.compared_also.empty()) {
    Json also = Json::array();
    for (const Value& value : k.compared_also) append(also, compared_json(k.value, value));
    json.put("compare_also", std::move(also));
  }
  if (!k.compared_series.empty()) json.put("compare_series", values_json(k.compared_series));
  return json;
}

Json buckets_json(const Window& window) {
  Json array = Json::array();
  for (const Bucket& b : window.buckets) {
    Object bucket;
    bucket.put("label", window.calendar.label(b.first, window.grain));
    append(array, std::move(bucket.put_date("from", b.first).put_date("to", b.last).put("partial", b.is_partial)));
  }
  return array;
}

Object member_json(const Member& m) {
  Object object;
  return std::move(object.put("key", m.key).put("label", m.label).put("canonical", m.is_canonical).put("rows", m.rows));
}

/// {"click_through_rate":{"k","n","low","high","differs"}} of one member; differs: from all others together, null where that is not known.
Object member_rates_json(const Report& report, std::size_t member) {
  Object rates;
  for (const KpiResult& k : report.kpis) {
    if (k.member_rates.empty() || !k.member_rates[member]) continue;
    const MemberRate& rate = *k.member_rates[member];
    Object json;
    json.put("k", rate.counts.k).put("n", rate.counts.n).put("low", rate.interval.low).put("high", rate.interval.high);
    rate.differs ? json.put("differs", *rate.differs) : json.put_null("differs");
    rates.put(k.kpi->id.c_str(), std::move(json));
  }
  return rates;
}

Json compared_member_json(const Report& report, std::size_t member) {
  Json values = Json::array();
  for (const KpiResult& k : report.kpis) append(values, value_json(k.compared_by_member[member]));
  return values;
}

Json groups_json(const Report& report) {
  if (report.group == nullptr) return nullptr;
  Json members = Json::array();
  for (std::size_t i = 0; i < report.member_order.size(); ++i) {
    Json values = Json::array();
    Object currencies, reasons;
    for (const KpiResult& k : report.kpis) {
      append(values, value_json(k.by_member[i]));
      const std::string currency = currency_of(k.by_member[i]);
      if (!currency.empty()) currencies.put(k.kpi->id.c_str(), currency);
      const Undefined* u = std::get_if<Undefined>(&k.by_member[i]);
      if (u != nullptr && u->code != "missing_input") reasons.put(k.kpi->id.c_str(), u->code);
    }
    Object object = member_json(report.group->members()[report.member_order[i]]);
    object.put("values", std::move(values)).put("currencies", std::move(currencies)).put("reasons", std::move(reasons));
    object.put("rates", member_rates_json(report, i));
    Json left_out = Json::array();
    for (const KpiResult& k : report.kpis) {
      if (k.left_out_by_member[i]) append(left_out, std::string_view(k.kpi->id));
    }
    object.put("left_out", std::move(left_out));
    if (report.compared) object.put("compare_values", compared_member_json(report, i));
    append(members, std::move(object));
  }
  Object groups;
  return groups.put("dimension", report.group->id()).put("members", std::move(members)).take();
}

Object ledger_json(const Report& report, const Dataset& dataset) {
  const Catalog& catalog = dataset.catalog();
  Json sources = Json::array();
  std::string currency;
  for (std::size_t m = 0; m < report.measures.size(); ++m) {
    const std::string own = currency_of(report.measures[m].total);
    if (!own.empty()) currency = currency.empty() || currency == own ? own : "mixed";
    std::vector<const MeasureSource*> seen;
    for (const FileUse& use : report.measures[m].files) {
      if (std::find(seen.begin(), seen.end(), use.source) != seen.end()) continue;
      seen.push_back(use.source);
      Object source;
      append(sources, std::move(source.put("measure", catalog.measures()[m].id).put("table", use.source->table).put("note", use.source->note)));
    }
  }
  Json files = Json::array();
  for (const auto& t : dataset.tables()) files.push_back(t->file);
  Json lines = Json::array();
  for (const char* id : {"marketing_spend", "sales_spend"}) {
    const Kpi* spend = catalog.kpi(id);
    for (const std::string& line : spend == nullptr ? std::vector<std::string>() : references(*spend->formula)) {
      const Measure* measure = catalog.measure(line);
      const std::size_t m = static_cast<std::size_t>(measure - catalog.measures().data());
      if (measure != nullptr && std::holds_alternative<Quantity>(report.measures[m].total)) append(lines, std::string_view(line));
    }
  }
  Object ledger;
  ledger.put("basis", basis_name(report.basis)).put("stages", stage_rule_name(report.stages));
  ledger.put("year_starts_in", static_cast<int>(report.window.calendar.year_starts_in())).put("week_starts", week_start_name(report.window.calendar.week())).put("sources", std::move(sources)).put("cost_lines", std::move(lines));
  return std::move(ledger.put("currency", currency).put("conversion", conversion_json(report, dataset)).put("files", std::move(files)));
}

Object compared_window_json(const ComparedWindow& compared) {
  Object json;
  json.put("kind", compare_name(compared.request.kind)).put("back", compared.request.back).put("so_far", compared.is_so_far);
  return std::move(json.put_date("from", compared.window.first).put_date("to", compared.window.last));
}

Object period_json(const Report& report) {
  Object period;
  report.compared ? period.put("compare", compared_window_json(*report.compared)) : period.put_null("compare");
  Json also = Json::array();
  for (const ComparedWindow& one : report.compared_also) append(also, compared_window_json(one));
  period.put("compare_also", std::move(also));
  period.put_date("from", report.window.first).put_date("to", report.window.last).put("unbounded", report.window.is_unbounded);
  period.put("grain", grain_name(report.window.grain));
  return std::move(period.put_date("data_from", report.data_first).put_date("data_to", report.data_last));
}

Object node_json(const TraceNode& node) {
  Json children = Json::array();
  for (const TraceNode& child : node.children) append(children, node_json(child));
  Object json;
  json.put("op", node.operation).put("value", number_or_null(node.value)).put("children", std::move(children));
  if (!node.reference.empty()) json.put("id", node.reference);
  if (const std::string currency = currency_of(node.value); !currency.empty()) json.put("currency", currency);
  if (std::holds_alternative<Undefined>(node.value)) json.put("undefined", undefined_or_null(node.value));
  return json;
}

std::string_view aggregate_name(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::kCount: return "count";
    case Aggregate::kSum: return "sum";
    case Aggregate::kMedian: return "median";
    case Aggregate::kDistinct: return "distinct";
    case Aggregate::kUnique: return "unique";
    case Aggregate::kMovement: return "movement";
    case Aggregate::kActive: return "active";
    case Aggregate::kCohort: return "cohort";
    case Aggregate::kRetained: return "retained";
    case Aggregate::kAuc: return "auc";
  }
  return "count";
}

Object source_json(const MeasureSource& s) {
  Object where;
  where.put("present", s.where.present).put("deal_status", s.where.deal_status).put("reached", s.where.reached).put("entered", s.where.entered);
  Object source;
  source.put("table", s.table).put("aggregate", aggregate_name(s.aggregate)).put("value_field", s.value_field);
  source.put("days_from", s.days_from).put("days_to", s.days_to).put("date_field", s.date_field);
  return std::move(source.put("distinct_fields", s.distinct_fields).put("where", std::move(where)).put("note", s.note));
}

Object table_json(const TableSchema& t) {
  Json fields = Json::array();
  for (const Field& f : t.fields) {
    if (f.is_derived) continue;  // no file has it
    Object field;
    field.put("id", f.id).put("kind", kind_name(f.kind)).put("dimension", f.is_dimension);
    append(fields, std::move(field.put("money", f.is_money).put("additive", f.is_additive)));
  }
  Object table;
  table.put("id", t.id).put("lookup", t.is_lookup).put("key", t.key).put("of", t.of_tables);
  return std::move(table.put("fields", std::move(fields)));
}

Object measure_json(const Measure& m) {
  Object measure;
  measure.put("id", m.id).put("unit", m.unit.to_string()).put("display", m.display);
  measure.put("parameter", m.is_parameter).put("additive", m.is_additive).put("calendar", m.is_calendar);
  measure.put("stock", stocks()[static_cast<std::size_t>(m.stock)]);
  m.standard ? measure.put("standard", *m.standard) : measure.put_null("standard");
  return measure;
}

Object kpi_entry_json(const Kpi& k) {
  Json sources = Json::array();
  for (const SourceReference& s : k.sources) {
    Object source;
    append(sources, std::move(source.put("source", s.source).put("item", s.item)));
  }
  Object kpi;
  kpi.put("id", k.id).put("family", k.family).put("unit", k.unit.to_string()).put("display", k.display).put("better", k.better);
  kpi.put("formula", k.formula_text).put_or_null("cohort", k.cohort != nullptr, k.cohort_text).put("rate", k.is_rate).put("status", k.status).put("reason", k.status_reason);
  kpi.put("sources", std::move(sources)).put("variants_of", k.variants_of).put("synonyms", k.synonyms);
  return std::move(kpi.put("inputs", references(*k.formula)));
}

}  // namespace

Object to_json(const Report& report, const Dataset& dataset) {
  Json kpis = Json::array();
  for (const KpiResult& k : report.kpis) append(kpis, kpi_json(k));
  Json next = Json::array();
  for (const Opportunity& o : next_tables(dataset, report)) {
    Json unlocks = Json::array();
    for (const std::string_view id : o.kpis) append(unlocks, id);
    Object opportunity;
    append(next, std::move(opportunity.put("table", o.table).put("unlocks", std::move(unlocks))));
  }
  Object json;
  json.put("period", period_json(report)).put("kpis", std::move(kpis)).put("buckets", buckets_json(report.window));
  return std::move(json.put("groups", groups_json(report)).put("ledger", ledger_json(report, dataset)).put("next", std::move(next)));
}

Json to_json(const Explanation& explanation) {
  Json inputs = Json::array();
  for (const Explanation::Input& input : explanation.inputs) {
    Json files = Json::array();
    for (const FileUse& use : input.files) {
      Object file;
      append(files, std::move(file.put("file", use.file).put("rows", use.rows)));
    }
    Object json;
    json.put("id", input.measure->id).put("value", number_or_null(input.value)).put("undefined", undefined_or_null(input.value));
    json.put("currency", currency_of(input.value)).put("unit", input.measure->unit.to_string()).put("display", input.measure->display).put("parameter", input.measure->is_parameter);
    input.files.empty() ? json.put_null("source") : json.put("source", source_json(*input.files.front().source));
    append(inputs, std::move(json.put("files", std::move(files))));
  }
  Json missing = Json::array();
  for (const Measure* measure : explanation.missing) {
    Json options = Json::array();
    for (const MeasureSource& s : measure->sources) {
      Object option;
      append(options, std::move(option.put("table", s.table).put("fields", s.needed_fields())));
    }
    Object json;
    append(missing, std::move(json.put("measure", measure->id).put("parameter", measure->is_parameter).put("options", std::move(options))));
  }
  Object json;
  json.put("kpi", explanation.kpi->id).put("trace", node_json(explanation.trace));
  return json.put("measures", std::move(inputs)).put("missing", std::move(missing)).take();
}

Json to_json(const Solution& solution) {
  Object json;
  json.put("kpi", solution.kpi->id).put("measure", solution.measure->id).put("target", solution.target);
  Json values = Json::array();
  for (const double value : solution.values) append(values, Json(value));
  json.put("values", std::move(values));
  json.put("undefined", undefined_or_null(solution.values.empty() ? Value(solution.reason) : Value(Quantity{0, {}})));
  json.put("kpi_now", value_json(solution.kpi_now)).put("measure_now", value_json(solution.measure_now));
  return json.put("currency", currency_of(solution.kpi_now)).take();
}

Json dimensions_json(const Dataset& dataset) {
  constexpr std::size_t kListed = 200;
  Json array = Json::array();
  for (const std::string& id : available_dimensions(dataset)) {
    Dimension dimension(dataset, id);
    dimension.count_rows();
    std::vector<const Member*> members;
    for (const Member& m : dimension.members()) {
      if (m.rows != 0) members.push_back(&m);
    }
    const std::size_t count = members.size();
    sort_list(members, [](const Member* a, const Member* b) { return a->rows != b->rows ? a->rows > b->rows : a->key < b->key; }, kListed);
    Json values = Json::array();
    for (const Member* member : members) append(values, member_json(*member));
    std::vector<std::string> tables;
    for (const DimensionView& view : dimension.views()) {
      const std::string& kind = view.table->table.kind;
      if (std::find(tables.begin(), tables.end(), kind) == tables.end()) tables.push_back(kind);
    }
    Object json;
    json.put("id", id).put("tables", tables).put("members", static_cast<std::uint64_t>(count));
    append(array, std::move(json.put("values", std::move(values))));
  }
  return array;
}

Json catalog_json(const Catalog& catalog) {
  Json tables = Json::array(), measures = Json::array(), kpis = Json::array();
  for (const TableSchema& t : catalog.tables()) append(tables, table_json(t));
  for (const Measure& m : catalog.measures()) append(measures, measure_json(m));
  std::vector<std::string> families;
  for (const Kpi& k : catalog.kpis()) {
    if (std::find(families.begin(), families.end(), k.family) == families.end()) families.push_back(k.family);
    append(kpis, kpi_entry_json(k));
  }
  Object json;
  json.put("tables", std::move(tables)).put("measures", std::move(measures)).put("kpis", std::move(kpis));
  return json.put("families", families).take();
}

}  // namespace kpi
