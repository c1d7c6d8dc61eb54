// Records to rows: sorts out what is not a row, fills the columns, keeps origins and the receipt.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/ingest/column_reader.h"
#include "core/ingest/csv_reader.h"
#include "core/ingest/row_filter.h"
#include "core/ingest/tile.h"
#include "core/ingest/totals_check.h"

namespace kpi {

/// One pass over the records of a file under fixed assumptions.
class TableBuilder {
 public:
  TableBuilder(const Layout& layout, const ReadOptions& options, const std::vector<std::string>& totals_labels, const ReadPlan& plan,
               const std::vector<ColumnAssumption>& assumptions, std::uint64_t first_offset);

  RowFilter& filter() { return filter_; }
  /// Takes every complete record that `tiles` holds. Errors: memory_exhausted, record_too_long.
  Status take(const std::uint8_t* text, TileScanner& tiles);

  /// The text begins at `position` (behind a byte order mark).
  void start_at(std::uint32_t position) { position_ = position; }
  /// The text is about to move: what lies at `position` will be at 0.
  void move_to(const std::uint8_t* text, std::uint32_t position) {
    offset_of(text, position);
    position_ = 0;
  }

  Table& table() { return table_; }
  Receipt& receipt() { return receipt_; }
  Diagnostics& diagnostics() { return diagnostics_; }
  std::vector<ColumnReader>& readers() { return readers_; }
  const std::vector<ColumnReader>& readers() const { return readers_; }
  const std::vector<std::size_t>& additive() const { return additive_; }
  const std::vector<TotalsRow>& totals() const { return totals_; }
  std::size_t bytes() const;

 private:
  struct Row {
    std::uint32_t first;  // index of the separator that ends the row's first cell
    std::uint32_t cells;
  };
  bool take_plain(const std::uint8_t* text, const TileScanner& tiles);
  void split(const std::uint8_t* text, const TileScanner& tiles);
  void sort_out(const std::uint8_t* text, const std::uint32_t* ends);
  void set_aside(RecordRole role, const RecordView& record);
  std::string label_of(const std::vector<std::string>& cells) const;
  void note(std::string_view reason, const RecordView& record);
  void note_width(const RecordView& record);
  std::uint32_t first_byte_of(const std::uint32_t* ends, std::size_t row) const {
    const std::size_t first = is_plain_ ? row * columns_ : rows_[row].first;
    return ends[static_cast<std::ptrdiff_t>(first) - 1] + 1;
  }
  bool append_plain_origins(const std::uint8_t* text, const std::uint32_t* ends, std::size_t from, std::size_t count, std::uint32_t* out);
  std::uint32_t origin_of(const std::uint8_t* text, std::uint32_t position, std::uint64_t number, std::uint64_t row);
  [[nodiscard]] bool append_origins(const std::uint8_t* text, const std::uint32_t* ends);
  [[nodiscard]] bool append_columns(const std::uint8_t* text, const std::uint32_t* ends);
  void gather(const std::uint8_t* text, const std::uint32_t* ends, std::int32_t column);
  std::uint64_t offset_of(const std::uint8_t* text, std::uint32_t position);

  const Layout& layout_;
  std::uint32_t columns_;
  RowFilter filter_;
  Table table_;
  Receipt receipt_;
  Diagnostics diagnostics_;
  std::vector<ColumnReader> readers_;
  std::vector<std::size_t> additive_;
  std::vector<TotalsRow> totals_;
  // The rows of a tile.
  bool is_plain_ = false;                      // row i begins at separator i * columns_ and has the number first_number_ + i
  std::size_t row_count_ = 0;
  std::uint64_t first_number_ = 0;
  std::vector<Row> records_, rows_;            // otherwise: all records, and those that are rows
  std::vector<std::uint64_t> numbers_;         // with their record numbers
  std::vector<std::uint32_t> starts_, stops_;  // of one column's cells
  std::uint32_t narrowest_ = 0;                // fewest cells of a row of the tile
  std::uint64_t offset_;                       // in the file, of position_ in the text
  std::uint32_t position_ = 0;
  std::uint64_t next_number_ = 0;              // record number a row has if nothing was set aside before it
  std::uint64_t high_ = 0;                     // of the last HighJump
  std::string scratch_;
};

}  // namespace kpi
