// Dates.
#include <array>
#include <cstring>
#include <limits>

#include "core/ingest/column_reader.h"

namespace kpi {
namespace {

constexpr std::int32_t kFirstYear = 1970, kYears = 131;

/// Days before the first of a month, less one; for [year - 1970][month 0..15], kNoDay where there is no such month.
struct MonthStarts {
  std::array<Day, kYears * 16> before{};
  std::array<std::uint8_t, kYears * 16> length{};
  MonthStarts() {
    before.fill(kNoDay);
    for (std::int32_t year = 0; year < kYears; ++year) {
      for (unsigned month = 1; month <= 12; ++month) {
        const Day first = day_from_civil(kFirstYear + year, month, 1);
        const auto at = static_cast<std::size_t>(year) * 16 + month;
        before[at] = first - 1;
        length[at] = static_cast<std::uint8_t>(next_period_start(first, Grain::kMonth) - first);
      }
    }
  }
};

const MonthStarts& month_starts() {
  static const MonthStarts starts;
  return starts;
}

inline std::uint64_t load(const std::uint8_t* p) {
  std::uint64_t word;
  std::memcpy(&word, p, sizeof word);
  return word;
}

/// Nothing but bytes of 0 to 9 at `nines`, and 0 elsewhere within `mask`.
inline bool are_digits(std::uint64_t bytes, std::uint64_t nines, std::uint64_t mask) {
  const std::uint64_t room = 0x7F7F7F7F7F7F7F7FULL - nines;
  return ((((bytes & mask) + (room & mask)) | bytes) & mask & 0x8080808080808080ULL) == 0;
}

/// "2023-05-17" alone or with "Thh:mm" or " hh:mm" and anything behind it; kNoDay for everything else. 16 bytes may be read.
inline Day read_iso(const MonthStarts& starts, const std::uint8_t* p, std::uint32_t size) {
  const std::uint64_t head = load(p) ^ 0x2D30302D30303030ULL;      // YYYY-MM-: digits are 0 to 9 now, hyphens 0
  const std::uint64_t tail = load(p + 8) ^ 0x00003A3030003030ULL;  // DDThh:mm
  if (size != 10 && size < 16) return kNoDay;
  const bool is_date = are_digits(head, 0x0009090009090909ULL, ~std::uint64_t{0}) && are_digits(tail, 0x0909, 0xFFFF);
  const bool is_time = size == 10 || ((p[10] == 'T' || p[10] == ' ') && are_digits(tail, 0x0000000909000000ULL, 0x0000FFFFFF000000ULL));
  if (!is_date || !is_time) return kNoDay;
  const std::uint64_t pairs = head * 10 + (head >> 8);  // two digits as a number, in the byte of the first
  const std::uint32_t year = static_cast<std::uint32_t>(pairs & 0xFF) * 100 + static_cast<std::uint32_t>(pairs >> 16 & 0xFF) - static_cast<std::uint32_t>(kFirstYear);
  const std::uint32_t month = static_cast<std::uint32_t>(pairs >> 40 & 0xFF);
  const std::uint32_t day = static_cast<std::uint32_t>((tail & 0xFF) * 10 + (tail >> 8 & 0xFF));
  if (year >= static_cast<std::uint32_t>(kYears) || month > 15) return kNoDay;
  const std::size_t at = year * 16 + month;
  if (day - 1 >= starts.length[at]) return kNoDay;
  return starts.before[at] + static_cast<Day>(day);
}

}  // namespace

bool ColumnReader::read_dates(const CellRun& run, std::size_t from, std::size_t count, Diagnostics& diagnostics) {
  Day* out = column_.days.tail();
  if (out == nullptr) return false;
  // Which cells are filled is as good as random in most columns of dates: they are listed without a branch, then read.
  if (filled_.size() < count) filled_.resize(count);
  std::uint32_t* filled = filled_.data();
  std::size_t filled_count = 0;
  for (std::size_t i = 0; i < count; ++i) {
    out[i] = kNoDay;
    filled[filled_count] = static_cast<std::uint32_t>(i);
    filled_count += run.ends[from + i] != run.starts[from + i] ? 1U : 0U;
  }
  const MonthStarts& starts = month_starts();
  std::uint64_t certain = 0, present = 0;
  Day first = column_.first_day == kNoDay ? std::numeric_limits<Day>::max() : column_.first_day;
  Day last = column_.last_day;
  for (std::size_t f = 0; f < filled_count; ++f) {
    const std::size_t i = filled[f];
    const std::uint32_t start = run.starts[from + i], size = run.ends[from + i] - start;
    const std::uint8_t* p = run.text + start;
    const std::uint32_t quotes = is_in_quotes(p, size) ? 1 : 0;
    Day day = read_iso(starts, p + quotes, size - 2 * quotes);
    if (__builtin_expect(day == kNoDay, 0)) {
      day = date_slow(run.cell(from + i), run.record(from + i), diagnostics);
      if (day == kNoDay) continue;
    } else {
      ++certain;
    }
    ++present;
    first = day < first ? day : first;
    last = day > last ? day : last;
    out[i] = day;
  }
  date_evidence_.certain += certain;
  column_.present += present;
  if (last != kNoDay) {
    column_.first_day = first;
    column_.last_day = last;
  }
  column_.days.grow(count);
  return true;
}

bool ColumnReader::read_moments(const CellRun& run, std::size_t from, std::size_t count, Diagnostics& diagnostics) {
  const std::size_t first = column_.days.size();
  if (!read_dates(run, from, count, diagnostics)) return false;
  double* out = column_.numbers.tail();
  if (out == nullptr) return false;
  for (std::size_t i = 0; i < count; ++i) {
    const Day day = column_.days[first + i];
    out[i] = day == kNoDay ? std::numeric_limits<double>::quiet_NaN() : read_moment(clean_cell(run.cell(from + i), dialect_, scratch_), day);
  }
  column_.numbers.grow(count);
  return true;
}

Day ColumnReader::date_slow(std::string_view raw, std::uint64_t record, Diagnostics& diagnostics) {
  const std::string_view text = clean_cell(raw, dialect_, scratch_);
  const DateCell cell = read_date_cell(text);
  date_evidence_.add(cell);
  if (cell.kind == DateKind::kMissing) return kNoDay;
  if (cell.is_ambiguous() && ambiguous_example_.empty()) ambiguous_example_ = text;
  const bool is_decisive = cell.kind == DateKind::kOrdered && (cell.day_first == kNoDay) != (cell.month_first == kNoDay);
  if (is_decisive && decisive_example_.empty()) decisive_example_ = text;
  const Day day = cell.kind == DateKind::kSerial ? (assumption_.is_serial ? cell.day : kNoDay) : cell.value(assumption_.order);
  if (day == kNoDay) report(Code::date_unreadable, text, record, diagnostics);
  return day;
}

}  // namespace kpi
