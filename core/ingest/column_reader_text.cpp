// Texts and ids.
#include "core/ingest/column_reader.h"
#include "core/table/dictionary_kernel.h"
#include "core/table/fingerprint.h"

namespace kpi {
namespace {

bool may_be_empty_token(std::string_view cell) {
  const char c = cell.front();
  return cell.size() <= 10 && (c == '-' || c == 'n' || c == 'N' || c == '(' || c == '#' || c == '\xE2');
}

}  // namespace

bool ColumnReader::read_texts(const CellRun& run, std::size_t from, std::size_t count) {
  std::uint16_t* out = column_.codes.tail();
  if (out == nullptr) return false;
  std::size_t present = 0, mask = 0;
  const DictionaryKernel::Slot* slots = DictionaryKernel::slots_of(column_.dictionary, mask);
  for (std::size_t i = 0; i < count; ++i) {
    std::string_view cell = run.cell(from + i);
    const bool is_quoted = cell.size() >= 2 && cell.front() == dialect_.quote && cell.back() == dialect_.quote;
    // Taken as it stands between its quotes. That is right where it equals a stored text and no stored text holds a quote.
    if (is_quoted) cell = cell.substr(1, cell.size() - 2);
    if (cell.empty()) {
      out[i] = Dictionary::kMissing;
      continue;
    }
    const auto words = DictionaryKernel::words_padded(cell.data(), static_cast<std::uint32_t>(cell.size()));
    std::uint16_t code = DictionaryKernel::find_first(slots, mask, words);
    if (__builtin_expect(code == Dictionary::kMissing, 0)) code = DictionaryKernel::find(column_.dictionary, words, cell);
    if (__builtin_expect(code == Dictionary::kMissing || (is_quoted && has_quoted_texts_), 0)) {
      code = text_code_slow(run.cell(from + i));
      slots = DictionaryKernel::slots_of(column_.dictionary, mask);
    }
    out[i] = code;
    present += code != Dictionary::kMissing ? 1U : 0U;
  }
  column_.present += present;
  column_.codes.grow(count);
  return true;
}

std::uint16_t ColumnReader::text_code_slow(std::string_view raw) {
  const std::string_view cell = clean_cell(raw, dialect_, scratch_);
  if (is_empty_token(cell)) return Dictionary::kMissing;
  if (is_valid_utf8(cell)) return intern(cell);
  std::size_t replaced = 0;
  const std::string valid = sanitise_utf8(cell, &replaced);
  replaced_bytes_ += replaced;
  return intern(valid);
}

std::uint16_t ColumnReader::intern(std::string_view text) {
  const bool has_quote = dialect_.quote != 0 && text.find(dialect_.quote) != std::string_view::npos;
  const bool has_escape = dialect_.escape != 0 && text.find(dialect_.escape) != std::string_view::npos;
  has_quoted_texts_ = has_quoted_texts_ || has_quote || has_escape;
  return column_.dictionary.intern(text);
}

bool ColumnReader::read_keys(const CellRun& run, std::size_t from, std::size_t count) {
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
