#include "core/ingest/row_filter.h"

#include "core/ingest/cell_shape.h"

namespace kpi {

RowFilter::RowFilter(const Layout& layout, const ReadOptions& options, const std::vector<std::string>& totals_labels)
    : layout_(layout),
      dialect_(layout.dialect),
      labels_(totals_labels),
      columns_(static_cast<std::uint32_t>(layout.headers.size())),
      delimiter_(static_cast<std::uint8_t>(layout.dialect.delimiter)),
      quote_(static_cast<std::uint8_t>(layout.dialect.quote)),
      keep_totals_(options.keep_totals) {
  if (!layout.headers.empty() && layout.headers[0].size() >= 2) {
    header_first_ = static_cast<std::uint8_t>(layout.headers[0][0]);
    header_second_ = static_cast<std::uint8_t>(layout.headers[0][1]);
  }
}

RecordRole RowFilter::judge(const RecordView& record, std::uint64_t number) {
  RecordRole role = classify(record, number);
  if (forced_rows_.contains(number)) role = RecordRole::kRow;
  if (forced_totals_.contains(number)) role = RecordRole::kTotals;
  if (role == RecordRole::kRow) {
    after_gap_ = false;
  } else if (role == RecordRole::kBlank || role == RecordRole::kTotals) {
    after_gap_ = true;
  }
  return role;
}

RecordRole RowFilter::classify(const RecordView& record, std::uint64_t) {
  std::uint32_t filled = 0, first_filled = 0;
  for (std::uint32_t i = 0; i < record.cells && filled < 2; ++i) {
    if (clean_cell(record.cell(i), dialect_, scratch_).empty()) continue;
    if (filled == 0) first_filled = i;
    ++filled;
  }
  if (filled == 0) return RecordRole::kBlank;
  if (is_repeated_header(record)) return RecordRole::kRepeatedHeader;
  if (!keep_totals_) {
    const std::string_view first = clean_cell(record.cell(first_filled), dialect_, scratch_);
    const LabelStrength strength = labels_.match(first);
    if (strength == LabelStrength::kStrong) return RecordRole::kTotals;
    if (strength == LabelStrength::kWeak) {
      const RecordRole role = totals_role(record);
      if (role != RecordRole::kRow) return role;
    }
    for (std::uint32_t i = columns_; i < record.cells; ++i) {
      if (labels_.match(clean_cell(record.cell(i), dialect_, scratch_)) != LabelStrength::kNone) return RecordRole::kTotals;
    }
  }
  if (filled == 1 && columns_ >= 3 && (record.cells == 1 || after_gap_)) return RecordRole::kFooter;
  const bool is_comment = clean_cell(record.cell(0), dialect_, scratch_).starts_with('#');
  if (is_comment && columns_ > 1 && record.cells < columns_) return RecordRole::kFooter;
  return RecordRole::kRow;
}

/// For a label alone: numbers stand in the row, and at least half of its other texts are blank; where every other cell is a number
/// only arithmetic can tell.
RecordRole RowFilter::totals_role(const RecordView& record) {
  std::size_t blank = 0, numbers = 0, texts = 0;
  for (std::uint32_t i = 0; i < record.cells; ++i) {
    switch (cell_shape(clean_cell(record.cell(i), dialect_, scratch_))) {
      case CellShape::kEmpty: ++blank; break;
      case CellShape::kNumber: ++numbers; break;
      case CellShape::kDate:
      case CellShape::kText: ++texts; break;
    }
  }
  texts -= 1;  // the label
  if (numbers == 0 && record.cells != 1) return RecordRole::kRow;
  for (const std::int32_t column : date_columns_) {
    if (static_cast<std::uint32_t>(column) >= record.cells) continue;
    const std::string_view cell = clean_cell(record.cell(static_cast<std::size_t>(column)), dialect_, scratch_);
    if (!is_empty_token(cell) && labels_.match(cell) == LabelStrength::kNone) return RecordRole::kRow;
  }
  if (blank + texts == 0) return record.cells == 1 ? RecordRole::kTotals : RecordRole::kUncertainTotals;
  return blank >= texts ? RecordRole::kTotals : RecordRole::kRow;
}

bool RowFilter::is_repeated_header(const RecordView& record) {
  if (layout_.header_record == 0 || record.cells != columns_) return false;
  bool has_text = false;
  for (std::uint32_t i = 0; i < columns_; ++i) {
    const std::string_view cell = clean_cell(record.cell(i), dialect_, scratch_);
    if (cell != layout_.headers[i]) return false;
    has_text = has_text || !cell.empty();
  }
  return has_text;
}

}  // namespace kpi
