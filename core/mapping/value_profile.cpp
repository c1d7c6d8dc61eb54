#include "core/mapping/value_profile.h"

#include <array>

#include "core/base/text.h"
#include "core/mapping/header_text.h"
#include "core/mapping/mapper.h"

namespace kpi {
namespace {

constexpr std::size_t kCells = 60;
constexpr std::size_t kMaxCellBytes = 80;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Arabic-Indic digits as ASCII; the rest in plain form.
std::string plain_digits(std::string_view cell) {
  const std::string plain = plain_text(cell);
  const std::string_view view = plain;
  std::string out;
  for (std::size_t i = 0; i < view.size();) {
    std::size_t length = 0;
    const char32_t c = utf8_decode(view.substr(i), length);
    i += length == 0 ? 1 : length;
    if (c >= 0x660 && c <= 0x669) out += static_cast<char>('0' + (c - 0x660));
    else if (c >= 0x6F0 && c <= 0x6F9) out += static_cast<char>('0' + (c - 0x6F0));
    else utf8_append(out, c);
  }
  return out;
}

struct DigitGroups {
  std::array<int, 4> lengths{};
  std::array<int, 4> values{};
  int count = 0;
  int letters = 0;          // characters that are neither digits nor date punctuation
  bool has_colon = false;
};

DigitGroups group_digits(std::string_view text) {
  DigitGroups groups;
  for (std::size_t i = 0; i < text.size();) {
    if (is_digit(text[i])) {
      int length = 0, value = 0;
      for (; i < text.size() && is_digit(text[i]); ++i, ++length) value = length < 8 ? value * 10 + (text[i] - '0') : value;
      if (groups.count < 4) {
        groups.lengths[static_cast<std::size_t>(groups.count)] = length;
        groups.values[static_cast<std::size_t>(groups.count)] = value;
      }
      ++groups.count;
      continue;
    }
    if (text[i] == ':') groups.has_colon = true;
    if (std::string_view(" -/.:,+").find(text[i]) == std::string_view::npos) ++groups.letters;
    ++i;
  }
  return groups;
}

bool is_year(int length, int value) { return length == 4 && value >= 1900 && value <= 2199; }

}  // namespace

bool looks_missing(std::string_view cell) {
  const std::string key = fold(plain_text(cell));
  for (const std::string_view none : {"", "-", "--", "n/a", "na", "nan", "null", "none", "(not set)", "(blank)", "#n/a"}) {
    if (key == none) return true;
  }
  return false;
}

bool looks_like_number(std::string_view cell) {
  if (cell.size() > kMaxCellBytes) return false;
  const std::string text = plain_digits(cell);
  const std::string_view view = text;
  int digits = 0, letters = 0, minuses = 0;
  for (std::size_t i = 0; i < view.size();) {
    std::size_t length = 0;
    const char32_t c = utf8_decode(view.substr(i), length);
    i += length == 0 ? 1 : length;
    if (c >= '0' && c <= '9') ++digits;
    else if (c == '-') ++minuses;
    else if (c == '/' || c == ':' || c == '_' || c == '@' || c == '#') return false;
    else if (c < 0x80 && std::string_view(" .,'+()%<>$").find(static_cast<char>(c)) != std::string_view::npos) continue;
    else if (c == 0x66B || c == 0x66C || c == 0x66A) continue;  // Arabic decimal, thousands and percent marks
    else if (c >= 0x20A0 && c <= 0x20CF) continue;              // currency symbols
    else if (c == 0xA3 || c == 0xA5 || c == 0xA4) continue;
    else ++letters;
  }
  if (digits == 0 || minuses > 1 || letters > 4) return false;
  if (letters == 0) return true;
  // Letters must be a currency: "EUR 12", "12 kr". "A12" is a code.
  std::string rest;
  for (const char c : text) {
    if (!is_digit(c) && std::string_view(" .,'+()%<>$-").find(c) == std::string_view::npos) rest += c;
  }
  return !currency_from_text(rest).empty() || !currency_from_text(rest + '.').empty() || fold(rest) == "kr" || fold(rest) == "e";
}

bool looks_like_date(std::string_view cell) {
  if (cell.size() > kMaxCellBytes) return false;
  const std::string text = plain_digits(cell);
  const DigitGroups g = group_digits(text);
  const bool is_plain = g.letters == 0;
  if (g.count == 1 && is_plain && text.size() == 8 && g.lengths[0] == 8) {
    const int month = g.values[0] / 100 % 100, day = g.values[0] % 100;
    return is_year(4, g.values[0] / 10000) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }
  if (g.count <= 2 && is_plain && g.lengths[0] == 5) {  // Excel serial day
    return g.values[0] >= 20000 && g.values[0] <= 60000 && text.find_first_of("-/:,") == std::string::npos;
  }
  if (g.count == 1) return is_year(g.lengths[0], g.values[0]) && (g.letters >= 3 || g.letters == 1) && text.size() <= 16;
  if (g.count < 2) return false;
  const bool first_is_year = is_year(g.lengths[0], g.values[0]);
  if (g.count == 2) {
    const bool second_is_year = is_year(g.lengths[1], g.values[1]);
    if (is_plain && text.find('.') != std::string::npos) return second_is_year && g.lengths[0] <= 2;  // "5.2024"
    return (first_is_year && g.lengths[1] <= 2) || (second_is_year && g.lengths[0] <= 2);
  }
  if (g.letters > 14) return false;
  for (std::size_t i = 0; i < 3; ++i) {
    if (g.lengths[i] > 2 && !is_year(g.lengths[i], g.values[i])) return false;
  }
  const bool third_is_year = is_year(g.lengths[2], g.values[2]);
  if (first_is_year) return g.lengths[1] <= 2 && g.lengths[2] <= 2;
  if (g.letters >= 3 && is_year(g.lengths[1], g.values[1])) return g.lengths[0] <= 2;  // "Jun 09, 2018 09:30 pm"
  if (g.has_colon && g.count == 3 && !third_is_year) return false;                     // "08:15:30" is a time
  return g.lengths[0] <= 2 && g.lengths[1] <= 2 && (third_is_year || g.lengths[2] == 2);
}

ValueProfile profile_values(std::span<const std::vector<std::string>> samples, std::size_t column, bool with_words) {
  ValueProfile profile;
  for (const std::vector<std::string>& record : samples) {
    if (profile.present == kCells) break;
    if (column >= record.size() || looks_missing(record[column])) continue;
    const std::string& cell = record[column];
    ++profile.present;
    if (looks_like_number(cell)) ++profile.numbers;
    if (cell.find('%') != std::string::npos || cell.find("\xD9\xAA") != std::string::npos) ++profile.percents;
    if (looks_like_date(cell)) ++profile.dates;
    if (!with_words) continue;
    const DealStatus deal = classify_deal_stage(cell);
    const LeadStage lead = classify_lead_stage(cell);
    const bool is_deal = deal != DealStatus::kUnknown;
    profile.deal_stages += is_deal ? 1 : 0;
    profile.closed_deals += deal == DealStatus::kWon || deal == DealStatus::kLost ? 1 : 0;
    profile.lead_stages += lead != LeadStage::kUnknown ? 1 : 0;
    profile.qualified_leads += lead >= LeadStage::kMql && !is_deal ? 1 : 0;
  }
  return profile;
}

bool values_fit(const ValueProfile& profile, ExpectedValue expected) {
  if (profile.present == 0) return true;
  // A stray totals label among three to five cells is no objection.
  const auto most = [&](std::size_t count) {
    return count * 5 >= profile.present * 4 || (profile.present >= 3 && profile.present <= 5 && count + 1 == profile.present);
  };
  switch (expected) {
    case ExpectedValue::kAny: return true;
    case ExpectedValue::kNumber: return most(profile.numbers);
    case ExpectedValue::kAmount: return most(profile.numbers) && !most(profile.percents);
    case ExpectedValue::kDate: return most(profile.dates);
  }
  return true;
}

}  // namespace kpi
