#include "core/api/report_json.h"

#include <algorithm>
#include <set>

namespace kpi {
namespace {

Error invalid(const char* at, const char* expected) {
  return Error{Code::request_invalid, {{"at", std::string(at)}, {"expected", std::string(expected)}}};
}

Json value_json(const Value& value) { return number_or_null(value); }

Json values_json(const std::vector<Value>& values) {
  Json array = Json::array();
  for (const Value& v : values) array.push_back(value_json(v));
  return array;
}

std::string currency_of(const Value& value) {
  const Quantity* q = std::get_if<Quantity>(&value);
  return q == nullptr ? std::string() : std::string(q->currency);
}

Json compared_json(const KpiResult& k) {
  if (!k.compared) return nullptr;
  const Quantity* now = std::get_if<Quantity>(&k.value);
  const Quantity* before = std::get_if<Quantity>(&*k.compared);
  const bool is_comparable = now != nullptr && before != nullptr &&
                             (now->currency == before->currency || now->currency.empty() || before->currency.empty());
  Json json = {{"value", value_json(*k.compared)}, {"undefined", undefined_or_null(*k.compared)}, {"delta", nullptr}, {"ratio", nullptr}};
  if (is_comparable) {
    json["delta"] = number_or_null(now->value - before->value);
    if (before->value != 0) json["ratio"] = number_or_null((now->value - before->value) / std::fabs(before->value));
  }
  return json;
}

Json kpi_json(const KpiResult& k) {
  Json checks = Json::array();
  for (const std::string_view check : k.checks) checks.push_back({{"code", std::string(check)}, {"args", Json::object()}});
  Json json = {{"id", k.kpi->id},
               {"family", k.kpi->family},
               {"unit", k.kpi->unit.to_string()},
               {"display", k.kpi->display},
               {"better", k.kpi->better},
               {"value", value_json(k.value)},
               {"currency", currency_of(k.value)},
               {"undefined", undefined_or_null(k.value)},
               {"interval", k.interval ? Json::array({k.interval->low, k.interval->high}) : Json(nullptr)},
               {"series", values_json(k.series)},
               {"compare", compared_json(k)},
               {"checks", std::move(checks)}};
  if (k.numerator) json["numerator"] = number_or_null(*k.numerator);
  if (k.denominator) json["denominator"] = number_or_null(*k.denominator);
  if (!k.compared_series.empty()) json["compare_series"] = values_json(k.compared_series);
  return json;
}

Json buckets_json(const Window& window) {
  Json array = Json::array();
  for (const Bucket& b : window.buckets) {
    array.push_back({{"label", period_label(period_start(b.first, window.grain), window.grain)},
                     {"from", format_iso_date(b.first)},
                     {"to", format_iso_date(b.last)},
                     {"partial", b.is_partial}});
  }
  return array;
}

Json groups_json(const Report& report) {
  if (report.group == nullptr) return nullptr;
  Json members = Json::array();
  for (std::size_t i = 0; i < report.member_order.size(); ++i) {
    const Member& m = report.group->members()[report.member_order[i]];
    Json values = Json::array();
    Json currencies = Json::object();
    Json reasons = Json::object();
    for (const KpiResult& k : report.kpis) {
      values.push_back(value_json(k.by_member[i]));
      const std::string currency = currency_of(k.by_member[i]);
      if (!currency.empty()) currencies[k.kpi->id] = currency;
      const Undefined* u = std::get_if<Undefined>(&k.by_member[i]);
      if (u != nullptr && u->code != "missing_input") reasons[k.kpi->id] = std::string(u->code);
    }
    members.push_back({{"key", m.key}, {"label", m.label}, {"canonical", m.is_canonical}, {"rows", m.rows},
                       {"values", std::move(values)}, {"currencies", std::move(currencies)}, {"reasons", std::move(reasons)}});
  }
  return {{"dimension", report.group->id()}, {"members", std::move(members)}};
}

Json ledger_json(const Report& report, const Dataset& dataset) {
  const Catalog& catalog = dataset.catalog();
  Json sources = Json::array();
  std::set<std::string> currencies;
  for (std::size_t m = 0; m < report.measures.size(); ++m) {
    const std::string currency = currency_of(report.measures[m].total);
    if (!currency.empty()) currencies.insert(currency);
    std::set<std::pair<std::string, std::string>> seen;
    for (const FileUse& use : report.measures[m].files) {
      if (!seen.emplace(use.source->table, use.source->note).second) continue;
      sources.push_back({{"measure", catalog.measures()[m].id}, {"table", use.source->table}, {"note", use.source->note}});
    }
  }
  Json files = Json::array();
  for (const auto& t : dataset.tables()) files.push_back(t->file);
  return {{"basis", "period"},
          {"sources", std::move(sources)},
          {"cost_lines", Json::array({"media_spend"})},
          {"currency", currencies.size() == 1 ? *currencies.begin() : currencies.empty() ? std::string() : std::string("mixed")},
          {"files", std::move(files)}};
}

Json date_or_null(Day day) { return day == kNoDay ? Json(nullptr) : Json(format_iso_date(day)); }

Json period_json(const Report& report) {
  Json compare = nullptr;
  if (report.compared) {
    compare = {{"kind", std::string(compare_name(report.compare))},
               {"from", date_or_null(report.compared->first)},
               {"to", date_or_null(report.compared->last)}};
  }
  return {{"from", date_or_null(report.window.first)},
          {"to", date_or_null(report.window.last)},
          {"unbounded", report.window.is_unbounded},
          {"grain", std::string(grain_name(report.window.grain))},
          {"data_from", date_or_null(report.data_first)},
          {"data_to", date_or_null(report.data_last)},
          {"compare", std::move(compare)}};
}

Result<std::optional<Day>> read_day(const Json& request, const char* key) {
  const Result<std::optional<std::string>> text = read_text(request, key);
  if (!text.ok()) return text.error();
  if (!text.value()) return std::optional<Day>();
  const std::optional<Day> day = parse_iso_date(*text.value());
  if (!day) return Error{Code::date_invalid, {{"at", std::string(key)}, {"text", *text.value()}}};
  return day;
}

Status read_filters(const Json& request, ReportRequest& into) {
  const Json* filters = member(request, "filters");
  if (filters == nullptr) return Ok{};
  if (!filters->is_array()) return invalid("filters", "array");
  for (const Json& filter : *filters) {
    const Result<std::optional<std::string>> dimension = read_text(filter, "dimension");
    const Json* values = member(filter, "values");
    if (!dimension.ok() || !dimension.value() || values == nullptr || !values->is_array()) return invalid("filters", "dimension and values");
    std::vector<std::string> keys;
    for (const Json& value : *values) {
      if (!value.is_string()) return invalid("filters.values", "strings");
      keys.push_back(value.get_ref<const std::string&>());
    }
    into.filters.emplace_back(*dimension.value(), std::move(keys));
  }
  return Ok{};
}

Status read_parameters(const Json& request, ReportRequest& into) {
  const Json* parameters = member(request, "parameters");
  if (parameters == nullptr) return Ok{};
  if (!parameters->is_object()) return invalid("parameters", "object");
  for (const auto& [key, value] : parameters->items()) {
    if (value.is_null()) continue;
    if (!value.is_number()) return invalid("parameters", "numbers");
    into.parameters[key] = value.get<double>();
  }
  return Ok{};
}

Json node_json(const TraceNode& node) {
  Json children = Json::array();
  for (const TraceNode& child : node.children) children.push_back(node_json(child));
  Json json = {{"op", std::string(node.operation)}, {"value", number_or_null(node.value)}, {"children", std::move(children)}};
  if (!node.reference.empty()) json["id"] = node.reference;
  if (const std::string currency = currency_of(node.value); !currency.empty()) json["currency"] = currency;
  if (std::holds_alternative<Undefined>(node.value)) json["undefined"] = undefined_or_null(node.value);
  return json;
}

std::string_view aggregate_name(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::kCount: return "count";
    case Aggregate::kSum: return "sum";
    case Aggregate::kMedian: return "median";
    case Aggregate::kDistinct: return "distinct";
  }
  return "count";
}

Json source_json(const MeasureSource& s) {
  return {{"table", s.table},
          {"aggregate", std::string(aggregate_name(s.aggregate))},
          {"value_field", s.value_field},
          {"days_from", s.days_from},
          {"days_to", s.days_to},
          {"date_field", s.date_field},
          {"distinct_fields", s.distinct_fields},
          {"where", {{"present", s.where.present}, {"deal_status", s.where.deal_status}, {"reached", s.where.reached}}},
          {"note", s.note}};
}

Json table_json(const TableSchema& t) {
  Json fields = Json::array();
  for (const Field& f : t.fields) {
    const char* kind = f.kind == ColumnKind::kText ? "text" : f.kind == ColumnKind::kKey ? "key" : f.kind == ColumnKind::kNumber ? "number" : "date";
    fields.push_back({{"id", f.id}, {"kind", kind}, {"dimension", f.is_dimension}, {"money", f.is_money}, {"additive", f.is_additive}});
  }
  return {{"id", t.id}, {"lookup", t.is_lookup}, {"key", t.key}, {"of", t.of_tables}, {"fields", std::move(fields)}};
}

}  // namespace

