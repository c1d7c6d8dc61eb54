// A typed, columnar table made from one file, with the origin of every row.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/column_kind.h"
#include "core/base/date.h"
#include "core/base/diagnostics.h"
#include "core/table/dictionary.h"
#include "core/table/segmented.h"

namespace kpi {

/// Column::source_column of what no file holds.
constexpr std::int32_t kDerivedColumn = -2;

struct Column {
  std::string field;            // catalogue field id, e.g. "created_at"
  std::string header;           // as written in the file
  std::int32_t source_column;   // 0-based; -1 for a constant implied by the mapping, kDerivedColumn for one worked out by the engine
  ColumnKind kind;
  Segmented<std::uint16_t> codes;
  Dictionary dictionary;
  Segmented<std::uint64_t> keys;  // kKey; of a kText of names, see IdKeys, those past the limit of the dictionary
  Segmented<double> numbers;      // kNumber; of a kDate with times: the moment, see read_moment, NaN where a cell has no time of day
  Segmented<Day> days;
  std::string currency;         // ISO code known for the whole column (header suffix, symbol), or empty
  Day first_day = kNoDay, last_day = kNoDay;  // kDate: smallest and largest value present
  std::size_t present = 0;      // rows with a value
};

/// Rows of each code of a text column, kRest included: one entry for each of the 65,536 codes.
std::vector<std::uint64_t> rows_by_code(const Column& column);

struct Origin {
  std::uint64_t record;       // 1-based record number in the file, as a spreadsheet shows it
  std::uint64_t byte_offset;  // of the record's first byte in the file
};

class Table {
 public:
  std::string kind;  // catalogue table id, e.g. "leads"
  std::vector<Column> columns;
  std::size_t row_count = 0;

  const Column* find(std::string_view field) const;
  std::size_t bytes() const;

  /// Where row `row` stands in its file.
  Origin origin(std::size_t row) const;

  // Written by ingest: offset of each row, and where record numbers jump (set-aside records in between).
  Segmented<std::uint32_t> offset_low;
  struct Jump {
    std::uint64_t row, record;       // from `row` on, record number = record + (row - this row)
  };
  struct HighJump {
    std::uint64_t row, high;         // from `row` on, byte offset = high + offset_low
  };
  std::vector<Jump> jumps;
  std::vector<HighJump> highs;
};

/// 64-bit fingerprint of an id as kKey columns hold it; 0 for a blank text. Deterministic on every target.
/// Two different ids share one with probability n^2 / 2^65 (10 million ids: 3e-6).
std::uint64_t key_fingerprint(std::string_view text);

}  // namespace kpi
