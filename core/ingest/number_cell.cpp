#include "core/ingest/number_cell.h"

#include <cmath>

#include "core/base/number.h"
#include "core/base/text.h"
#include "core/ingest/cells.h"
#include "core/ingest/currency_sign.h"

namespace kpi {
namespace {

constexpr std::size_t kMaxBody = 64;
constexpr std::size_t kMaxCell = 96;

/// The digits and marks of a cell in ASCII: digits, '.', ',', ' ' (any blank group), '\'' (any apostrophe), 'D' (a mark that is
/// always decimal) and 'E' with its sign.
struct Body {
  char text[kMaxBody];
  std::size_t size = 0;
  bool is_negative = false, is_percent = false, is_bound = false, has_currency = false, is_bad = false;
  std::string_view currency;
};

int digit_value(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c >= 0x660 && c <= 0x669) return static_cast<int>(c - 0x660);
  if (c >= 0x6F0 && c <= 0x6F9) return static_cast<int>(c - 0x6F0);
  if (c >= 0xFF10 && c <= 0xFF19) return static_cast<int>(c - 0xFF10);
  return -1;
}

bool is_direction_mark(char32_t c) {
  return c == 0x200B || c == 0x200E || c == 0x200F || c == 0x61C || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

/// The mark as the body keeps it, or 0.
char mark_of(char32_t c) {
  switch (c) {
    case '.': case 0xFF0E: return '.';
    case ',': case 0xFF0C: return ',';
    case 0x66B: return 'D';
    case '\'': case 0x2019: case 0x2018: case 0x66C: case 0xB4: return '\'';
    case ' ': case 0xA0: case 0x202F: case 0x2009: case 0x2007: case 0x2008: case '\t': return ' ';
    default: return 0;
  }
}

bool is_minus(char32_t c) { return c == '-' || c == 0x2212 || c == 0x2010 || c == 0x2011 || c == 0x2013 || c == 0xFF0D || c == 0xFE63; }
bool is_percent_sign(char32_t c) { return c == '%' || c == 0x66A || c == 0xFF05; }

class BodyReader {
 public:
  explicit BodyReader(std::string_view text) : text_(text) {}

  Body read() {
    while (at_ < text_.size() && !body_.is_bad) {
      std::size_t length = 0;
      const char32_t c = utf8_decode(text_.substr(at_), length);
      take(c, length);
    }
    close_word();
    while (body_.size != 0 && body_.text[body_.size - 1] == ' ') --body_.size;
    if (parentheses_ == 1 || (parentheses_ == 2 && signs_ != 0) || signs_ > 1 || percents_ > 1) body_.is_bad = true;
    body_.is_negative = body_.is_negative || parentheses_ == 2;
    body_.is_percent = percents_ == 1;
    return body_;
  }

 private:
  void take(char32_t c, std::size_t length) {
    const std::size_t start = at_;
    at_ += length;
    const int digit = digit_value(c);
    if (digit >= 0) {
      close_word();
      if (has_ended_) body_.is_bad = true;
      return push(static_cast<char>('0' + digit));
    }
    if (is_direction_mark(c)) return;
    if (word_size_ == 0 || c == ' ' || c == 0xA0 || c == 0x202F) {
      if (const char mark = mark_of(c); mark != 0) return take_mark(mark);
    }
    if (is_exponent(c)) return take_exponent();
    if (is_minus(c) || c == '+') return take_sign(c != '+');
    if (is_percent_sign(c)) {
      close_word();
      has_ended_ = body_.size != 0;
      ++percents_;
      return;
    }
    if (c == '(' || c == ')') {
      close_word();
      body_.is_bad = body_.is_bad || parentheses_ != (c == '(' ? 0 : 1) || (c == '(' && body_.size != 0);
      has_ended_ = c == ')';
      ++parentheses_;
      return;
    }
    if ((c == '<' || c == '>' || c == 0x2264 || c == 0x2265) && body_.size == 0 && word_size_ == 0) {
      body_.is_bound = true;
      return;
    }
    if (word_size_ == 0) word_start_ = start;
    word_size_ = at_ - word_start_;
    if (word_size_ > 8) body_.is_bad = true;
  }

  void take_mark(char mark) {
    close_word();
    if (mark == ' ') {  // a blank before the number or after it says nothing; between digits it groups
      if (body_.size != 0 && body_.text[body_.size - 1] != ' ' && !has_ended_) push(' ');
      return;
    }
    if (has_ended_) body_.is_bad = true;
    push(mark);
  }

  bool is_exponent(char32_t c) const {
    if ((c != 'e' && c != 'E') || body_.size == 0 || has_exponent_ || word_size_ != 0 || has_ended_) return false;
    const std::string_view rest = text_.substr(at_);
    const std::size_t digits = !rest.empty() && (rest[0] == '+' || rest[0] == '-') ? 1 : 0;
    return rest.size() > digits && rest[digits] >= '0' && rest[digits] <= '9' && body_.text[body_.size - 1] >= '0' && body_.text[body_.size - 1] <= '9';
  }

  void take_exponent() {
    has_exponent_ = true;
    push('E');
    if (text_[at_] == '-' || text_[at_] == '+') push(text_[at_++]);
  }

  void take_sign(bool is_negative) {
    close_word();
    const char last = body_.size == 0 ? '\0' : body_.text[body_.size - 1];
    has_ended_ = body_.size != 0;               // a sign after the digits ends them
    if (last == ',' || last == '.') return;     // "12,-": no cents
    ++signs_;
    body_.is_negative = is_negative;
  }

  void close_word() {
    if (word_size_ == 0) return;
    const CurrencySign sign = currency_sign(text_.substr(word_start_, word_size_));
    word_size_ = 0;
    has_ended_ = body_.size != 0;
    if (!sign.is_known || body_.has_currency) {
      body_.is_bad = true;
      return;
    }
    body_.has_currency = true;
    body_.currency = sign.code;
  }

  void push(char c) {
    if (body_.size == kMaxBody) {
      body_.is_bad = true;
      return;
    }
    body_.text[body_.size++] = c;
  }

  std::string_view text_;
  Body body_;
  std::size_t at_ = 0, word_start_ = 0, word_size_ = 0;
  int signs_ = 0, percents_ = 0, parentheses_ = 0;
  bool has_ended_ = false, has_exponent_ = false;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Checks the groups of an integer part: all marked alike, three digits each (or two, in the Indian way, before the last three).
class Groups {
 public:
  explicit Groups(char decimal) : decimal_(decimal) {}
  /// false: this character does not belong into the integer part.
  bool take(char c) {
    if (is_digit(c)) {
      ++digits_;
      if (digits_ == 1 && marks_ == 0) first_digit_ = c;
      return true;
    }
    const bool is_group = c == ' ' || c == '\'' || ((c == '.' || c == ',') && c != decimal_);
    if (!is_group || (marks_ != 0 && c != mark_)) return false;
    mark_ = c;
    if (!close_group()) return false;
    ++marks_;
    digits_ = 0;
    return true;
  }
  bool finish() const {
    if (marks_ == 0) return true;
    if (digits_ != 3 || first_digit_ == '0') return false;
    return !has_pairs_ || (mark_ == ',' && !has_triples_ && first_digits_ <= 2);
  }

 private:
  bool close_group() {
    if (marks_ == 0) {
      first_digits_ = digits_;
      return digits_ >= 1 && digits_ <= 3;
    }
    has_pairs_ = has_pairs_ || digits_ == 2;
    has_triples_ = has_triples_ || digits_ == 3;
    return digits_ == 2 || digits_ == 3;
  }
  char decimal_, mark_ = 0, first_digit_ = 0;
  int digits_ = 0, marks_ = 0, first_digits_ = 0;
  bool has_pairs_ = false, has_triples_ = false;
};

/// The body's value with `decimal` as the decimal mark; false where it does not fit.
bool evaluate(const Body& body, char decimal, double& value) {
  Groups groups(decimal);
  std::uint64_t mantissa = 0;
  int exponent = 0, kept = 0, digits = 0;
  bool is_fraction = false;
  std::size_t i = 0;
  for (; i < body.size && body.text[i] != 'E'; ++i) {
    const char c = body.text[i];
    if (c == decimal || c == 'D') {
      if (is_fraction || !groups.finish()) return false;
      is_fraction = true;
      continue;
    }
    if (!is_fraction && !groups.take(c)) return false;
    if (!is_digit(c)) {
      if (is_fraction) return false;
      continue;
    }
    ++digits;
    if (kept < 19) {
      mantissa = mantissa * 10 + static_cast<std::uint64_t>(c - '0');
      if (mantissa != 0) ++kept;
      exponent -= is_fraction ? 1 : 0;
    } else {
      exponent += is_fraction ? 0 : 1;
    }
  }
  if (digits == 0 || (!is_fraction && !groups.finish())) return false;
  if (i < body.size) {
    ++i;
    const bool is_small = body.text[i] == '-';
    if (!is_digit(body.text[i])) ++i;
    int power = 0;
    for (; i < body.size; ++i) {
      if (!is_digit(body.text[i]) || power > 1000) return false;
      power = power * 10 + (body.text[i] - '0');
    }
    exponent += is_small ? -power : power;
  }
  value = decimal_to_double(mantissa, exponent - (body.is_percent ? 2 : 0));
  if (body.is_negative) value = -value;
  return std::isfinite(value);
}

}  // namespace

NumberCell read_number_cell(std::string_view text) {
  NumberCell cell;
  if (is_empty_token(text)) return cell;
  cell.kind = NumberKind::kUnreadable;
  if (text.size() > kMaxCell) return cell;
  const Body body = BodyReader(text).read();
  if (body.is_bad || body.size == 0) return cell;
  cell.fits_point = evaluate(body, '.', cell.as_point);
  cell.fits_comma = evaluate(body, ',', cell.as_comma);
  if (!cell.fits_point && !cell.fits_comma) return cell;
  cell.kind = body.is_bound ? NumberKind::kBound : NumberKind::kNumber;
  cell.is_percent = body.is_percent;
  cell.has_currency = body.has_currency;
  cell.currency = body.currency;
  return cell;
}

}  // namespace kpi
