// The kinds of values a column can hold: what the catalogue declares of a field and what a table stores.
#pragma once

#include <cstdint>

namespace kpi {

/// kText: dictionary codes. kKey: 64-bit fingerprint of an id (0 = missing), for joining and counting once, never shown.
/// kNumber: double, NaN = missing. kDate: day number, kNoDay = missing. Currencies and flags are plain kText.
enum class ColumnKind : std::uint8_t { kText, kKey, kNumber, kDate };

}  // namespace kpi
