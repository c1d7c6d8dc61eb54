#include "core/ingest/date_cell.h"

#include <string>

#include "core/base/number.h"
#include "core/base/text.h"
#include "core/ingest/cells.h"
#include "core/ingest/month_names.h"

namespace kpi {
namespace {

constexpr std::size_t kMaxCell = 80;
constexpr double kFirstSerial = 20000, kLastSerial = 60000;  // 1954-10-03 .. 2064-04-08
constexpr Day kSerialZero = -25569;                          // 1899-12-30, from which spreadsheets count

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

/// Words between the parts of a written date that say nothing.
bool is_filler(std::string_view folded) {
  constexpr std::string_view kFillers[] = {
      "of", "de", "del", "den", "the", "st", "nd", "rd", "th", "er", "mon", "monday", "tue", "tues", "tuesday", "wed", "wednesday", "thu",
      "thur", "thurs", "thursday", "fri", "friday", "sat", "saturday", "sun", "sunday", "\xD0\xB3", "\xD0\xB3\xD0\xBE\xD0\xB4\xD0\xB0"};
  for (const std::string_view filler : kFillers) {
    if (filler == folded) return true;
  }
  return false;
}

struct Digits {
  std::int32_t value = 0;
  std::size_t count = 0;
};

class DateReader {
 public:
  explicit DateReader(std::string_view text) : text_(text) {}

  DateCell read() {
    if (!text_.empty() && is_digit(text_[0])) {
      if (const DateCell numeric = read_numeric(); numeric.kind != DateKind::kUnreadable) return numeric;
    }
    return read_named();
  }

 private:
  static DateCell unreadable() {
    DateCell cell;
    cell.kind = DateKind::kUnreadable;
    return cell;
  }
  static Day day_of(std::int32_t year, std::int32_t month, std::int32_t day) {
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return kNoDay;
    const auto m = static_cast<unsigned>(month), d = static_cast<unsigned>(day);
    return is_valid_date(year, m, d) ? day_from_civil(year, m, d) : kNoDay;
  }
  static DateCell certain(std::int32_t year, std::int32_t month, std::int32_t day) {
    DateCell cell = unreadable();
    cell.day = day_of(year, month, day);
    if (cell.day != kNoDay) cell.kind = DateKind::kCertain;
    return cell;
  }
  static std::int32_t full_year(Digits digits) {
    if (digits.count != 2) return digits.value;
    return digits.value <= 68 ? 2000 + digits.value : 1900 + digits.value;
  }

  Digits take_digits() {
    Digits digits;
    for (; at_ < text_.size() && is_digit(text_[at_]); ++at_) {
      if (digits.count < 9) digits.value = digits.value * 10 + (text_[at_] - '0');
      ++digits.count;
    }
    return digits;
  }
  /// One separator between the numbers of a date, with blanks around; 0 when there is none. The signs for year, month and day count.
  char take_separator() {
    const std::string_view rest = text_.substr(at_);
    for (const std::string_view sign : {"\xE5\xB9\xB4", "\xE6\x9C\x88", "\xEB\x85\x84", "\xEC\x9B\x94"}) {
      if (rest.starts_with(sign)) {
        at_ += sign.size();
        skip_blanks();
        return 'Y';
      }
    }
    if (rest.empty() || (rest[0] != '-' && rest[0] != '/' && rest[0] != '.')) return 0;
    ++at_;
    if (rest[0] == '.') skip_blanks();
    return rest[0];
  }
  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  /// What may follow a date: nothing, a time of day, a zone, the end of a range.
  bool is_tail(std::string_view rest) const {
    for (const std::string_view sign : {"\xE6\x97\xA5", "\xEC\x9D\xBC"}) {
      if (rest.starts_with(sign)) rest.remove_prefix(sign.size());
    }
    if (rest.empty()) return true;
    if (rest[0] != ' ' && rest[0] != 'T' && rest[0] != 't' && rest[0] != ',' && rest[0] != 'Z' && rest[0] != '+' && rest[0] != '.') return false;
    const bool is_zone = rest[0] == 'Z' || rest[0] == '+';
    std::size_t i = 1;
    while (i < rest.size() && (rest[i] == ' ' || rest[i] == ',' || rest[i] == 'T')) ++i;
    if (i == rest.size()) return rest[0] != 'T' && rest[0] != 't';
    if (is_zone) return rest[0] == '+' ? is_digit(rest[i]) : false;
    if (is_digit(rest[i])) {
      std::size_t digits = i;
      while (digits < rest.size() && is_digit(rest[digits])) ++digits;
      if (digits - i == 6 || digits - i == 4) return true;  // 20240131T101500
      if (digits - i > 2 || digits == rest.size()) return false;
      const std::string_view after = rest.substr(digits);
      return after[0] == ':' || after[0] == 'h' || (after[0] == '.' && after.size() > 2 && is_digit(after[1])) || is_half_day(after);
    }
    if (rest.substr(i).starts_with("\xE2\x80\x93")) return true;  // en dash: a range
    if (rest[i] == '-' || rest[i] == '(') return true;
    const std::string word = fold(rest.substr(i));
    for (const std::string_view known : {"utc", "gmt", "z", "at ", "um ", "to ", "bis ", "\xC3\xA0 ", "\xD0\xB2 "}) {
      if (word == known || (known.back() == ' ' && word.starts_with(known))) return true;
    }
    return word.starts_with("utc") || word.starts_with("gmt");
  }
  static bool is_half_day(std::string_view after) {
    const std::string folded = fold(trim(after));
    return folded.starts_with("am") || folded.starts_with("pm") || folded.starts_with("a.m") || folded.starts_with("p.m");
  }

