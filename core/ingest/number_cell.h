// One cell read as a number in both formats, so that a column can decide over all of its cells.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/ingest/csv_reader.h"

namespace kpi {

enum class NumberKind : std::uint8_t {
  kMissing,     // blank or a spelling of "no value"
  kNumber,      // at least one of the formats fits
  kBound,       // "< 10%": a limit, not a value
  kUnreadable,
};

struct NumberCell {
  NumberKind kind = NumberKind::kMissing;
  bool fits_point = false, fits_comma = false;
  double as_point = 0, as_comma = 0;  // a percentage is already a fraction: "12.5%" -> 0.125
  bool is_percent = false;
  bool has_currency = false;
  std::string_view currency;          // ISO code of the sign, if it tells one

  bool fits(DecimalMark mark) const { return mark == DecimalMark::kPoint ? fits_point : fits_comma; }
  double value(DecimalMark mark) const { return mark == DecimalMark::kPoint ? as_point : as_comma; }
  bool is_ambiguous() const { return fits_point && fits_comma && as_point != as_comma; }
  bool is_decisive() const { return kind == NumberKind::kNumber && fits_point != fits_comma; }
};

/// Reads a trimmed cell: digits of several scripts, group marks (blank, NBSP, U+202F, apostrophes, the other mark; Indian groups),
/// signs before or after, parentheses, currency signs and codes, percent.
/// Examples: "1.234,56" -> comma 1234.56; "1,234" -> point 1234, comma 1.234; "(5 %)" -> both -0.05.
NumberCell read_number_cell(std::string_view text);

}  // namespace kpi
