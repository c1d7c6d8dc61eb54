// What a cell looks like before anything is known about its column.
#pragma once

#include <cstdint>
#include <string_view>

namespace kpi {

enum class CellShape : std::uint8_t { kEmpty, kNumber, kDate, kText };

/// Of a trimmed cell. A number wins over a date that is also a plain number.
CellShape cell_shape(std::string_view cell);

/// Whether a cell reads as one value - nothing, a number, a date, an address or a text free of separators - and not as several
/// values that a wrong separator left together.
bool looks_like_value(std::string_view cell);

}  // namespace kpi
