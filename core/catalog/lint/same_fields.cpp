// The same field id means the same thing in every table: kind, role and money agree; only numbers are money or additive.
#include <map>

#include "core/catalog/lint/lint.h"

namespace kpi::lint {
namespace {

constexpr std::string_view kRule = "same_fields";

Status check_field(const Field& field) {
  const bool is_number = field.kind == ColumnKind::kNumber;
  if ((field.is_money || field.is_additive) && !is_number) return invalid(field.id, kRule, "number_only");
  if (field.is_dimension && field.kind != ColumnKind::kText) return invalid(field.id, kRule, "dimension_not_text");
  if (!field.role.empty() && field.kind != ColumnKind::kText) return invalid(field.id, kRule, "role_not_text");
  return Ok{};
}

}  // namespace

Status check_same_fields(const Catalog& catalog) {
  std::map<std::string_view, const Field*> first;
  for (const TableSchema& table : catalog.tables()) {
    for (const Field& field : table.fields) {
      const Status status = check_field(field);
      if (!status.ok()) return status;
      const Field& other = *first.emplace(field.id, &field).first->second;
      if (field.kind != other.kind) return invalid(field.id, kRule, "kind");
      if (field.role != other.role) return invalid(field.id, kRule, "role");
      if (field.is_money != other.is_money) return invalid(field.id, kRule, "money");
      if (field.is_additive != other.is_additive) return invalid(field.id, kRule, "additive");
    }
  }
  return Ok{};
}

}  // namespace kpi::lint
