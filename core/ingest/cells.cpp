#include "core/ingest/cells.h"

#include <algorithm>

#include "core/ingest/scanner.h"

namespace kpi {
namespace {

constexpr std::string_view kEmptyTokens[] = {"-", "--", "---", "\xE2\x80\x93", "\xE2\x80\x94", "n/a", "#n/a", "nan", "null", "(not set)", "(blank)", "(none set)"};

std::string_view without_carriage_return(std::string_view raw, const Dialect& dialect) {
  if (dialect.record_end == '\n' && !raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
  return raw;
}

}  // namespace

std::string_view unquote(std::string_view raw, const Dialect& dialect, std::string& scratch) {
  raw = without_carriage_return(raw, dialect);
  std::string_view text = raw;
  if (dialect.skip_initial_space) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
  if (dialect.quote == 0 || text.empty() || text.front() != dialect.quote) return raw;
  const std::string_view inner = text.substr(1);
  const char wanted[2] = {dialect.quote, dialect.escape == 0 ? dialect.quote : dialect.escape};
  if (inner.find_first_of(std::string_view(wanted, 2)) == inner.size() - 1 && !inner.empty() && inner.back() == dialect.quote) {
    return inner.substr(0, inner.size() - 1);
  }
  scratch.clear();
  ScanPlace place = ScanPlace::kQuoted;
  for (const char c : inner) {
    if (place == ScanPlace::kQuoted) {
      if (c == dialect.quote) {
        place = ScanPlace::kAfterQuote;
      } else if (dialect.escape != 0 && c == dialect.escape) {
        place = ScanPlace::kEscaped;
      } else {
        scratch += c;
      }
      continue;
    }
    if (place == ScanPlace::kAfterQuote && c == dialect.quote) {
      place = ScanPlace::kQuoted;
    } else if (place == ScanPlace::kEscaped) {
      place = ScanPlace::kQuoted;
      if (c != dialect.quote && c != dialect.escape) scratch += dialect.escape;  // it escaped nothing
    } else {
      place = ScanPlace::kInCell;
    }
    scratch += c;
  }
  return scratch;
}

bool is_empty_token(std::string_view text) {
  if (text.empty()) return true;
  if (text.size() > 10) return false;
  for (const std::string_view token : kEmptyTokens) {
    if (text.size() == token.size() && equal_folded(text, token)) return true;
  }
  return false;
}

bool RawRecord::is_blank() const {
  return cells.size() <= 1 && trim(text).empty();
}

std::vector<RawRecord> split_records(std::string_view text, const Dialect& dialect, bool is_end, std::size_t limit, bool* is_open) {
  std::vector<RawRecord> records;
  std::vector<std::uint32_t> separators;
  ScanPlace place = ScanPlace::kCellStart;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::uint32_t>(text.size());
  constexpr std::uint32_t kStep = 4096;
  std::size_t next = 0, start = 0, cell_start = 0;
  RawRecord record;
  const auto close_cell = [&](std::size_t end) {
    record.cells.push_back(text.substr(cell_start, end - cell_start));
    cell_start = end + 1;
  };
  const auto close_record = [&](std::size_t end) {
    record.offset = start;
    record.text = without_carriage_return(text.substr(start, end - start), dialect);
    start = end + 1;
    records.push_back(std::move(record));
    record = RawRecord{};
  };
  std::uint32_t positions[kStep];
  for (std::uint32_t at = 0; at < size && records.size() < limit; at += kStep) {
    const std::uint32_t stop = std::min(size, at + kStep);
    const ScanResult found = scan_scalar(dialect, bytes, at, stop, place, positions);
    for (next = 0; next < found.separators && records.size() < limit; ++next) {
      const std::size_t position = positions[next];
      close_cell(position);
      if (text[position] == dialect.record_end) close_record(position);
    }
  }
  if (records.size() < limit && is_end && start < text.size()) {
    close_cell(text.size());
    close_record(text.size());
  }
  if (is_open != nullptr) *is_open = place == ScanPlace::kQuoted || place == ScanPlace::kEscaped;
  return records;
}

std::vector<std::string> clean_cells(const RawRecord& record, const Dialect& dialect) {
  std::vector<std::string> out;
  out.reserve(record.cells.size());
  std::string scratch;
  for (const std::string_view raw : record.cells) out.push_back(sanitise_utf8(clean_cell(raw, dialect, scratch)));
  return out;
}

}  // namespace kpi
