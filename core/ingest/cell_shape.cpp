#include "core/ingest/cell_shape.h"

#include "core/ingest/cells.h"
#include "core/ingest/date_cell.h"
#include "core/ingest/number_cell.h"

namespace kpi {

CellShape cell_shape(std::string_view cell) {
  if (is_empty_token(cell)) return CellShape::kEmpty;
  bool has_digit = false;
  for (const char c : cell.substr(0, 96)) has_digit = has_digit || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0xD9;
  if (!has_digit) return CellShape::kText;
  const NumberKind number = read_number_cell(cell).kind;
  if (number == NumberKind::kNumber || number == NumberKind::kBound) return CellShape::kNumber;
  const DateKind date = read_date_cell(cell).kind;
  return date == DateKind::kCertain || date == DateKind::kOrdered ? CellShape::kDate : CellShape::kText;
}

bool looks_like_value(std::string_view cell) {
  if (cell_shape(cell) != CellShape::kText) return true;
  if (cell.size() > 200) return false;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const char c = cell[i];
    if (c == '\t' || c == ';' || c == '|' || c == '"') return false;
    if (c == ',' && (i + 1 == cell.size() || cell[i + 1] != ' ')) return false;  // "1,2" left together; a sentence may hold commas
  }
  return true;
}

}  // namespace kpi
