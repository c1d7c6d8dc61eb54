// One cell read as a date in every order that fits, so that a column can decide over all of its cells.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/date.h"
#include "core/ingest/csv_reader.h"

namespace kpi {

enum class DateKind : std::uint8_t {
  kMissing,
  kCertain,     // one reading whatever the order: ISO, yyyymmdd, a month's name
  kOrdered,     // numbers whose order matters: "03/04/2024"
  kSerial,      // a plain number as spreadsheets count days, a date only where the whole column is
  kUnreadable,
};

struct DateCell {
  DateKind kind = DateKind::kMissing;
  Day day = kNoDay;          // kCertain, kSerial
  Day day_first = kNoDay;    // kOrdered: kNoDay where the order does not fit
  Day month_first = kNoDay;
  Day year_first = kNoDay;   // kOrdered with three two-digit numbers only
  bool is_dotted = false;    // kOrdered with dots, which every country that writes them puts behind the day first

  Day value(DateOrder order) const {
    if (kind == DateKind::kCertain) return day;
    if (kind != DateKind::kOrdered) return kNoDay;
    return order == DateOrder::kDayMonthYear ? day_first : order == DateOrder::kMonthDayYear ? month_first : year_first;
  }
  bool is_ambiguous() const {
    return kind == DateKind::kOrdered && day_first != kNoDay && month_first != kNoDay && day_first != month_first;
  }
};

/// Reads a trimmed cell. A time of day and a zone after the date are read over: the day is the one that is written. A range gives
/// its first day. Years 1900..2199; "2024-05" and "05/2024" are the month's first day. Two-digit years: 00..68 are 20xx.
/// Examples: "Jun 09, 2018 09:30 pm", "8. Januar 2026", "20260817", "26-02-2018 19:58", "2018/6/9".
DateCell read_date_cell(std::string_view text);

/// The moment of a cell that was read as `day`: seconds since 1970-01-01 00:00, as written where the cell names no zone, in UTC where it
/// does. NaN when the cell has no time of day. A difference of two moments is right when both name a zone or neither does.
/// Examples: "2018-06-09 21:30", "Jun 09, 2018 09:30 pm", "2018-06-09T21:30:00+02:00", "20180609T213000", "21h30".
double read_moment(std::string_view text, Day day);

}  // namespace kpi
