// Finds the separators outside quotes: delimiters and record ends. Two ways that agree on every byte.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/ingest/csv_reader.h"

namespace kpi {

/// What the bytes so far leave open. A quote opens a cell only at the cell's first byte; a doubled quote inside is one quote;
/// text after the closing quote belongs to the cell, in which further quotes are plain text (as Python's csv module reads).
enum class ScanPlace : std::uint8_t { kCellStart, kInCell, kQuoted, kAfterQuote, kEscaped };

struct ScanResult {
  std::size_t separators = 0;   // positions written
  std::size_t record_ends = 0;  // of these, record ends
};

/// Byte by byte; every dialect. Writes the position of each separator in text[from, to) to `out`, which has room for to - from.
ScanResult scan_scalar(const Dialect& dialect, const std::uint8_t* text, std::uint32_t from, std::uint32_t to, ScanPlace& place,
                       std::uint32_t* out);

/// 64 bytes at a time with 128-bit SIMD where the target has it. Up to 64 bytes past `to` are read and `out` has room for
/// to - from + 64 positions. Blocks whose quotes stand where they open nothing go through scan_scalar, so both agree.
/// Dialects with an escape or with blanks before quotes go through scan_scalar altogether.
ScanResult scan_simd(const Dialect& dialect, const std::uint8_t* text, std::uint32_t from, std::uint32_t to, ScanPlace& place,
                     std::uint32_t* out);

}  // namespace kpi
