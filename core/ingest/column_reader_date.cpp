// Dates.
#include <array>
#include <cstring>

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

/// "2023-05-17" alone or with "Thh:mm" or " hh:mm" and anything behind it; kNoDay for everything else. 16 bytes may be read.
inline Day read_iso(const MonthStarts& starts, const std::uint8_t* p, std::uint32_t size) {
  std::uint64_t head;
  std::memcpy(&head, p, 8);  // YYYY-MM-
  const std::uint64_t digits = head ^ 0x2D30302D30303030ULL;
  const unsigned tens = static_cast<unsigned>(p[8]) - '0', ones = static_cast<unsigned>(p[9]) - '0';
  // Digits are 0..9 in their bytes, the hyphens have become 0.
  const std::uint64_t over = (digits + 0x7F76767F76767676ULL) | digits;
  if (((over & 0x8080808080808080ULL) != 0) || tens > 9 || ones > 9) return kNoDay;
  if (size != 10 && !(size >= 16 && (p[10] == 'T' || p[10] == ' ') && p[13] == ':' && static_cast<unsigned>(p[11]) - '0' <= 9 && static_cast<unsigned>(p[12]) - '0' <= 9)) return kNoDay;
  const auto digit = [digits](unsigned at) { return static_cast<std::uint32_t>(digits >> (8 * at)) & 0xFU; };
  const std::uint32_t year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3) - static_cast<std::uint32_t>(kFirstYear);
  const std::uint32_t month = digit(5) * 10 + digit(6), day = tens * 10 + ones;
  if (year >= static_cast<std::uint32_t>(kYears) || month > 15) return kNoDay;
  const std::size_t at = year * 16 + month;
  if (day - 1 >= starts.length[at]) return kNoDay;
  return starts.before[at] + static_cast<Day>(day);
}

}  // namespace

bool ColumnReader::read_dates(const CellRun& run, std::size_t from, std::size_t count, Diagnostics& diagnostics) {
  Day* out = column_.days.tail();
  if (out == nullptr) return false;
  const MonthStarts& starts = month_starts();
  std::uint64_t certain = 0, present = 0;
  Day first = column_.first_day == kNoDay ? std::numeric_limits<Day>::max() : column_.first_day;
  Day last = column_.last_day;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t start = run.starts[from + i], size = run.ends[from + i] - start;
    Day day = kNoDay;
    if (size != 0) {
      day = size >= 10 ? read_iso(starts, run.text + start, size) : kNoDay;
      if (__builtin_expect(day == kNoDay, 0)) {
        day = date_slow(run.cell(from + i), run.records[from + i], diagnostics);
      } else {
        ++certain;
      }
      if (day != kNoDay) {
        ++present;
        first = day < first ? day : first;
        last = day > last ? day : last;
      }
    }
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
