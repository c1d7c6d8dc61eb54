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
  const std::uint32_t* ends = tiles.ends();
  std::size_t consumed = 0;
  is_plain_ = take_plain(text, tiles);
  if (is_plain_) {
    consumed = row_count_ * columns_;
  } else {
    split(text, tiles);
    // Only the first record of a tile can have begun in an earlier one.
    if (ends[records_[0].first + records_[0].cells - 1] - tiles.record_start() > CsvReader::kMaxRecordBytes) return too_long();
    sort_out(text, ends);
    consumed = records_.back().first + records_.back().cells;
  }
  if (!append_origins(text, ends) || !append_columns(text, ends)) {
    return Error{Code::memory_exhausted, {{"wanted_bytes", static_cast<std::int64_t>(bytes())}}};
  }
  tiles.drop(consumed);
  return Ok{};
}

/// The usual tile: every record is as wide as the header, none begins like anything but a row. Then nothing is listed.
bool TableBuilder::take_plain(const std::uint8_t* text, const TileScanner& tiles) {
  const std::size_t count = tiles.record_ends();
  const std::uint32_t* ends = tiles.ends();
  if (columns_ == 0 || receipt_.records < layout_.header_record || count * columns_ > tiles.count()) return false;
  if (ends[columns_ - 1] - tiles.record_start() > CsvReader::kMaxRecordBytes) return false;
  const auto record_end = static_cast<std::uint8_t>(layout_.dialect.record_end);
  for (std::size_t i = 0; i < count; ++i) {
    const RecordView record{text, ends + i * columns_, columns_};
    if (text[record.end()] != record_end || !filter_.is_plain_row(record)) return false;
  }
  row_count_ = count;
  narrowest_ = columns_;
  first_number_ = receipt_.records + 1;
  receipt_.records += count;
  receipt_.used += count;
  return true;
}

void TableBuilder::split(const std::uint8_t* text, const TileScanner& tiles) {
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
  row_count_ = rows_.size();
  receipt_.used += row_count_;
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
  for (std::size_t from = 0; from < row_count_;) {
    std::uint32_t* out = table_.offset_low.tail();
    if (out == nullptr) return false;
    const std::size_t count = std::min(row_count_ - from, table_.offset_low.tail_room());
    if (!append_plain_origins(text, ends, from, count, out)) {
      for (std::size_t i = 0; i < count; ++i) {
        out[i] = origin_of(text, first_byte_of(ends, from + i), is_plain_ ? first_number_ + from + i : numbers_[from + i], table_.row_count + from + i);
      }
    }
    table_.offset_low.grow(count);
    from += count;
  }
  return true;
}

/// The usual case: UTF-8, whose positions are those of the file, and no jump among the rows. false: it is not.
bool TableBuilder::append_plain_origins(const std::uint8_t* text, const std::uint32_t* ends, std::size_t from, std::size_t count, std::uint32_t* out) {
  if (!is_plain_ || layout_.encoding != Encoding::kUtf8 || first_number_ + from != next_number_) return false;
  const std::uint64_t base = offset_ - position_ - high_;
  if (base + first_byte_of(ends, from + count - 1) > 0xFFFFFFFFU) return false;
  for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<std::uint32_t>(base) + first_byte_of(ends, from + i);
  offset_of(text, first_byte_of(ends, from + count - 1));
  next_number_ += count;
  return true;
}

/// The lower half of a row's offset in the file; notes where record numbers or the upper half jump.
std::uint32_t TableBuilder::origin_of(const std::uint8_t* text, std::uint32_t position, std::uint64_t number, std::uint64_t row) {
  const std::uint64_t offset = offset_of(text, position);
  if (number != next_number_) table_.jumps.push_back({row, number});
  next_number_ = number + 1;
  if (offset - high_ > 0xFFFFFFFFU) {
    high_ = offset;
    table_.highs.push_back({row, high_});
  }
  return static_cast<std::uint32_t>(offset - high_);
}

bool TableBuilder::append_columns(const std::uint8_t* text, const std::uint32_t* ends) {
  if (starts_.size() < row_count_) {
    starts_.resize(row_count_);
    stops_.resize(row_count_);
  }
  for (ColumnReader& reader : readers_) {
    gather(text, ends, reader.source_column());
    for (std::size_t from = 0; from < row_count_; from += kSegmentRows) {
      const std::size_t count = std::min(row_count_ - from, kSegmentRows);
      const CellRun run{text, starts_.data() + from, stops_.data() + from, is_plain_ ? nullptr : numbers_.data() + from, first_number_ + from, count};
      if (!reader.read(run, diagnostics_)) return false;
    }
  }
  table_.row_count += row_count_;
  return true;
}

void TableBuilder::gather(const std::uint8_t* text, const std::uint32_t* ends, std::int32_t column) {
  const std::size_t count = row_count_;
  const auto c = static_cast<std::uint32_t>(column);
  std::uint32_t* starts = starts_.data();
  std::uint32_t* stops = stops_.data();
  if (column < 0 || c >= columns_) {
    std::fill_n(starts, count, 0U);
    std::fill_n(stops, count, 0U);
    return;
  }
  if (is_plain_) {
    const std::uint32_t* end = ends + c;
    for (std::size_t i = 0; i < count; ++i, end += columns_) {
      starts[i] = end[-1] + 1;
      stops[i] = *end;
    }
  } else {
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t* end = ends + rows_[i].first + c;
      const bool has_cell = c < rows_[i].cells;
      starts[i] = has_cell ? end[-1] + 1 : 0;
      stops[i] = has_cell ? end[0] : 0;
    }
  }
  if (c + 1 < narrowest_ || layout_.dialect.record_end != '\n') return;
  for (std::size_t i = 0; i < count; ++i) {  // the last cell of a record that ends in CR LF
    const std::uint32_t cells = is_plain_ ? columns_ : rows_[i].cells;
    if (c + 1 == cells && stops[i] > starts[i] && text[stops[i] - 1] == '\r') --stops[i];
  }
}

}  // namespace kpi
