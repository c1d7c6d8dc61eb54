// An id stands once among tables, once among a table's fields, and once among measures and KPIs together. The one exception: a KPI
// that only shows a measure bears the measure's name.
#include <set>

#include "core/catalog/lint/lint.h"

namespace kpi::lint {
namespace {

Error duplicate(const std::string& id) { return {Code::catalog_duplicate_id, {{"id", id}}}; }

}  // namespace

Status check_unique_ids(const Catalog& catalog) {
  std::set<std::string_view> tables, measures, kpis;
  for (const TableSchema& table : catalog.tables()) {
    if (!tables.insert(table.id).second) return duplicate(table.id);
    std::set<std::string_view> fields;
    for (const Field& field : table.fields) {
      if (!fields.insert(field.id).second) return duplicate(field.id);
    }
  }
  for (const Measure& measure : catalog.measures()) {
    if (!measures.insert(measure.id).second) return duplicate(measure.id);
  }
  for (const Kpi& kpi : catalog.kpis()) {
    if (!kpis.insert(kpi.id).second) return duplicate(kpi.id);
    if (measures.count(kpi.id) != 0 && !shows_measure(catalog, kpi)) return duplicate(kpi.id);
  }
  return Ok{};
}

}  // namespace kpi::lint
