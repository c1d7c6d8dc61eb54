// The time of day behind a date.
#include <limits>
#include <optional>

#include "core/base/number.h"
#include "core/base/text.h"
#include "core/ingest/date_cell.h"

namespace kpi {
namespace {

constexpr double kNoMoment = std::numeric_limits<double>::quiet_NaN();
constexpr int kMinute = 60, kHour = 3600, kDaySeconds = 86400;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Number of one or two digits that ends before `end`; nothing when there are none or more.
std::optional<int> digits_before(std::string_view text, std::size_t end) {
  std::size_t start = end;
  while (start > 0 && is_digit(text[start - 1])) --start;
  if (start == end || end - start > 2) return std::nullopt;
  int value = 0;
  for (std::size_t i = start; i < end; ++i) value = value * 10 + (text[i] - '0');
  return value;
}

std::optional<int> two_digits(std::string_view text, std::size_t at) {
  if (at + 2 > text.size() || !is_digit(text[at]) || !is_digit(text[at + 1])) return std::nullopt;
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

struct TimeOfDay {
  double seconds = 0;
  std::string_view rest;  // behind it: a half of the day, a zone
};

std::optional<TimeOfDay> made(int hour, int minute, double second, std::string_view rest) {
  if (hour > 24 || minute > 59 || second >= 61) return std::nullopt;
  return TimeOfDay{hour * double{kHour} + minute * double{kMinute} + second, rest};
}

/// ":30" with its seconds, or "h30", behind the hour.
std::optional<TimeOfDay> read_clock(std::string_view text) {
  for (std::size_t i = 1; i + 2 < text.size(); ++i) {
    if (text[i] != ':' && text[i] != 'h') continue;
    const std::optional<int> hour = digits_before(text, i), minute = two_digits(text, i + 1);
    if (!hour || !minute) continue;
    std::size_t end = i + 3;
    double second = 0;
    if (const std::optional<int> whole = end < text.size() && text[end] == ':' ? two_digits(text, end + 1) : std::nullopt) {
      second = *whole;
      end += 3;
      if (end + 1 < text.size() && (text[end] == '.' || text[end] == ',') && is_digit(text[end + 1])) {
        double place = 0.1;
        for (++end; end < text.size() && is_digit(text[end]); ++end, place /= 10) second += (text[end] - '0') * place;
      }
    }
    return made(*hour, *minute, second, text.substr(end));
  }
  return std::nullopt;
}

/// "T213000" or "T2130" behind eight digits.
std::optional<TimeOfDay> read_compact(std::string_view text) {
  if (text.size() < 13 || (text[8] != 'T' && text[8] != 't' && text[8] != ' ')) return std::nullopt;
  const std::optional<int> hour = two_digits(text, 9), minute = two_digits(text, 11), second = two_digits(text, 13);
  if (!hour || !minute) return std::nullopt;
  return made(*hour, *minute, second.value_or(0), text.substr(second ? 15 : 13));
}

/// Seconds ahead of UTC, where the text says.
std::optional<int> read_zone(std::string_view rest) {
  rest = trim(rest);
  if (rest == "Z" || rest == "z") return 0;
  const std::string folded = fold(rest);
  const bool is_named = folded.starts_with("utc") || folded.starts_with("gmt");
  std::string_view sign = is_named ? trim(rest.substr(3)) : rest;
  if (sign.empty()) return is_named ? std::optional(0) : std::nullopt;
  if (sign[0] != '+' && sign[0] != '-') return std::nullopt;
  std::size_t count = 1;
  while (count < sign.size() && is_digit(sign[count])) ++count;
  const std::optional<int> hours = count == 2 ? digits_before(sign, 2) : two_digits(sign, 1);
  if (!hours || *hours > 14) return std::nullopt;
  const std::size_t after = count == 2 ? 2 : 3;
  const std::size_t minutes_at = after < sign.size() && sign[after] == ':' ? after + 1 : after;
  const int offset = *hours * kHour + two_digits(sign, minutes_at).value_or(0) * kMinute;
  return sign[0] == '-' ? -offset : offset;
}

}  // namespace

double read_moment(std::string_view text, Day day) {
  std::optional<TimeOfDay> time = read_clock(text);
  if (!time) time = read_compact(text);
  const double midnight = static_cast<double>(day) * kDaySeconds;
  if (!time) {
    // A day number of a spreadsheet carries its time as a fraction.
    const std::optional<double> serial = parse_number(text);
    if (!serial || *serial < 20000 || *serial >= 60000) return kNoMoment;
    const double whole = static_cast<double>(static_cast<std::int64_t>(*serial));
    return *serial == whole ? kNoMoment : midnight + (*serial - whole) * kDaySeconds;
  }
  const std::string half = fold(trim(time->rest));
  double seconds = time->seconds;
  std::string_view rest = time->rest;
  const bool is_after_noon = half.starts_with("pm") || half.starts_with("p.m"), is_before_noon = half.starts_with("am") || half.starts_with("a.m");
  if (is_after_noon && seconds < 12 * kHour) seconds += 12 * kHour;
  if (is_before_noon && seconds >= 12 * kHour) seconds -= 12 * kHour;
  if (is_after_noon || is_before_noon) {
    rest = trim(rest);
    while (!rest.empty() && rest[0] != '+' && rest[0] != '-' && rest[0] != 'U' && rest[0] != 'G' && rest[0] != 'Z') rest.remove_prefix(1);
  }
  return midnight + seconds - read_zone(rest).value_or(0);
}

}  // namespace kpi
