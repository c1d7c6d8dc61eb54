// Reads the cells of one planned column into its typed column, and gathers the evidence about its format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/cells.h"
#include "core/ingest/csv_reader.h"
#include "core/ingest/format_decision.h"
#include "core/ingest/raw_cells.h"
#include "core/table/table.h"

namespace kpi {

/// The cells of one column in a run of rows: cell i is text[starts[i], ends[i]). 64 bytes past any end may be read.
struct CellRun {
  const std::uint8_t* text;
  const std::uint32_t* starts;
  const std::uint32_t* ends;
  const std::uint64_t* records;  // record number of each row; null: they follow each other
  std::uint64_t first_record;
  std::size_t count;
  std::uint64_t record(std::size_t i) const { return records != nullptr ? records[i] : first_record + i; }
  std::string_view cell(std::size_t i) const {
    return {reinterpret_cast<const char*>(text) + starts[i], ends[i] - starts[i]};
  }
};

/// How a column is read: fixed for one pass over the file.
struct ColumnAssumption {
  DecimalMark mark = DecimalMark::kPoint;
  DateOrder order = DateOrder::kDayMonthYear;
  bool is_serial = false;
  friend bool operator==(const ColumnAssumption&, const ColumnAssumption&) = default;
};

class ColumnReader {
 public:
  ColumnReader(const ColumnPlan& plan, std::string header, const Dialect& dialect, ColumnAssumption assumption);

  /// Appends one value per cell. false: memory is out. `run.count` is at most kSegmentRows.
  [[nodiscard]] bool read(const CellRun& run, Diagnostics& diagnostics);

  std::int32_t source_column() const { return column_.source_column; }
  ColumnKind kind() const { return column_.kind; }
  Column& column() { return column_; }
  const Column& column() const { return column_; }
  const ColumnAssumption& assumption() const { return assumption_; }
  const NumberEvidence& numbers() const { return number_evidence_; }
  const DateEvidence& dates() const { return date_evidence_; }
  bool is_percent() const { return percent_count_ != 0; }
  std::string_view currency() const { return currency_; }
  bool has_mixed_currency() const { return has_mixed_currency_; }
  std::string_view other_currency() const { return other_currency_; }
  const std::string& ambiguous_example() const { return ambiguous_example_; }
  const std::string& decisive_example() const { return decisive_example_; }
  /// Bytes that the column holds now.
  std::size_t bytes() const;

 private:
  bool read_texts(const CellRun& run, std::size_t from, std::size_t count, Diagnostics& diagnostics);
  bool read_keys(const CellRun& run, std::size_t from, std::size_t count, Diagnostics& diagnostics);
  bool read_numbers(const CellRun& run, std::size_t from, std::size_t count, Diagnostics& diagnostics);
  bool read_dates(const CellRun& run, std::size_t from, std::size_t count, Diagnostics& diagnostics);
  /// Days and moments.
  bool read_moments(const CellRun& run, std::size_t from, std::size_t count, Diagnostics& diagnostics);
  std::uint16_t read_text(std::string_view raw, const RawCells::Words& words, std::uint32_t known);
  [[nodiscard]] bool keep_name(std::size_t row, std::string_view raw);
  void find_decisive(const CellRun& run, std::size_t from, std::size_t count);
  /// Whether quotes stand around a cell of at least one byte. What is between may still hold quotes.
  bool is_in_quotes(const std::uint8_t* cell, std::uint32_t size) const {
    return *cell == static_cast<std::uint8_t>(dialect_.quote) && dialect_.quote != 0 && size >= 2 && cell[size - 1] == *cell;
  }
  double number_slow(std::string_view raw, std::uint64_t record, Diagnostics& diagnostics);
  Day date_slow(std::string_view raw, std::uint64_t record, Diagnostics& diagnostics);
  void note_currency(const NumberCell& cell);
  void report(Code code, std::string_view cell, std::uint64_t record, Diagnostics& diagnostics) const;

  /// One loop over cells for each kind of column. Called through a pointer, so that the linker does not put the four into one large
  /// function, which a browser compiles later and a profile shows as one.
  using Loop = bool (ColumnReader::*)(const CellRun& run, std::size_t from, std::size_t count, Diagnostics& diagnostics);
  static Loop loop_of(ColumnKind kind, bool has_time);

  Loop loop_;
  Column column_;
  Dialect dialect_;
  ColumnAssumption assumption_;
  NumberEvidence number_evidence_;
  DateEvidence date_evidence_;
  std::uint64_t percent_count_ = 0;
  std::string_view currency_, other_currency_;
  bool has_mixed_currency_ = false;
  bool is_name_;
  std::string ambiguous_example_, decisive_example_;
  std::string scratch_;
  std::vector<std::uint32_t> filled_;  // of the run being read
  RawCells raw_cells_;
};

}  // namespace kpi
