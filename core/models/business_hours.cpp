#include "core/models/business_hours.h"

#include <algorithm>
#include <optional>

namespace kpi {
namespace {

constexpr std::int64_t kDay = 86400;

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
/// 0 Monday to 6 Sunday; 1970-01-01 was a Thursday.
unsigned weekday(std::int64_t day) { return static_cast<unsigned>(((day + 3) % 7 + 7) % 7); }

}  // namespace

std::int64_t local_of_utc(const std::vector<OffsetChange>& offsets, std::int64_t utc) {
  std::int64_t offset = offsets.empty() ? 0 : offsets.front().offset_seconds;
  for (const OffsetChange& change : offsets) {
    if (change.from_utc_seconds <= utc) offset = change.offset_seconds;
  }
  return utc + offset;
}

std::int64_t utc_of_local(const std::vector<OffsetChange>& offsets, std::int64_t local, std::int64_t not_before) {
  std::optional<std::int64_t> first;
  std::int64_t skipped = offsets.empty() ? local : local - offsets.front().offset_seconds;
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    const std::int64_t utc = local - offsets[i].offset_seconds;
    const bool is_after = i == 0 || utc >= offsets[i].from_utc_seconds, is_before = i + 1 == offsets.size() || utc < offsets[i + 1].from_utc_seconds;
    if (is_after) skipped = utc;  // the last piece that has begun by then
    if (!is_after || !is_before) continue;
    if (utc >= not_before) return utc;
    if (!first) first = utc;
  }
  return first.value_or(skipped);
}

Outcome<WorkingTime> WorkingTime::from_calendar(const BusinessCalendar& c) {
  if (c.working_days == 0 || c.working_days > 0x7F) return Undefined{"out_of_range", {"working_days"}};
  if (c.opens_minute < 0 || c.closes_minute > 1440 || c.opens_minute >= c.closes_minute) return Undefined{"out_of_range", {"opening_hours"}};
  for (std::size_t i = 0; i < c.offsets.size(); ++i) {
    const bool is_later = i == 0 || c.offsets[i].from_utc_seconds > c.offsets[i - 1].from_utc_seconds;
    if (!is_later || c.offsets[i].offset_seconds <= -kDay || c.offsets[i].offset_seconds >= kDay) return Undefined{"out_of_range", {"offsets"}};
  }
  return WorkingTime(c);
}

WorkingTime::WorkingTime(const BusinessCalendar& c)
    : working_days_(c.working_days), opens_(std::int64_t{c.opens_minute} * 60), closes_(std::int64_t{c.closes_minute} * 60), offsets_(c.offsets) {
  for (const Day day : c.holidays) {
    if ((working_days_ >> weekday(day) & 1) != 0) closed_.push_back(day);
  }
  std::sort(closed_.begin(), closed_.end());
  closed_.erase(std::unique(closed_.begin(), closed_.end()), closed_.end());
}

bool WorkingTime::is_working(std::int64_t day) const {
  return (working_days_ >> weekday(day) & 1) != 0 && !std::binary_search(closed_.begin(), closed_.end(), day);
}

/// Counted from some fixed Monday: only differences mean something.
std::int64_t WorkingTime::working_days_before(std::int64_t day) const {
  const std::int64_t week = floor_divide(day + 3, 7);
  std::int64_t in_week = 0, so_far = 0;
  for (unsigned d = 0; d < 7; ++d) {
    const std::int64_t is_set = working_days_ >> d & 1;
    in_week += is_set;
    so_far += d < weekday(day) ? is_set : 0;
  }
  return week * in_week + so_far - (std::lower_bound(closed_.begin(), closed_.end(), day) - closed_.begin());
}

std::int64_t WorkingTime::open_seconds_before(std::int64_t local) const {
  const std::int64_t day = floor_divide(local, kDay);
  const std::int64_t today = is_working(day) ? std::clamp(local - day * kDay - opens_, std::int64_t{0}, closes_ - opens_) : 0;
  return working_days_before(day) * (closes_ - opens_) + today;
}

std::int64_t WorkingTime::seconds_between(std::int64_t from_utc, std::int64_t to_utc) const {
  std::int64_t seconds = 0;
  // Piece by piece: within one the local clock runs evenly.
  const std::size_t pieces = std::max<std::size_t>(offsets_.size(), 1);
  for (std::size_t i = 0; i < pieces; ++i) {
    const std::int64_t offset = offsets_.empty() ? 0 : offsets_[i].offset_seconds;
    const std::int64_t first = i == 0 ? from_utc : std::max(from_utc, offsets_[i].from_utc_seconds);
    const std::int64_t last = i + 1 == pieces ? to_utc : std::min(to_utc, offsets_[i + 1].from_utc_seconds);
    if (first < last) seconds += open_seconds_before(last + offset) - open_seconds_before(first + offset);
  }
  return seconds;
}

}  // namespace kpi