Result<ReportRequest> read_report_request(const Json& request) {
  ReportRequest out;
  const Result<std::optional<Day>> from = read_day(request, "from");
  const Result<std::optional<Day>> to = read_day(request, "to");
  if (!from.ok()) return from.error();
  if (!to.ok()) return to.error();
  out.from = from.value();
  out.to = to.value();
  const auto grain = read_text(request, "grain");
  const auto group_by = read_text(request, "group_by");
  const auto compare = read_text(request, "compare");
  for (const auto* text : {&grain, &group_by, &compare}) {
    if (!text->ok()) return text->error();
  }
  if (grain.value()) {
    const std::optional<Grain> parsed = parse_grain(*grain.value());
    if (!parsed) return invalid("grain", "day|week|month|quarter|year");
    out.grain = *parsed;
  }
  if (compare.value()) {
    const std::optional<CompareKind> parsed = parse_compare(*compare.value());
    if (!parsed) return invalid("compare", "none|previous_period|same_period_last_year");
    out.compare = *parsed;
  }
  out.group_by = group_by.value().value_or("");
  if (const Status s = read_filters(request, out); !s.ok()) return s.error();
  if (const Status s = read_parameters(request, out); !s.ok()) return s.error();
  return out;
}

Json to_json(const Report& report, const Dataset& dataset) {
  Json kpis = Json::array();
  for (const KpiResult& k : report.kpis) kpis.push_back(kpi_json(k));
  Json next = Json::array();
  for (const Opportunity& o : next_tables(dataset, report)) {
    Json unlocks = Json::array();
    for (const std::string_view id : o.kpis) unlocks.push_back(std::string(id));
    next.push_back({{"table", std::string(o.table)}, {"unlocks", std::move(unlocks)}});
  }
  return {{"period", period_json(report)}, {"kpis", std::move(kpis)},   {"buckets", buckets_json(report.window)},
          {"groups", groups_json(report)}, {"ledger", ledger_json(report, dataset)}, {"next", std::move(next)}};
}

