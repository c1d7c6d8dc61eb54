// A measure is a parameter or has sources; each source names a table, fields of the right kinds, and only what its aggregate uses.
#include "core/catalog/lint/lint.h"
#include "core/catalog/nearest.h"

namespace kpi::lint {
namespace {

constexpr std::string_view kRule = "measure_sources";

Error unknown(const std::string& id, const std::string& reference, const std::vector<std::string>& known) {
  return {Code::catalog_unknown_reference, {{"id", id}, {"reference", reference}, {"nearest", nearest_ids(reference, known)}}};
}

/// Which value a source aggregates must fit the aggregate: none for counts, a number or days for sums and medians, keys for distinct.
bool value_fits(const MeasureSource& source) {
  const bool has_value = !source.value_field.empty();
  const bool has_days = !source.days_from.empty() && !source.days_to.empty();
  const bool has_half_days = source.days_from.empty() != source.days_to.empty();
  const bool has_distinct = !source.distinct_fields.empty();
  if (has_half_days) return false;
  if ((source.aggregate == Aggregate::kCohort) == source.where.entered.empty()) return false;
  if ((source.aggregate == Aggregate::kMovement) == source.where.movement.empty()) return false;
  if ((source.aggregate == Aggregate::kAuc) == source.outcome_field.empty()) return false;
  if (source.aggregate != Aggregate::kRetained && source.where.active) return false;
  switch (source.aggregate) {
    case Aggregate::kCount:
    case Aggregate::kCohort: return !has_value && !has_days && !has_distinct;
    case Aggregate::kSum:
    case Aggregate::kMedian: return has_value != has_days && !has_distinct;
    case Aggregate::kMovement:
    case Aggregate::kActive: return !has_days && !has_distinct;
    case Aggregate::kRetained: return !has_value && !has_days && !has_distinct;
    case Aggregate::kAuc: return has_value && !has_days && !has_distinct;
    case Aggregate::kUnique:
    case Aggregate::kDistinct: return has_distinct && !has_value && !has_days;
  }
  return false;
}

class SourceCheck {
 public:
  SourceCheck(const Measure& measure, const TableSchema& table) : measure_(measure), table_(table) {}

  Status check(const MeasureSource& source) const {
    for (const std::string& field : source.needed_fields()) {
      if (table_.find(field) == nullptr) return unknown(measure_.id, field, field_ids());
    }
    if (!value_fits(source)) return problem("aggregate");
    if (!is_kind(source.value_field, ColumnKind::kNumber)) return problem(source.value_field);
    if (!is_kind(source.outcome_field, ColumnKind::kNumber)) return problem(source.outcome_field);
    if (!is_kind(source.channel_field, ColumnKind::kText)) return problem(source.channel_field);
    for (const std::string& date : {source.date_field, source.days_from, source.days_to}) {
      if (!is_kind(date, ColumnKind::kDate)) return problem(date);
    }
    for (const std::string& field : source.distinct_fields) {
      const bool is_name = source.aggregate == Aggregate::kDistinct && is_kind(field, ColumnKind::kText);
      if (!is_kind(field, ColumnKind::kKey) && !is_name) return problem(field);
    }
    for (const WordCondition& condition : source.where.is) {
      const Field& field = *table_.find(condition.field);
      if (!field.is_dimension || field.role.empty() || condition.words.empty()) return problem(condition.field);
    }
    return check_unit(source);
  }

 private:
  Error problem(std::string_view what) const { return invalid(measure_.id, kRule, what); }
  bool is_kind(const std::string& field, ColumnKind kind) const { return field.empty() || table_.find(field)->kind == kind; }

  /// Money comes from money fields and from nothing else; days come from two dates; a sum over rows counts in rows.
  Status check_unit(const MeasureSource& source) const {
    const Field* value = table_.find(source.value_field);
    const bool is_money = value != nullptr && value->is_money;
    if (is_money != (measure_.unit.exponent("money") == 1)) return problem("money");
    const bool is_days = !source.days_from.empty();
    if (is_days != (measure_.unit.exponent("day") == 1)) return problem("days");
    return Ok{};
  }

  std::vector<std::string> field_ids() const {
    std::vector<std::string> ids;
    for (const Field& field : table_.fields) ids.push_back(field.id);
    return ids;
  }

  const Measure& measure_;
  const TableSchema& table_;
};

/// Medians and stocks do not add up, and every source of a measure must agree on that. An account counts once, at its first win: that adds up.
bool additivity_fits(const Measure& measure) {
  for (const MeasureSource& source : measure.sources) {
    const bool adds_up = source.aggregate != Aggregate::kMedian && source.aggregate != Aggregate::kUnique && source.aggregate != Aggregate::kActive && source.aggregate != Aggregate::kAuc;
    if (source.aggregate == Aggregate::kActive && measure.stock == Stock::kNone) return false;
    if (!adds_up && measure.is_additive) return false;
    if (source.date_field.empty() && measure.is_additive) return false;  // a stock
  }
  return true;
}

}  // namespace

Status check_measure_sources(const Catalog& catalog) {
  std::vector<std::string> tables;
  for (const TableSchema& table : catalog.tables()) tables.push_back(table.id);
  for (const Measure& measure : catalog.measures()) {
    // A measure without sources can still be typed.
    if ((measure.is_parameter || measure.is_calendar) && !measure.sources.empty()) return invalid(measure.id, kRule, "sources");
    if (measure.standard && !measure.is_parameter && !measure.is_calendar) return invalid(measure.id, kRule, "standard");
    if (measure.stock != Stock::kNone && measure.is_additive) return invalid(measure.id, kRule, "stock");
    if (!measure.of.empty() && (!measure.sources.empty() || measure.is_additive || measure.is_whole == (measure.earlier != Earlier::kNone))) return invalid(measure.id, kRule, "of");
    if (measure.of.empty() && (measure.is_whole || measure.earlier != Earlier::kNone)) return invalid(measure.id, kRule, "of");
    const Measure* of = catalog.measure(measure.of);
    if (!measure.of.empty() && of == nullptr && (measure.is_whole || catalog.kpi(measure.of) == nullptr)) return invalid(measure.id, kRule, "of");
    for (const std::string& id : measure.typed_with) {
      const Measure* other = catalog.measure(id);
      if (other == nullptr || other == &measure || !(other->unit == measure.unit)) return invalid(measure.id, kRule, "typed_with");
    }
    if (!additivity_fits(measure)) return invalid(measure.id, kRule, "additive");
    for (const MeasureSource& source : measure.sources) {
      const TableSchema* table = catalog.table(source.table);
      if (table == nullptr) return unknown(measure.id, source.table, tables);
      if (table->is_lookup) return invalid(measure.id, kRule, "lookup");
      const Status status = SourceCheck(measure, *table).check(source);
      if (!status.ok()) return status;
    }
  }
  return Ok{};
}

}  // namespace kpi::lint
