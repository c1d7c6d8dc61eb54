// The stretch of time a report covers, cut into periods, and the fast way from a day to its period.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/engine/calendar.h"

namespace kpi {

/// kSameWeekdaysLastYear: 52 weeks back, so that a Friday meets a Friday.
enum class CompareKind : std::uint8_t { kNone, kPreviousPeriod, kSamePeriodLastYear, kSameWeekdaysLastYear };

constexpr std::int32_t kMaxBack = 120;  // periods or years to go back
std::optional<CompareKind> parse_compare(std::string_view text);
std::string_view compare_name(CompareKind kind);

/// One period of the window: [first, last], both inside the window. is_partial: the calendar period is longer than what the
/// window or the data cover, so its figures must not be read against a whole one.
struct Bucket {
  Day first;
  Day last;
  bool is_partial;
};

/// A window of days. Unbounded: every row belongs to it, also rows without a date.
struct Window {
  bool is_unbounded = true;
  Day first = kNoDay;  // kNoDay only when there is no dated row at all
  Day last = kNoDay;
  Grain grain = Grain::kMonth;
  Calendar calendar;
  std::vector<Bucket> buckets;
};

/// At most this many periods are made; a finer grain than that is coarsened to the next one that fits.
constexpr std::size_t kMaxBuckets = 4000;

/// Shape  `from`/`to` may be missing: then the data's own first and last day bound the periods, and the window is unbounded when
///        both are missing. `data_first`/`data_last` are kNoDay when no row has a date.
Window make_window(std::optional<Day> from, std::optional<Day> to, Grain grain, Day data_first, Day data_last, const Calendar& calendar = {});

/// The window to compare with, or nothing for kNone or a window without days. `back`: how many periods or years, 1..kMaxBack.
/// Previous period: as many whole months back when the window is whole months, else as many days.
/// Same period last year: both ends moved by 12 months; a window that ends a month still ends it (2024-02-29 -> 2023-02-28).
/// Same weekdays last year: both ends moved by 364 days (Friday 2025-11-21 -> Friday 2024-11-22).
/// `so_far`: the last day of the data, where the window runs beyond it. The other window then ends on the day that corresponds to it, as
/// December until the 20th meets November until the 20th: a month that still runs must not be read against a whole one.
std::optional<Window> compare_window(const Window& window, CompareKind kind, std::int32_t back = 1, Day so_far = kNoDay);

/// Slot of each day: index of its bucket, `kOutside` beyond the window, the last slot for rows without a date.
class SlotMap {
 public:
  static constexpr std::uint16_t kOutside = 0xFFFF;
  explicit SlotMap(const Window& window);
  /// Without a branch: whether a row has a date is as good as random from row to row.
  std::uint16_t slot(Day day) const {
    const std::uint32_t offset = std::min(static_cast<std::uint32_t>(day) - static_cast<std::uint32_t>(first_), beyond_);
    const std::uint32_t is_undated = 0 - static_cast<std::uint32_t>(day == kNoDay);
    return static_cast<std::uint16_t>((slots_[offset] & ~is_undated) | (undated_ & is_undated));
  }
  /// The slot for rows without a date: kOutside when the window is bounded.
  std::uint16_t undated() const { return undated_; }
  std::size_t slot_count() const { return slot_count_; }

 private:
  Day first_ = 0;
  std::vector<std::uint16_t> slots_;  // by day from first_; the last one, at beyond_, is kOutside
  std::uint32_t beyond_ = 0;
  std::uint16_t undated_;
  std::size_t slot_count_;
};

}  // namespace kpi
