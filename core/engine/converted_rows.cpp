#include "core/engine/converted_rows.h"

#include <algorithm>
#include <memory>

#include "core/engine/segment_task.h"

namespace kpi {
namespace {

/// The days of a segment's rows, by position in the segment.
struct SegmentDays {
  const Day* days = nullptr;
  Day of_all = kNoDay;
  Day at(std::size_t i) const { return days == nullptr ? of_all : days[i]; }
};

SegmentDays days_of_rows(const DaySource& date, const FileTable& table, std::size_t first) {
  if (date.exists()) return {days_of(date, first), kNoDay};
  return {nullptr, date.is_stock ? table.last_day : kNoDay};
}

}  // namespace

void make_converted(Task& task) {
  task.converted = std::make_unique<ConvertedAmounts>();
  task.converted->own = std::move(task.currency);
  task.currency = {};
  for (std::size_t number = 0; number < 256; ++number) task.currency.by_code.push_back(static_cast<std::uint8_t>(number));
}

void ConvertedRows::fill(Task& task, const DaySource& date, const FileTable& table, const SegmentRows& rows) {
  ConvertedAmounts& into = *task.converted;
  const SegmentDays days = days_of_rows(date, table, rows.first);
  const double* numbers = task.number->numbers.segment(rows.first / kSegmentRows);
  into.numbers.assign(numbers, numbers + rows.count);
  into.codes.resize(rows.count);
  for (std::size_t i = 0; i < rows.count; ++i) {
    std::uint8_t currency = into.own.at(rows.first + i);
    into.numbers[i] = converter_.convert(numbers[i], currency, days.at(i));
    into.codes[i] = currency;
  }
}

void ConvertedRows::count(const Task& task, const DaySource& date, const FileTable& table, const SegmentRows& rows) {
  list_taken(task, table, rows, taken_);
  const SegmentDays days = days_of_rows(date, table, rows.first);
  for (const std::uint32_t i : taken_) {
    const std::uint8_t currency = task.converted->own.at(rows.first + i);
    std::vector<std::uint8_t>& seen = seen_[currency];
    if (seen.empty()) seen.resize(kSegmentRows);
    if (seen[i] != 0) continue;
    seen[i] = 1;
    converter_.count(currency, days.at(i));
  }
}

void ConvertedRows::next_segment() {
  for (std::vector<std::uint8_t>& seen : seen_) std::fill(seen.begin(), seen.end(), std::uint8_t{0});
}

}  // namespace kpi
