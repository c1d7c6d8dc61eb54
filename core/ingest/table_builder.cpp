#include "core/ingest/table_builder.h"

#include <algorithm>

#include "core/ingest/encoding.h"

namespace kpi {
namespace {

constexpr std::size_t kMaxSetAside = 100;
constexpr std::size_t kMaxTotals = 1000;
constexpr std::size_t kSetAsideBytes = 200;

std::string_view reason_of(RecordRole role) {
  switch (role) {
    case RecordRole::kTotals:
    case RecordRole::kUncertainTotals: return "totals";
    case RecordRole::kFooter: return "footer";
    case RecordRole::kRepeatedHeader: return "repeated_header";
    case RecordRole::kRow:
    case RecordRole::kBlank: return "";
  }
  return "";
}

}  // namespace

TableBuilder::TableBuilder(const Layout& layout, const ReadOptions& options, const std::vector<std::string>& totals_labels,
                           const ReadPlan& plan, const std::vector<ColumnAssumption>& assumptions, std::uint64_t first_offset)
    : layout_(layout),
      columns_(static_cast<std::uint32_t>(layout.headers.size())),
      filter_(layout, options, totals_labels),
      offset_(first_offset) {
  table_.kind = plan.table_kind;
  std::vector<std::int32_t> dates;
  for (std::size_t i = 0; i < plan.columns.size(); ++i) {
    const ColumnPlan& column = plan.columns[i];
    const bool has_header = column.source_column >= 0 && static_cast<std::size_t>(column.source_column) < layout.headers.size();
    readers_.emplace_back(column, has_header ? layout.headers[static_cast<std::size_t>(column.source_column)] : std::string(), layout.dialect, assumptions[i]);
    const bool is_additive = std::find(plan.additive_fields.begin(), plan.additive_fields.end(), column.field) != plan.additive_fields.end();
    if (is_additive && column.kind == ColumnKind::kNumber) additive_.push_back(i);
    if (column.kind == ColumnKind::kDate && has_header) dates.push_back(column.source_column);
  }
  filter_.set_date_columns(std::move(dates));
}

std::size_t TableBuilder::bytes() const {
  std::size_t total = table_.offset_low.bytes();
  for (const ColumnReader& reader : readers_) total += reader.bytes();
  return total;
}

Status TableBuilder::take(const std::uint8_t* text, TileScanner& tiles) {
  const auto too_long = [this] {
    return Error{Code::record_too_long, {{"limit_bytes", static_cast<std::int64_t>(CsvReader::kMaxRecordBytes)}, {"record", static_cast<std::int64_t>(receipt_.records + 1)}}};
  };
  if (tiles.record_ends() == 0) {
    if (tiles.scanned() - tiles.record_start() > CsvReader::kMaxRecordBytes) return too_long();
    return Ok{};
  }
  split(text, tiles);
  const std::uint32_t* ends = tiles.ends();
  // Only the first record of a tile can have begun in an earlier one.
  if (ends[records_[0].first + records_[0].cells - 1] - tiles.record_start() > CsvReader::kMaxRecordBytes) return too_long();
  sort_out(text, ends);
  if (!append_origins(text, ends) || !append_columns(text, ends)) {
    return Error{Code::memory_exhausted, {{"wanted_bytes", static_cast<std::int64_t>(bytes())}}};
  }
  const Row& last = records_.back();
  tiles.drop(last.first + last.cells);
  return Ok{};
}

void TableBuilder::split(const std::uint8_t* text, const TileScanner& tiles) {
  records_.clear();
  if (split_uniform(text, tiles)) return;
  records_.clear();
  const std::uint32_t* ends = tiles.ends();
  const auto record_end = static_cast<std::uint8_t>(layout_.dialect.record_end);
  std::uint32_t first = 0;
  for (std::uint32_t i = 0; i < tiles.count(); ++i) {
    if (text[ends[i]] != record_end) continue;
    records_.push_back({first, i + 1 - first});
    first = i + 1;
  }
}

/// The usual case: every record has as many cells as the header.
bool TableBuilder::split_uniform(const std::uint8_t* text, const TileScanner& tiles) {
  const std::size_t count = tiles.record_ends();
  if (columns_ == 0 || count * columns_ > tiles.count()) return false;
  const std::uint32_t* ends = tiles.ends();
  const auto record_end = static_cast<std::uint8_t>(layout_.dialect.record_end);
  records_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto first = static_cast<std::uint32_t>(i) * columns_;
    if (text[ends[first + columns_ - 1]] != record_end) return false;
    records_[i] = {first, columns_};
  }
  return true;
}

void TableBuilder::sort_out(const std::uint8_t* text, const std::uint32_t* ends) {
  rows_.clear();
  numbers_.clear();
  narrowest_ = columns_;
  for (const Row& record : records_) {
    const RecordView view{text, ends + record.first, record.cells};
    const std::uint64_t number = ++receipt_.records;
    if (__builtin_expect(number <= layout_.header_record, 0)) {
      const bool is_blank = trim(view.raw()).empty();
      if (number == layout_.header_record) {
        ++receipt_.header;
      } else if (is_blank) {
        ++receipt_.blank;
      } else {
        ++receipt_.preamble;
        note("preamble", view);
      }
      continue;
    }
    const RecordRole role = filter_.role(view, number);
    if (__builtin_expect(role != RecordRole::kRow, 0)) {
      set_aside(role, view);
      continue;
    }
    if (__builtin_expect(record.cells != columns_, 0)) note_width(view);
    rows_.push_back(record);
    numbers_.push_back(number);
    narrowest_ = std::min(narrowest_, record.cells);
  }
  receipt_.used += rows_.size();
}

