// How a text splits into records and cells, by evidence over many lines.
#pragma once

#include <string_view>

#include "core/ingest/csv_reader.h"

namespace kpi {

struct DialectGuess {
  Dialect dialect;
  bool is_declared = false;  // by a first line "sep=;" or by the user
};

/// Tries every likely dialect on the beginning of `text` and takes the one whose records are most alike and whose cells look most
/// like values (the measure of van den Burg, Nazabal and Sutton, "Wrangling messy CSV files", 2019). `is_end`: `text` is the whole
/// file. What `options` fixes is kept.
DialectGuess guess_dialect(std::string_view text, bool is_end, const ReadOptions& options, const CsvReader::HeaderScore& header_score);

/// The separator a first line "sep=;" declares, or 0.
char declared_delimiter(std::string_view text);

}  // namespace kpi