Json to_json(const Explanation& explanation) {
  Json inputs = Json::array();
  for (const Explanation::Input& input : explanation.inputs) {
    Json files = Json::array();
    for (const FileUse& use : input.files) files.push_back({{"file", use.file}, {"rows", use.rows}});
    inputs.push_back({{"id", input.measure->id},
                      {"value", number_or_null(input.value)},
                      {"undefined", undefined_or_null(input.value)},
                      {"currency", currency_of(input.value)},
                      {"unit", input.measure->unit.to_string()},
                      {"parameter", input.measure->is_parameter},
                      {"source", input.files.empty() ? Json(nullptr) : source_json(*input.files.front().source)},
                      {"files", std::move(files)}});
  }
  Json missing = Json::array();
  for (const Measure* measure : explanation.missing) {
    Json options = Json::array();
    for (const MeasureSource& s : measure->sources) options.push_back({{"table", s.table}, {"fields", s.needed_fields()}});
    missing.push_back({{"measure", measure->id}, {"parameter", measure->is_parameter}, {"options", std::move(options)}});
  }
  return {{"kpi", explanation.kpi->id}, {"trace", node_json(explanation.trace)}, {"measures", std::move(inputs)}, {"missing", std::move(missing)}};
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
    std::sort(members.begin(), members.end(), [](const Member* a, const Member* b) { return a->rows != b->rows ? a->rows > b->rows : a->key < b->key; });
    Json values = Json::array();
    for (std::size_t i = 0; i < std::min(kListed, members.size()); ++i) {
      values.push_back({{"key", members[i]->key}, {"label", members[i]->label}, {"canonical", members[i]->is_canonical}, {"rows", members[i]->rows}});
    }
    std::set<std::string> tables;
    for (const DimensionView& view : dimension.views()) tables.insert(view.table->table.kind);
    array.push_back({{"id", id}, {"tables", tables}, {"members", members.size()}, {"values", std::move(values)}});
  }
  return array;
}

Json catalog_json(const Catalog& catalog) {
  Json tables = Json::array();
  for (const TableSchema& t : catalog.tables()) tables.push_back(table_json(t));
  Json measures = Json::array();
  for (const Measure& m : catalog.measures()) {
    measures.push_back({{"id", m.id}, {"unit", m.unit.to_string()}, {"parameter", m.is_parameter}, {"additive", m.is_additive}});
  }
  Json kpis = Json::array();
  Json families = Json::array();
  for (const Kpi& k : catalog.kpis()) {
    if (std::find(families.begin(), families.end(), Json(k.family)) == families.end()) families.push_back(k.family);
    Json sources = Json::array();
    for (const SourceReference& s : k.sources) sources.push_back({{"source", s.source}, {"item", s.item}});
    kpis.push_back({{"id", k.id}, {"family", k.family}, {"unit", k.unit.to_string()}, {"display", k.display}, {"better", k.better},
                    {"formula", k.formula_text}, {"rate", k.is_rate}, {"status", k.status}, {"reason", k.status_reason},
                    {"sources", std::move(sources)}, {"variants_of", k.variants_of}, {"synonyms", k.synonyms},
                    {"inputs", references(*k.formula)}});
  }
  return {{"tables", std::move(tables)}, {"measures", std::move(measures)}, {"kpis", std::move(kpis)}, {"families", std::move(families)}};
}

}  // namespace kpi
