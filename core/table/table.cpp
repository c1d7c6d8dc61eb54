#include "core/table/table.h"

#include <algorithm>

#include "core/table/fingerprint.h"

namespace kpi {

std::vector<std::uint64_t> rows_by_code(const Column& column) {
  std::vector<std::uint64_t> rows(std::size_t{Dictionary::kRest} + 1);
  std::uint64_t* counts = rows.data();
  column.codes.for_segments([counts](std::size_t, const std::uint16_t* codes, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) ++counts[codes[i]];
  });
  return rows;
}

const Column* Table::find(std::string_view field) const {
  for (const Column& column : columns) {
    if (column.field == field) return &column;
  }
  return nullptr;
}

std::size_t Table::bytes() const {
  std::size_t total = offset_low.bytes() + jumps.capacity() * sizeof(Jump) + highs.capacity() * sizeof(HighJump);
  for (const Column& column : columns) {
    total += column.codes.bytes() + column.keys.bytes() + column.numbers.bytes() + column.days.bytes() + column.dictionary.bytes();
  }
  return total;
}

Origin Table::origin(std::size_t row) const {
  if (row >= row_count) return {0, 0};
  Origin origin{row + 1, offset_low[row]};
  const auto jump = std::upper_bound(jumps.begin(), jumps.end(), row, [](std::size_t r, const Jump& j) { return r < j.row; });
  if (jump != jumps.begin()) origin.record = (jump - 1)->record + (row - (jump - 1)->row);
  const auto high = std::upper_bound(highs.begin(), highs.end(), row, [](std::size_t r, const HighJump& j) { return r < j.row; });
  if (high != highs.begin()) origin.byte_offset += (high - 1)->high;
  return origin;
}

std::uint64_t key_fingerprint(std::string_view text) { return fingerprint(text); }

}  // namespace kpi
