#include "core/engine/window.h"

#include <algorithm>

namespace kpi {
namespace {

Grain coarser(Grain grain) {
  switch (grain) {
    case Grain::kDay: return Grain::kWeek;
    case Grain::kWeek: return Grain::kMonth;
    case Grain::kMonth: return Grain::kQuarter;
    default: return Grain::kYear;
  }
}

/// A lower bound is enough: it only has to keep the number of periods sane.
std::size_t least_days(Grain grain) {
  switch (grain) {
    case Grain::kDay: return 1;
    case Grain::kWeek: return 7;
    case Grain::kMonth: return 28;
    case Grain::kQuarter: return 90;
    case Grain::kYear: return 365;
  }
  return 1;
}

void cut(Window& window, Day data_first, Day data_last) {
  const std::size_t days = static_cast<std::size_t>(static_cast<std::int64_t>(window.last) - window.first) + 1;
  while (window.grain != Grain::kYear && days / least_days(window.grain) + 2 > kMaxBuckets) window.grain = coarser(window.grain);
  const Day covered_first = data_first == kNoDay ? window.first : data_first;
  const Day covered_last = data_last == kNoDay ? window.last : data_last;
  for (Day start = window.calendar.start(window.first, window.grain); start <= window.last && window.buckets.size() < kMaxBuckets;) {
    const Day next = window.calendar.next_start(start, window.grain);
    const Day first = std::max(start, window.first);
    const Day last = std::min(next - 1, window.last);
    const bool is_cut = first != start || last != next - 1;
    // Data that begins or ends inside the period: half a month must not read as a bad month. A quiet weekend at the edge is no gap.
    const Day tolerated = std::min<Day>((next - start) / 10, 3);
    const bool is_half_covered = (covered_first > start + tolerated && covered_first < next) ||
                                 (covered_last >= start && covered_last < next - 1 - tolerated);
    window.buckets.push_back({first, last, is_cut || is_half_covered});
    start = next;
  }
}

bool is_month_end(Day day) { return period_start(day + 1, Grain::kMonth) == day + 1; }

std::int32_t months_between(Day first, Day next) {
  const CivilDate a = civil_from_day(first);
  const CivilDate b = civil_from_day(next);
  return (b.year - a.year) * 12 + (static_cast<std::int32_t>(b.month) - static_cast<std::int32_t>(a.month));
}

}  // namespace

std::optional<CompareKind> parse_compare(std::string_view text) {
  if (text == "none") return CompareKind::kNone;
  if (text == "previous_period") return CompareKind::kPreviousPeriod;
  if (text == "same_period_last_year") return CompareKind::kSamePeriodLastYear;
  if (text == "same_weekdays_last_year") return CompareKind::kSameWeekdaysLastYear;
  return std::nullopt;
}

std::string_view compare_name(CompareKind kind) {
  switch (kind) {
    case CompareKind::kNone: return "none";
    case CompareKind::kPreviousPeriod: return "previous_period";
    case CompareKind::kSamePeriodLastYear: return "same_period_last_year";
    case CompareKind::kSameWeekdaysLastYear: return "same_weekdays_last_year";
  }
  return "none";
}

Window make_window(std::optional<Day> from, std::optional<Day> to, Grain grain, Day data_first, Day data_last, const Calendar& calendar) {
  Window window;
  window.calendar = calendar;
  window.grain = grain;
  window.is_unbounded = !from && !to;
  window.first = from ? *from : data_first;
  window.last = to ? *to : data_last;
  if (window.first == kNoDay && window.last != kNoDay) window.first = window.last;
  if (window.last == kNoDay && window.first != kNoDay) window.last = window.first;
  if (window.first != kNoDay && window.first <= window.last) cut(window, data_first, data_last);
  return window;
}

std::optional<Window> compare_window(const Window& window, CompareKind kind, std::int32_t back, Day so_far) {
  if (kind == CompareKind::kNone || window.buckets.empty()) return std::nullopt;
  const bool is_whole_months = period_start(window.first, Grain::kMonth) == window.first && is_month_end(window.last);
  const bool is_last_year = kind == CompareKind::kSamePeriodLastYear;
  const bool moves_by_months = is_last_year || (kind == CompareKind::kPreviousPeriod && is_whole_months);
  const std::int32_t months = -back * (is_last_year ? 12 : is_whole_months ? months_between(window.first, window.last + 1) : 0);
  const Day days = back * (kind == CompareKind::kSameWeekdaysLastYear ? 364 : window.last - window.first + 1);
  const auto moved = [&](Day day) { return moves_by_months ? add_months(day, months) : day - days; };
  const Day first = moved(window.first);
  // A day that ends its month still does after whole months: February until the 29th meets November until the 30th.
  const auto moved_end = [&](Day day) {
    if (!moves_by_months || !is_month_end(day)) return moved(day);
    return next_period_start(add_months(period_start(day, Grain::kMonth), months), Grain::kMonth) - 1;
  };
  Day last = moved_end(window.last);
  if (so_far != kNoDay && so_far >= window.first && so_far < window.last) last = std::min(last, moved_end(so_far));
  return make_window(first, last, window.grain, kNoDay, kNoDay, window.calendar);
}

SlotMap::SlotMap(const Window& window) {
  slot_count_ = window.buckets.size() + (window.is_unbounded ? 1 : 0);
  undated_ = window.is_unbounded ? static_cast<std::uint16_t>(window.buckets.size()) : kOutside;
  if (!window.buckets.empty()) {
    first_ = window.first;
    beyond_ = static_cast<std::uint32_t>(window.last - window.first + 1);
  }
  slots_.resize(beyond_ + std::size_t{1}, kOutside);
  for (std::size_t b = 0; b < window.buckets.size(); ++b) {
    for (Day day = window.buckets[b].first; day <= window.buckets[b].last; ++day) {
      slots_[static_cast<std::size_t>(day - first_)] = static_cast<std::uint16_t>(b);
    }
  }
}

}  // namespace kpi
