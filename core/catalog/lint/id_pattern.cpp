// Ids are snake_case words of at most 64 letters; a new meaning is a new id, never "_v2".
#include "core/catalog/lint/lint.h"

namespace kpi::lint {
namespace {

constexpr std::size_t kMaxLength = 64;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_version_suffix(std::string_view id) {
  std::size_t end = id.size();
  while (end > 0 && is_digit(id[end - 1])) --end;
  return end != id.size() && end >= 2 && id.substr(end - 2, 2) == "_v";
}

bool is_id(std::string_view id) {
  if (id.empty() || id.size() > kMaxLength || !is_lower(id[0]) || id.back() == '_') return false;
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (!is_lower(id[i]) && !is_digit(id[i]) && id[i] != '_') return false;
    if (id[i] == '_' && id[i + 1] == '_') return false;  // the last one is no underscore
  }
  return !has_version_suffix(id);
}

}  // namespace

Status check_id_pattern(const Catalog& catalog) {
  constexpr std::string_view kRule = "id_pattern";
  for (const TableSchema& table : catalog.tables()) {
    if (!is_id(table.id)) return invalid(table.id, kRule, "table");
    for (const Field& field : table.fields) {
      if (!is_id(field.id)) return invalid(field.id, kRule, "field");
    }
  }
  for (const Measure& measure : catalog.measures()) {
    if (!is_id(measure.id)) return invalid(measure.id, kRule, "measure");
    for (const MeasureSource& source : measure.sources) {
      if (!source.note.empty() && !is_id(source.note)) return invalid(measure.id, kRule, source.note);
    }
  }
  for (const Kpi& kpi : catalog.kpis()) {
    if (!is_id(kpi.id)) return invalid(kpi.id, kRule, "kpi");
    if (!is_id(kpi.family)) return invalid(kpi.id, kRule, "family");
  }
  return Ok{};
}

}  // namespace kpi::lint