void TableBuilder::set_aside(RecordRole role, const RecordView& record) {
  switch (role) {
    case RecordRole::kBlank: ++receipt_.blank; return;
    case RecordRole::kFooter: ++receipt_.footers; break;
    case RecordRole::kRepeatedHeader: ++receipt_.repeated_headers; break;
    case RecordRole::kTotals:
    case RecordRole::kUncertainTotals: {
      ++receipt_.totals;
      if (totals_.size() >= kMaxTotals) break;
      TotalsRow row{receipt_.records, {}, role == RecordRole::kUncertainTotals, {}};
      for (std::uint32_t i = 0; i < record.cells && i < CsvReader::kMaxColumns; ++i) {
        row.cells.push_back(sanitise_utf8(cut_utf8(clean_cell(record.cell(i), layout_.dialect, scratch_), kSetAsideBytes)));
      }
      row.label = label_of(row.cells);
      totals_.push_back(std::move(row));
      break;
    }
    case RecordRole::kRow: return;
  }
  note(reason_of(role), record);
}

/// The cell that names a totals row; the first filled one where none does.
std::string TableBuilder::label_of(const std::vector<std::string>& cells) const {
  const std::string* first = nullptr;
  for (const std::string& cell : cells) {
    if (cell.empty()) continue;
    if (filter_.labels().match(cell) != LabelStrength::kNone) return cell;
    if (first == nullptr) first = &cell;
  }
  return first == nullptr ? std::string() : *first;
}

void TableBuilder::note(std::string_view reason, const RecordView& record) {
  if (receipt_.set_aside.size() >= kMaxSetAside) return;
  std::string text = sanitise_utf8(trim(cut_utf8(record.raw(), kSetAsideBytes)));
  receipt_.set_aside.push_back({receipt_.records, reason, std::string(cut_utf8(text, kSetAsideBytes))});
}

void TableBuilder::note_width(const RecordView& record) {
  bool is_too_long = false;
  for (std::uint32_t i = columns_; i < record.cells && !is_too_long; ++i) {
    is_too_long = !clean_cell(record.cell(i), layout_.dialect, scratch_).empty();
  }
  if (record.cells >= columns_ && !is_too_long) return;
  diagnostics_.add(is_too_long ? Code::row_too_long : Code::row_too_short,
                   {{"cells", static_cast<std::int64_t>(record.cells)}, {"columns", static_cast<std::int64_t>(columns_)}}, {receipt_.records, -1});
}

std::uint64_t TableBuilder::offset_of(const std::uint8_t* text, std::uint32_t position) {
  offset_ += layout_.encoding == Encoding::kUtf8 ? position - position_ : source_bytes(layout_.encoding, {text + position_, position - position_});
  position_ = position;
  return offset_;
}

bool TableBuilder::append_origins(const std::uint8_t* text, const std::uint32_t* ends) {
  std::size_t from = 0;
  while (from < rows_.size()) {
    std::uint32_t* out = table_.offset_low.tail();
    if (out == nullptr) return false;
    const std::size_t count = std::min(rows_.size() - from, table_.offset_low.tail_room());
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t offset = offset_of(text, ends[static_cast<std::ptrdiff_t>(rows_[from + i].first) - 1] + 1);
      const std::uint64_t number = numbers_[from + i];
      const std::uint64_t row = table_.row_count + from + i;
      if (__builtin_expect(number != next_number_, 0)) table_.jumps.push_back({row, number});
      next_number_ = number + 1;
      if (__builtin_expect(offset - high_ > 0xFFFFFFFFU, 0)) {
        high_ = offset;
        table_.highs.push_back({row, high_});
      }
      out[i] = static_cast<std::uint32_t>(offset - high_);
    }
    table_.offset_low.grow(count);
    from += count;
  }
  return true;
}

bool TableBuilder::append_columns(const std::uint8_t* text, const std::uint32_t* ends) {
  const std::size_t count = rows_.size();
  if (starts_.size() < count) {
    starts_.resize(count);
    stops_.resize(count);
  }
  for (std::size_t from = 0; from < count; from += kSegmentRows) {
    for (ColumnReader& reader : readers_) {
      gather(text, ends, reader.source_column());
      const std::size_t part = std::min(count - from, kSegmentRows);
      const CellRun run{text, starts_.data() + from, stops_.data() + from, numbers_.data() + from, part};
      if (!reader.read(run, diagnostics_)) return false;
    }
  }
  table_.row_count += count;
  return true;
}

void TableBuilder::gather(const std::uint8_t* text, const std::uint32_t* ends, std::int32_t column) {
  const std::size_t count = rows_.size();
  const auto c = static_cast<std::uint32_t>(column);
  if (column < 0 || c >= columns_) {
    std::fill_n(starts_.begin(), count, 0U);
    std::fill_n(stops_.begin(), count, 0U);
    return;
  }
  if (c < narrowest_) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t* end = ends + rows_[i].first + c;
      starts_[i] = end[-1] + 1;
      stops_[i] = end[0];
    }
  } else {
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t* end = ends + rows_[i].first + c;
      const bool has_cell = c < rows_[i].cells;
      starts_[i] = has_cell ? end[-1] + 1 : 0;
      stops_[i] = has_cell ? end[0] : 0;
    }
  }
  if (c + 1 < narrowest_ || layout_.dialect.record_end != '\n') return;
  for (std::size_t i = 0; i < count; ++i) {  // the last cell of a record that ends in CR LF
    if (c + 1 == rows_[i].cells && stops_[i] > starts_[i] && text[stops_[i] - 1] == '\r') --stops_[i];
  }
}

}  // namespace kpi
