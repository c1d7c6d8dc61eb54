// Texts and ids.
#include "core/ingest/column_reader.h"
#include "core/table/fingerprint.h"
#include "core/table/id_keys.h"

namespace kpi {
namespace {

bool may_be_empty_token(std::string_view cell) {
  const char c = cell.front();
  return cell.size() <= 10 && (c == '-' || c == 'n' || c == 'N' || c == '(' || c == '#' || c == '\xE2');
}

}  // namespace

bool ColumnReader::read_texts(const CellRun& run, std::size_t from, std::size_t count, Diagnostics&) {
  std::uint16_t* out = column_.codes.tail();
  if (out == nullptr) return false;
  std::size_t present = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t start = run.starts[from + i], size = run.ends[from + i] - start;
    std::uint16_t code = Dictionary::kMissing;
    if (size != 0) {
      const RawCells::Words words = RawCells::words(run.text + start, size);
      const std::uint32_t known = raw_cells_.find(words);
      const bool is_known = known != RawCells::kUnknown && size <= RawCells::kExactLength;
      code = __builtin_expect(is_known, 1) ? static_cast<std::uint16_t>(known) : read_text(run.cell(from + i), words, known);
      if (code == Dictionary::kRest && is_name_ && !keep_name(column_.codes.size() + i, run.cell(from + i))) return false;
    }
    out[i] = code;
    present += code != Dictionary::kMissing ? 1U : 0U;
  }
  column_.present += present;
  column_.codes.grow(count);
  return true;
}

/// The code of a cell that is new or too long to be known by its words alone.
std::uint16_t ColumnReader::read_text(std::string_view raw, const RawCells::Words& words, std::uint32_t known) {
  if (known != RawCells::kUnknown) {
    const auto code = static_cast<std::uint16_t>(known);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(raw.data());
    const std::size_t quotes = is_in_quotes(bytes, words.length) ? 1 : 0;
    const std::string_view text = raw.substr(quotes, raw.size() - 2 * quotes);
    const auto holds = [text](char c) { return c != 0 && text.find(c) != std::string_view::npos; };
    if (column_.dictionary.text(code) == text && !holds(dialect_.quote) && !holds(dialect_.escape)) return code;
  }
  const std::string_view cell = clean_cell(raw, dialect_, scratch_);
  std::uint16_t code = Dictionary::kMissing;
  if (!is_empty_token(cell)) {
    code = is_valid_utf8(cell) ? column_.dictionary.intern(cell) : column_.dictionary.intern(sanitise_utf8(cell));
  }
  if (known == RawCells::kUnknown && raw.size() <= RawCells::kMaxLength && code != Dictionary::kRest) raw_cells_.add(words, code);
  return code;
}

/// The key of a name past the limit of the dictionary; rows before it without one get none.
bool ColumnReader::keep_name(std::size_t row, std::string_view raw) {
  const std::string_view cell = clean_cell(raw, dialect_, scratch_);
  const std::uint64_t key = name_key(is_valid_utf8(cell) ? std::string(cell) : sanitise_utf8(cell));
  while (column_.keys.size() < row) {
    if (!column_.keys.push_back(0)) return false;
  }
  return column_.keys.push_back(key);
}

bool ColumnReader::read_keys(const CellRun& run, std::size_t from, std::size_t count, Diagnostics&) {
  std::uint64_t* out = column_.keys.tail();
  if (out == nullptr) return false;
  std::size_t present = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view cell = clean_cell(run.cell(from + i), dialect_, scratch_);
    const bool is_missing = cell.empty() || (may_be_empty_token(cell) && is_empty_token(cell));
    out[i] = is_missing ? 0 : fingerprint(cell);
    present += is_missing ? 0U : 1U;
  }
  column_.present += present;
  column_.keys.grow(count);
  return true;
}

}  // namespace kpi
