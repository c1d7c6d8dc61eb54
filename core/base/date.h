// Civil dates as day numbers (days since 1970-01-01), proleptic Gregorian. No clock, no time zone.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace kpi {

using Day = std::int32_t;
constexpr Day kNoDay = std::numeric_limits<Day>::min();

struct CivilDate {
  std::int32_t year;
  std::uint8_t month;  // 1..12
  std::uint8_t day;    // 1..31
};

enum class Grain : std::uint8_t { kDay, kWeek, kMonth, kQuarter, kYear };

bool is_valid_date(std::int32_t year, unsigned month, unsigned day);
Day day_from_civil(std::int32_t year, unsigned month, unsigned day);
CivilDate civil_from_day(Day day);
/// "2024-02-29" -> day; anything else, also impossible dates: nothing.
std::optional<Day> parse_iso_date(std::string_view text);
std::string format_iso_date(Day day);

/// First day of the period that holds `day`; weeks start on Monday (ISO 8601).
Day period_start(Day day, Grain grain);
/// First day of the period after the one that holds `day`.
Day next_period_start(Day day, Grain grain);
/// `day` moved by whole months, clamped to the month's last day: 2024-02-29 by -12 is 2023-02-28.
Day add_months(Day day, std::int32_t months);
/// "2024-05-17", "2024-W20", "2024-05", "2024-Q2", "2024".
std::string period_label(Day start, Grain grain);
std::optional<Grain> parse_grain(std::string_view text);
std::string_view grain_name(Grain grain);

}  // namespace kpi