  DateCell read_numeric() {
    at_ = 0;
    const Digits first = take_digits();
    if (first.count >= 5) return read_digits_only(first);
    const char mark = take_separator();
    if (mark == 0) return unreadable();
    const Digits second = take_digits();
    if (second.count == 0) return unreadable();
    if (second.count == 4 && first.count <= 2) {  // 05/2024
      return is_tail(text_.substr(at_)) && at_ == text_.size() ? certain(second.value, first.value, 1) : unreadable();
    }
    if (second.count > 2) return unreadable();
    if (first.count == 4 && (at_ == text_.size() || text_.substr(at_) == "\xE6\x9C\x88")) return certain(first.value, second.value, 1);
    if (take_separator() != mark) return unreadable();
    const Digits third = take_digits();
    if (third.count == 0 || !is_tail(text_.substr(at_))) return unreadable();
    if (first.count == 4) return third.count <= 2 ? certain(first.value, second.value, third.value) : unreadable();
    if (first.count > 2 || (third.count != 4 && third.count != 2)) return unreadable();
    DateCell cell;
    cell.kind = DateKind::kOrdered;
    cell.is_dotted = mark == '.';
    const std::int32_t year = full_year(third);
    cell.day_first = day_of(year, second.value, first.value);
    cell.month_first = day_of(year, first.value, second.value);
    if (third.count == 2 && first.count == 2) cell.year_first = day_of(full_year(first), second.value, third.value);
    const bool fits = cell.day_first != kNoDay || cell.month_first != kNoDay || cell.year_first != kNoDay;
    return fits ? cell : unreadable();
  }

  /// yyyymmdd (with an hour or a time behind it), or a spreadsheet's day number.
  DateCell read_digits_only(Digits first) {
    const std::string_view rest = text_.substr(at_);
    if (first.count == 8 && is_tail(rest)) return certain(first.value / 10000, first.value / 100 % 100, first.value % 100);
    if (first.count == 10 && rest.empty()) {  // yyyymmddhh
      const auto part = [this](std::size_t from, std::size_t count) {
        std::int32_t value = 0;
        for (std::size_t i = from; i < from + count; ++i) value = value * 10 + (text_[i] - '0');
        return value;
      };
      return part(8, 2) < 24 ? certain(part(0, 4), part(4, 2), part(6, 2)) : unreadable();
    }
    if (first.count != 5) return unreadable();
    std::string plain(text_);
    for (char& c : plain) c = c == ',' ? '.' : c;
    const std::optional<double> number = parse_number(plain);
    if (!number || *number < kFirstSerial || *number >= kLastSerial) return unreadable();
    DateCell cell;
    cell.kind = DateKind::kSerial;
    cell.day = static_cast<Day>(*number) + kSerialZero;
    return cell;
  }

  /// A month's name with a day and a year around it, in any order that has the year last or first.
  DateCell read_named() {
    at_ = 0;
    unsigned month = 0;
    Digits numbers[2];
    std::size_t count = 0;
    bool month_after_first = false;
    while (at_ < text_.size() && (count < 2 || month == 0)) {
      const char c = text_[at_];
      if (is_digit(c)) {
        if (count == 2) return unreadable();
        numbers[count++] = take_digits();
      } else if (is_letter(c)) {
        const std::string word = take_word();
        if (const unsigned named = month_from_name(word); named != 0 && month == 0) {
          month = named;
          month_after_first = count == 1;
        } else if (!is_filler(word)) {
          return unreadable();
        }
      } else if (c == ' ' || c == ',' || c == '.' || c == '-' || c == '/' || c == '\'') {
        ++at_;
      } else {
        return unreadable();
      }
    }
    if (month == 0 || count == 0) return unreadable();
    const auto month_number = static_cast<std::int32_t>(month);
    if (count == 1) return numbers[0].count == 4 ? certain(numbers[0].value, month_number, 1) : unreadable();
    if (!is_named_tail()) return unreadable();
    if (numbers[0].count == 4 && numbers[1].count <= 2) return certain(numbers[0].value, month_number, numbers[1].value);
    if (numbers[0].count > 2 || (numbers[1].count != 4 && (numbers[1].count != 2 || !month_after_first))) return unreadable();
    return certain(full_year(numbers[1]), month_number, numbers[0].value);
  }
  std::string take_word() {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_letter(text_[at_])) ++at_;
    return fold(text_.substr(start, at_ - start));
  }
  bool is_named_tail() const {
    std::string_view rest = text_.substr(at_);
    const std::string folded = fold(trim(rest));
    if (folded.empty() || folded == "." || folded == "\xD0\xB3." || folded == "\xD0\xB3" || folded == "\xD0\xB3\xD0\xBE\xD0\xB4\xD0\xB0") return true;
    return is_tail(rest);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

DateCell read_date_cell(std::string_view text) {
  if (is_empty_token(text) || text.starts_with("0000-00-00")) return {};
  if (text.size() > kMaxCell) {
    DateCell cell;
    cell.kind = DateKind::kUnreadable;
    return cell;
  }
  return DateReader(text).read();
}

}  // namespace kpi
