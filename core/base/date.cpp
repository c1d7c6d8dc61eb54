#include "core/base/date.h"

namespace kpi {
namespace {

constexpr std::uint8_t kMonthDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

bool is_leap_year(std::int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

unsigned days_in_month(std::int32_t year, unsigned month) {
  return month == 2 && is_leap_year(year) ? 29U : kMonthDays[month - 1];
}

std::int32_t floor_divide(std::int32_t a, std::int32_t b) { return a / b - (a % b < 0 ? 1 : 0); }

/// Monday of the week that holds `day`; 1970-01-01 was a Thursday.
Day week_start(Day day) { return day - (((day + 3) % 7) + 7) % 7; }

void append_padded(std::string& out, std::int32_t value, int width) {
  std::string digits = std::to_string(value < 0 ? -value : value);
  if (value < 0) out += '-';
  for (int i = static_cast<int>(digits.size()); i < width; ++i) out += '0';
  out += digits;
}

struct GrainName {
  Grain grain;
  std::string_view name;
};
constexpr GrainName kGrainNames[] = {{Grain::kDay, "day"},
                                     {Grain::kWeek, "week"},
                                     {Grain::kMonth, "month"},
                                     {Grain::kQuarter, "quarter"},
                                     {Grain::kYear, "year"}};

}  // namespace

bool is_valid_date(std::int32_t year, unsigned month, unsigned day) {
  return month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

// Both conversions after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": the year starts in March.
Day day_from_civil(std::int32_t year, unsigned month, unsigned day) {
  year -= month <= 2 ? 1 : 0;
  const std::int32_t era = floor_divide(year, 400);
  const auto year_of_era = static_cast<unsigned>(year - era * 400);
  const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + static_cast<std::int32_t>(day_of_era) - 719468;
}

CivilDate civil_from_day(Day day) {
  const std::int32_t shifted = day + 719468;
  const std::int32_t era = floor_divide(shifted, 146097);
  const auto day_of_era = static_cast<unsigned>(shifted - era * 146097);
  const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted_month = (5 * day_of_year + 2) / 153;
  const unsigned month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  const std::int32_t year = static_cast<std::int32_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0);
  const unsigned day_of_month = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  return {year, static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day_of_month)};
}

std::optional<Day> parse_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  std::int32_t parts[3] = {0, 0, 0};
  for (std::size_t i = 0, part = 0; i < text.size(); ++i) {
    if (i == 4 || i == 7) {
      ++part;
      continue;
    }
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    parts[part] = parts[part] * 10 + (text[i] - '0');
  }
  const auto month = static_cast<unsigned>(parts[1]), day = static_cast<unsigned>(parts[2]);
  if (!is_valid_date(parts[0], month, day)) return std::nullopt;
  return day_from_civil(parts[0], month, day);
}

std::string format_iso_date(Day day) {
  const CivilDate date = civil_from_day(day);
  std::string out;
  append_padded(out, date.year, 4);
  out += '-';
  append_padded(out, date.month, 2);
  out += '-';
  append_padded(out, date.day, 2);
  return out;
}

Day period_start(Day day, Grain grain) {
  const CivilDate date = civil_from_day(day);
  switch (grain) {
    case Grain::kDay: return day;
    case Grain::kWeek: return week_start(day);
    case Grain::kMonth: return day_from_civil(date.year, date.month, 1);
    case Grain::kQuarter: return day_from_civil(date.year, (date.month - 1U) / 3 * 3 + 1, 1);
    case Grain::kYear: return day_from_civil(date.year, 1, 1);
  }
  return day;
}

Day next_period_start(Day day, Grain grain) {
  const Day start = period_start(day, grain);
  switch (grain) {
    case Grain::kDay: return start + 1;
    case Grain::kWeek: return start + 7;
    case Grain::kMonth: return add_months(start, 1);
    case Grain::kQuarter: return add_months(start, 3);
    case Grain::kYear: return add_months(start, 12);
  }
  return start + 1;
}

Day add_months(Day day, std::int32_t months) {
  const CivilDate date = civil_from_day(day);
  const std::int32_t total = date.year * 12 + date.month - 1 + months;
  const std::int32_t year = floor_divide(total, 12);
  const auto month = static_cast<unsigned>(total - year * 12) + 1;
  const unsigned last = days_in_month(year, month);
  return day_from_civil(year, month, date.day < last ? date.day : last);
}

std::string period_label(Day start, Grain grain) {
  const CivilDate date = civil_from_day(start);
  std::string out;
  switch (grain) {
    case Grain::kDay: return format_iso_date(start);
    case Grain::kWeek: {  // the ISO year is the one that holds the week's Thursday
      const Day thursday = week_start(start) + 3;
      const std::int32_t year = civil_from_day(thursday).year;
      append_padded(out, year, 4);
      out += "-W";
      append_padded(out, (thursday - day_from_civil(year, 1, 1)) / 7 + 1, 2);
      return out;
    }
    case Grain::kMonth:
      append_padded(out, date.year, 4);
      out += '-';
      append_padded(out, date.month, 2);
      return out;
    case Grain::kQuarter:
      append_padded(out, date.year, 4);
      out += "-Q";
      out += static_cast<char>('1' + (date.month - 1) / 3);
      return out;
    case Grain::kYear: append_padded(out, date.year, 4); return out;
  }
  return out;
}

std::optional<Grain> parse_grain(std::string_view text) {
  for (const GrainName& entry : kGrainNames) {
    if (entry.name == text) return entry.grain;
  }
  return std::nullopt;
}

std::string_view grain_name(Grain grain) {
  for (const GrainName& entry : kGrainNames) {
    if (entry.grain == grain) return entry.name;
  }
  return "";
}

}  // namespace kpi
