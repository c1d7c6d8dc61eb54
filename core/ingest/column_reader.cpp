#include "core/ingest/column_reader.h"

#include <algorithm>
#include <limits>

namespace kpi {

ColumnReader::ColumnReader(const ColumnPlan& plan, std::string header, const Dialect& dialect, ColumnAssumption assumption)
    : loop_(loop_of(plan.kind, plan.has_time)), dialect_(dialect), assumption_(assumption), is_name_(plan.is_name) {
  column_.field = plan.field;
  column_.header = std::move(header);
  column_.source_column = plan.source_column;
  column_.kind = plan.kind;
}

bool ColumnReader::read(const CellRun& run, Diagnostics& diagnostics) {
  std::size_t from = 0;
  while (from < run.count) {
    std::size_t room = kSegmentRows;
    switch (column_.kind) {
      case ColumnKind::kText: room = column_.codes.tail_room(); break;
      case ColumnKind::kKey: room = column_.keys.tail_room(); break;
      case ColumnKind::kNumber: room = column_.numbers.tail_room(); break;
      case ColumnKind::kDate: room = column_.days.tail_room(); break;
    }
    const std::size_t count = std::min(room, run.count - from);
    if (!(this->*loop_)(run, from, count, diagnostics)) return false;
    from += count;
  }
  return true;
}

ColumnReader::Loop ColumnReader::loop_of(ColumnKind kind, bool has_time) {
  switch (kind) {
    case ColumnKind::kText: return &ColumnReader::read_texts;
    case ColumnKind::kKey: return &ColumnReader::read_keys;
    case ColumnKind::kNumber: return &ColumnReader::read_numbers;
    case ColumnKind::kDate: break;
  }
  return has_time ? &ColumnReader::read_moments : &ColumnReader::read_dates;
}

std::size_t ColumnReader::bytes() const {
  return column_.codes.bytes() + column_.keys.bytes() + column_.numbers.bytes() + column_.days.bytes() + column_.dictionary.bytes();
}

void ColumnReader::report(Code code, std::string_view cell, std::uint64_t record, Diagnostics& diagnostics) const {
  if (diagnostics.total(code) >= Diagnostics::kKeptPerCode) {
    diagnostics.count(code, 1);
    return;
  }
  diagnostics.add(code, {{"header", column_.header}, {"text", sanitise_utf8(cut_utf8(cell, 80))}}, {record, column_.source_column});
}

}  // namespace kpi
