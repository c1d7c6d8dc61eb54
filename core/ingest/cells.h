// The text of a cell: unquoted and trimmed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/ingest/csv_reader.h"

namespace kpi {

/// The text of a cell as it stands between two separators, quotes and escapes resolved, not trimmed. `scratch` holds the result
/// where it is not a part of `raw`.
std::string_view unquote(std::string_view raw, const Dialect& dialect, std::string& scratch);

/// Unquoted and trimmed; a view into `raw` or `scratch`. The usual cell - no quote, no blank at an end - costs four comparisons.
inline std::string_view clean_cell(std::string_view raw, const Dialect& dialect, std::string& scratch) {
  if (raw.empty()) return raw;
  const auto first = static_cast<unsigned char>(raw.front());
  const auto last = static_cast<unsigned char>(raw.back());
  const bool is_plain = first > 0x20 && last > 0x20 && last < 0x7F && first < 0xC2 && raw.front() != dialect.quote;
  if (__builtin_expect(is_plain, 1)) return raw;
  return trim(unquote(raw, dialect, scratch));
}

/// One of the spellings of "no value": blank, "-", "--", an en or em dash, "N/A", "NaN", "null", "(not set)", "(blank)"; trimmed text.
bool is_empty_token(std::string_view text);

/// One record of a text. `text` is without the record's end.
struct RawRecord {
  std::uint64_t offset = 0;  // of its first byte in the text
  std::string_view text;
  std::vector<std::string_view> cells;  // raw
  bool is_blank() const;
};

/// Splits the beginning of a text. An unfinished record at the end is left out unless `is_end`.
/// At most `limit` records. `is_open` gets whether the text ends inside quotes.
std::vector<RawRecord> split_records(std::string_view text, const Dialect& dialect, bool is_end, std::size_t limit, bool* is_open = nullptr);

/// Every cell of a record unquoted, trimmed and made valid UTF-8.
std::vector<std::string> clean_cells(const RawRecord& record, const Dialect& dialect);

}  // namespace kpi
