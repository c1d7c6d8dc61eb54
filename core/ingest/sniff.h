// The layout of a text from its first bytes, and what its columns look like there.
#pragma once

#include <string_view>
#include <vector>

#include "core/ingest/csv_reader.h"
#include "core/ingest/format_decision.h"

namespace kpi {

/// Evidence about one column in the samples; a column takes part where most of its cells are numbers or dates.
struct ColumnEvidence {
  NumberEvidence numbers;
  DateEvidence dates;
  bool is_number = false, is_date = false;
};

struct Sniffed {
  Layout layout;
  bool is_delimiter_declared = false;
  bool is_header_assumed = false;
  bool has_rows = false;    // some record stands below the header
  bool has_text = false;    // some record is not blank
};

/// `text` is the decoded beginning of the file, `is_end`: all of it. Sets everything of the layout but the encoding.
Sniffed sniff_layout(std::string_view text, bool is_end, const ReadOptions& options, const CsvReader::HeaderScore& header_score,
                     const std::vector<std::string>& totals_labels);

/// One entry per header, and a last one for the dates in the preamble ("Report period: 9/1/2026 - 9/24/2026").
std::vector<ColumnEvidence> sample_evidence(const Layout& layout);

}  // namespace kpi
