// A lookup joins on a text field that it and every table it enriches have; other tables count a row once by a key field.
#include "core/catalog/lint/lint.h"
#include "core/catalog/nearest.h"

namespace kpi::lint {
namespace {

constexpr std::string_view kRule = "lookups";

Error unknown_table(const Catalog& catalog, const std::string& id, const std::string& reference) {
  std::vector<std::string> known;
  for (const TableSchema& table : catalog.tables()) known.push_back(table.id);
  return {Code::catalog_unknown_reference, {{"id", id}, {"reference", reference}, {"nearest", nearest_ids(reference, known)}}};
}

Status check_lookup(const Catalog& catalog, const TableSchema& table) {
  const Field* key = table.find(table.key);
  if (key == nullptr || key->kind != ColumnKind::kText) return invalid(table.id, kRule, "key");
  if (table.of_tables.empty()) return invalid(table.id, kRule, "of");
  for (const std::string& of : table.of_tables) {
    const TableSchema* enriched = catalog.table(of);
    if (enriched == nullptr) return unknown_table(catalog, table.id, of);
    if (enriched->is_lookup || enriched->find(table.key) == nullptr) return invalid(table.id, kRule, of);
  }
  return Ok{};
}

}  // namespace

Status check_lookups(const Catalog& catalog) {
  for (const TableSchema& table : catalog.tables()) {
    if (table.is_lookup) {
      const Status status = check_lookup(catalog, table);
      if (!status.ok()) return status;
      continue;
    }
    if (!table.of_tables.empty()) return invalid(table.id, kRule, "of");
    if (table.key.empty()) continue;
    const Field* key = table.find(table.key);
    if (key == nullptr || key->kind != ColumnKind::kKey) return invalid(table.id, kRule, "key");
  }
  return Ok{};
}

}  // namespace kpi::lint
