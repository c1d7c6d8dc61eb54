#include "core/ingest/sniff.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/ingest/cells.h"
#include "core/ingest/dialect.h"
#include "core/ingest/layout.h"
#include "core/ingest/row_filter.h"

namespace kpi {
namespace {

constexpr std::size_t kMaxRecords = CsvReader::kSampleRows + 120;

/// The same record as separators, for the row filter.
RecordRole role_of(RowFilter& filter, std::string_view text, const RawRecord& record, std::uint64_t number, std::vector<std::uint32_t>& ends) {
  ends.assign(1, static_cast<std::uint32_t>(record.offset) - 1);
  for (const std::string_view cell : record.cells) {
    ends.push_back(static_cast<std::uint32_t>(cell.data() - text.data()) + static_cast<std::uint32_t>(cell.size()));
  }
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  return filter.role({bytes, ends.data() + 1, static_cast<std::uint32_t>(record.cells.size())}, number);
}

std::vector<std::string> numbered_headers(const std::vector<RawRecord>& records) {
  std::size_t width = 0;
  for (const RawRecord& record : records) width = std::max(width, record.cells.size());
  std::vector<std::string> headers;
  for (std::size_t i = 0; i < width; ++i) headers.push_back(std::to_string(i + 1));
  return headers;
}

/// Every word of a line that is a date.
void add_dates_of(std::string_view line, ColumnEvidence& evidence) {
  constexpr std::string_view kBetween = " \t,;\"'()";
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t start = line.find_first_not_of(kBetween, at);
    if (start == std::string_view::npos) return;
    const std::size_t end = std::min(line.find_first_of(kBetween, start), line.size());
    const DateCell date = read_date_cell(line.substr(start, end - start));
    if (date.kind == DateKind::kOrdered) {
      evidence.dates.add(date);
      evidence.is_date = true;
    }
    at = end;
  }
}

}  // namespace

Sniffed sniff_layout(std::string_view text, bool is_end, const ReadOptions& options, const CsvReader::HeaderScore& header_score,
                     const std::vector<std::string>& totals_labels) {
  Sniffed sniffed;
  Layout& layout = sniffed.layout;
  const DialectGuess dialect = guess_dialect(text, is_end, options, header_score);
  layout.dialect = dialect.dialect;
  sniffed.is_delimiter_declared = dialect.is_declared;
  const std::uint64_t wanted_header = options.header_record.value_or(0);
  const std::size_t limit = kMaxRecords + static_cast<std::size_t>(wanted_header < 10000 ? wanted_header : 0);
  std::vector<RawRecord> records = split_records(text, layout.dialect, is_end, limit);
  if (records.empty() && !is_end) records = split_records(text, layout.dialect, true, limit);
  sniffed.has_text = std::any_of(records.begin(), records.end(), [](const RawRecord& record) { return !trim(record.text).empty(); });
  if (!sniffed.has_text) return sniffed;
  const bool has_declaration = declared_delimiter(text) != 0;
  if (has_declaration) records[0].cells.assign(1, std::string_view());  // never the header
  const HeaderGuess header = guess_header(records, layout.dialect, header_score, options.header_record.value_or(0));
  layout.header_record = header.has_header ? header.index + 1 : 0;
  sniffed.is_header_assumed = header.is_assumed || !header.has_header;
  std::size_t first_row = 0;
  if (header.has_header) {
    layout.headers = clean_cells(records[header.index], layout.dialect);
    for (std::size_t i = 0; i < header.index; ++i) {
      if (const std::string_view line = trim(records[i].text); !line.empty()) layout.preamble.push_back(sanitise_utf8(cut_utf8(line, 500)));
    }
    first_row = header.index + 1;
  } else {
    layout.headers = numbered_headers(records);
  }
  RowFilter filter(layout, options, totals_labels);
  std::vector<std::uint32_t> ends;
  for (std::size_t i = first_row; i < records.size() && layout.samples.size() < CsvReader::kSampleRows; ++i) {
    const RecordRole role = role_of(filter, text, records[i], i + 1, ends);
    if (role == RecordRole::kBlank) continue;
    sniffed.has_rows = true;
    if (role == RecordRole::kRow) layout.samples.push_back(clean_cells(records[i], layout.dialect));
  }
  return sniffed;
}

std::vector<ColumnEvidence> sample_evidence(const Layout& layout) {
  std::vector<ColumnEvidence> columns(layout.headers.size());
  for (std::size_t column = 0; column < columns.size(); ++column) {
    std::size_t filled = 0, numbers = 0, dates = 0;
    for (const std::vector<std::string>& row : layout.samples) {
      if (column >= row.size() || is_empty_token(row[column])) continue;
      ++filled;
      const NumberCell number = read_number_cell(row[column]);
      if (number.kind == NumberKind::kNumber || number.kind == NumberKind::kBound) {
        ++numbers;
        columns[column].numbers.add(number);
      }
      const DateCell date = read_date_cell(row[column]);
      if (date.kind != DateKind::kMissing && date.kind != DateKind::kUnreadable) {
        ++dates;
        columns[column].dates.add(date);
      }
    }
    columns[column].is_number = filled != 0 && numbers * 5 >= filled * 4;
    columns[column].is_date = filled != 0 && dates * 5 >= filled * 4 && columns[column].dates.serial == 0;
  }
  columns.emplace_back();
  for (const std::string& line : layout.preamble) add_dates_of(line, columns.back());
  return columns;
}

}  // namespace kpi
