// Which record is the header, what stands above it, and samples of what stands below.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/ingest/cells.h"
#include "core/ingest/csv_reader.h"

namespace kpi {

struct HeaderGuess {
  std::size_t index = 0;    // into the records
  bool has_header = true;   // false: the first record is data already
  bool is_assumed = false;  // not simply the first record
};

/// Chooses the header among the first records by evidence: known names, as many cells as most records have, texts above numbers
/// and dates, no value twice. `wanted` (1-based, 0 = none) overrides.
HeaderGuess guess_header(const std::vector<RawRecord>& records, const Dialect& dialect, const CsvReader::HeaderScore& header_score,
                         std::uint64_t wanted);

}  // namespace kpi
