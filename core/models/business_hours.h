// Working time: how many seconds a desk was open between two moments, through nights, weekends, holidays and changes of the clock.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "core/base/date.h"
#include "core/base/undefined.h"

namespace kpi {

/// From this moment (seconds since 1970-01-01 UTC) local time is UTC plus the offset: daylight saving without a time-zone database.
struct OffsetChange {
  std::int64_t from_utc_seconds;
  std::int32_t offset_seconds;
};

/// The moment at which a clock of these offsets (as in BusinessCalendar) shows `local`, in seconds since 1970-01-01 UTC. Of an hour that it
/// shows twice, the first time that is not before `not_before`, else the first; one that it skips is read as if it had not been changed yet.
/// Cost O(offsets).
std::int64_t utc_of_local(const std::vector<OffsetChange>& offsets, std::int64_t local, std::int64_t not_before = std::numeric_limits<std::int64_t>::min());
/// What that clock shows. Cost O(offsets).
std::int64_t local_of_utc(const std::vector<OffsetChange>& offsets, std::int64_t utc);

struct BusinessCalendar {
  std::uint8_t working_days;           // bit 0 Monday to bit 6 Sunday
  std::int32_t opens_minute;           // of the local day: 0 to 1439
  std::int32_t closes_minute;          // above opens_minute, up to 1440
  std::vector<Day> holidays;           // local days; in any order
  std::vector<OffsetChange> offsets;   // by time, upwards; the first also holds before it; none: local time is UTC
};

/// The desk is open at every moment at which its local clock shows an open minute of a working day: an hour that the clock skips is not
/// worked, one that it repeats is worked twice.
class WorkingTime {
 public:
  /// Undefined: "out_of_range" with "working_days" (none, or bit 7), "opening_hours" (closed all day or past midnight) or "offsets" (not by
  /// time, or beyond a day). Cost O(holidays log holidays).
  static Outcome<WorkingTime> from_calendar(const BusinessCalendar& calendar);

  /// Open seconds from one moment to another, both in seconds since 1970-01-01 UTC; 0 where `to` is not later. Moments within about
  /// 200 000 years of 1970. Cost O(offsets + log holidays).
  std::int64_t seconds_between(std::int64_t from_utc, std::int64_t to_utc) const;

 private:
  explicit WorkingTime(const BusinessCalendar& calendar);
  bool is_working(std::int64_t day) const;
  std::int64_t working_days_before(std::int64_t day) const;
  std::int64_t open_seconds_before(std::int64_t local) const;

  std::uint8_t working_days_;
  std::int64_t opens_, closes_;       // second of the day
  std::vector<std::int64_t> closed_;  // holidays on days that would be working days, upwards
  std::vector<OffsetChange> offsets_;
};

}  // namespace kpi
