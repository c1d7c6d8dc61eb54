// Numbers.
#include <limits>

#include "core/ingest/column_reader.h"

namespace kpi {
namespace {

constexpr double kMissingNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double kPowers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/// The plain cases: [-]digits or [-]digits<mark>digits, at most 15 digits, not three after the mark (that could be a group).
/// 0: not such a case; 1: without a mark; 2: with one. The result is the one of read_number_cell.
inline int read_plain(const std::uint8_t* p, std::uint32_t size, std::uint8_t mark, double& value) {
  if (size > 17) return 0;
  const std::uint8_t* const end = p + size;
  const bool is_negative = *p == '-';
  p += is_negative ? 1 : 0;
  const std::uint8_t* const first = p;
  std::uint64_t mantissa = 0;
  while (p < end && static_cast<std::uint8_t>(*p - '0') < 10) mantissa = mantissa * 10 + static_cast<std::uint8_t>(*p++ - '0');
  const auto whole = static_cast<std::uint32_t>(p - first);
  if (whole == 0 || whole > 15) return 0;
  if (p == end) {
    value = is_negative ? -static_cast<double>(mantissa) : static_cast<double>(mantissa);
    return 1;
  }
  if (*p != mark) return 0;
  const std::uint8_t* const fraction = ++p;
  while (p < end && static_cast<std::uint8_t>(*p - '0') < 10) mantissa = mantissa * 10 + static_cast<std::uint8_t>(*p++ - '0');
  const auto digits = static_cast<std::uint32_t>(p - fraction);
  if (p != end || digits == 0 || digits == 3 || whole + digits > 15) return 0;
  const double magnitude = static_cast<double>(mantissa) / kPowers[digits];
  value = is_negative ? -magnitude : magnitude;
  return 2;
}

}  // namespace

bool ColumnReader::read_numbers(const CellRun& run, std::size_t from, std::size_t count, Diagnostics& diagnostics) {
  double* out = column_.numbers.tail();
  if (out == nullptr) return false;
  const bool is_point = assumption_.mark == DecimalMark::kPoint;
  const std::uint8_t mark = is_point ? '.' : ',';
  std::uint64_t plain = 0, marked = 0, present = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t start = run.starts[from + i], size = run.ends[from + i] - start;
    if (size == 0) {
      out[i] = kMissingNumber;
      continue;
    }
    double value = 0;
    const std::uint8_t* p = run.text + start;
    const std::uint32_t quotes = is_in_quotes(p, size) ? 1 : 0;
    const int form = read_plain(p + quotes, size - 2 * quotes, mark, value);
    if (__builtin_expect(form == 0, 0)) {
      value = number_slow(run.cell(from + i), run.record(from + i), diagnostics);
      present += value == value ? 1U : 0U;
    } else {
      plain += form == 1 ? 1U : 0U;
      marked += form == 2 ? 1U : 0U;
      ++present;
    }
    out[i] = value;
  }
  if (marked != 0 && decisive_example_.empty()) find_decisive(run, from, count);
  number_evidence_.plain += plain;
  (is_point ? number_evidence_.point : number_evidence_.comma) += marked;
  column_.present += present;
  column_.numbers.grow(count);
  return true;
}

/// Some plain cell of these holds the mark; the first one is the example.
void ColumnReader::find_decisive(const CellRun& run, std::size_t from, std::size_t count) {
  const char mark = assumption_.mark == DecimalMark::kPoint ? '.' : ',';
  for (std::size_t i = from; i < from + count && decisive_example_.empty(); ++i) {
    const std::string_view cell = clean_cell(run.cell(i), dialect_, scratch_);
    double value = 0;
    if (cell.find(mark) == std::string_view::npos) continue;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(cell.data());
    if (read_plain(bytes, static_cast<std::uint32_t>(cell.size()), static_cast<std::uint8_t>(mark), value) == 2) decisive_example_ = cell;
  }
}

double ColumnReader::number_slow(std::string_view raw, std::uint64_t record, Diagnostics& diagnostics) {
  const std::string_view text = clean_cell(raw, dialect_, scratch_);
  const NumberCell cell = read_number_cell(text);
  number_evidence_.add(cell);
  if (cell.kind == NumberKind::kMissing) return kMissingNumber;
  if (cell.is_ambiguous() && ambiguous_example_.empty()) ambiguous_example_ = text;
  if (cell.is_decisive() && decisive_example_.empty()) decisive_example_ = text;
  if (cell.kind != NumberKind::kNumber || !cell.fits(assumption_.mark)) {
    report(Code::number_unreadable, text, record, diagnostics);
    return kMissingNumber;
  }
  percent_count_ += cell.is_percent ? 1U : 0U;
  if (cell.has_currency) note_currency(cell);
  return cell.value(assumption_.mark);
}

void ColumnReader::note_currency(const NumberCell& cell) {
  if (cell.currency.empty() || cell.currency == currency_) return;
  if (currency_.empty()) {
    currency_ = cell.currency;
    return;
  }
  if (!has_mixed_currency_) other_currency_ = cell.currency;
  has_mixed_currency_ = true;
}

}  // namespace kpi
