// The user's calendar: when the year begins and on which day a week does.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/date.h"

namespace kpi {

enum class WeekStart : std::uint8_t { kMonday, kSunday };
std::optional<WeekStart> parse_week_start(std::string_view text);
std::string_view week_start_name(WeekStart start);

/// Quarters and years from the first day of a month on, weeks from Monday (ISO 8601) or Sunday on. Days and months are everybody's.
class Calendar {
 public:
  Calendar() = default;
  /// `year_starts_in`: 1..12.
  Calendar(unsigned year_starts_in, WeekStart week) : year_starts_in_(year_starts_in), week_(week) {}
  unsigned year_starts_in() const { return year_starts_in_; }
  WeekStart week() const { return week_; }

  /// First day of the period that holds `day`, and of the one after it.
  Day start(Day day, Grain grain) const;
  Day next_start(Day day, Grain grain) const;
  /// As period_label; a year that does not begin in January is named after the year in which it ends, as companies do: "FY2025" and
  /// "FY2025-Q1" of April 2024 when it begins in April. Weeks from Sunday on have no ISO number and are named by their first day.
  std::string label(Day day, Grain grain) const;

 private:
  unsigned year_starts_in_ = 1;
  WeekStart week_ = WeekStart::kMonday;
};

}  // namespace kpi
