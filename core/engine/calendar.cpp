#include "core/engine/calendar.h"

namespace kpi {

std::optional<WeekStart> parse_week_start(std::string_view text) {
  if (text == "monday") return WeekStart::kMonday;
  return text == "sunday" ? std::optional(WeekStart::kSunday) : std::nullopt;
}

std::string_view week_start_name(WeekStart start) { return start == WeekStart::kSunday ? "sunday" : "monday"; }

Day Calendar::start(Day day, Grain grain) const {
  if (grain == Grain::kWeek && week_ == WeekStart::kSunday) return period_start(day + 1, Grain::kWeek) - 1;
  if (year_starts_in_ == 1 || (grain != Grain::kQuarter && grain != Grain::kYear)) return period_start(day, grain);
  // Shifted so that the year begins in January, cut there, and shifted back: whole months move without losing a day.
  const Day month = period_start(day, Grain::kMonth);
  const auto shift = static_cast<std::int32_t>(year_starts_in_) - 1;
  return add_months(period_start(add_months(month, -shift), grain), shift);
}

Day Calendar::next_start(Day day, Grain grain) const {
  const Day first = start(day, grain);
  switch (grain) {
    case Grain::kWeek: return first + 7;
    case Grain::kQuarter: return add_months(first, 3);
    case Grain::kYear: return add_months(first, 12);
    default: return next_period_start(first, grain);
  }
}

std::string Calendar::label(Day day, Grain grain) const {
  const Day first = start(day, grain);
  if (grain == Grain::kWeek && week_ == WeekStart::kSunday) return format_iso_date(first);
  if (year_starts_in_ == 1 || (grain != Grain::kQuarter && grain != Grain::kYear)) return period_label(first, grain);
  // January of the shifted year is the first month of this one; it ends in the calendar year after, as it does not begin in January.
  const Day shifted = add_months(first, 13 - static_cast<std::int32_t>(year_starts_in_));
  return "FY" + period_label(shifted, grain);
}

}  // namespace kpi
