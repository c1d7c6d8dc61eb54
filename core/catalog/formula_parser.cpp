// Formula text -> tree, by recursive descent.
#include <optional>

#include "core/catalog/expression.h"

namespace kpi {
namespace {

/// Powers of ten that a double holds exactly.
constexpr double kPowersOfTen[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr int kMaxPower = 22;
constexpr std::uint64_t kMaxDigits = 999999999999999;  // 15 significant digits

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_id_start(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }
bool is_id(char c) { return is_id_start(c) || is_digit(c); }
bool is_continuation_byte(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// "1000", "0.035". Exact on every target without the C library: at most 15 significant digits and a power of ten that a double
/// holds exactly make one correctly rounded multiplication or division. Nothing for any other text.
std::optional<double> decimal(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point != std::string_view::npos && text.find('.', point + 1) != std::string_view::npos) return std::nullopt;
  if (text.empty() || point == 0 || point + 1 == text.size()) return std::nullopt;
  const std::size_t last = text.find_last_of("123456789");  // trailing zeros are no significant digits
  if (last == std::string_view::npos) return 0.0;
  std::uint64_t digits = 0;
  for (const char c : text.substr(0, last + 1)) {
    if (c == '.') continue;
    if (digits > kMaxDigits / 10) return std::nullopt;
    digits = digits * 10 + static_cast<std::uint64_t>(c - '0');
  }
  const auto at = static_cast<std::int64_t>(last);
  const auto whole = static_cast<std::int64_t>(point == std::string_view::npos ? text.size() : point);
  const std::int64_t power = at < whole ? whole - 1 - at : whole - at;
  if (power > kMaxPower || power < -kMaxPower) return std::nullopt;
  const auto value = static_cast<double>(digits);
  return power >= 0 ? value * kPowersOfTen[power] : value / kPowersOfTen[-power];
}

struct Built {
  std::unique_ptr<Expression> tree;
  int height;
};

Built leaf(double number) {
  auto node = std::make_unique<Expression>();
  node->kind = Expression::Kind::kNumber;
  node->number = number;
  return {std::move(node), 1};
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<ExpressionPtr> whole() {
    Result<Built> built = sum();
    if (!built.ok()) return built.error();
    skip_blanks();
    if (at_ != text_.size()) return unexpected();
    return ExpressionPtr(std::move(built.value().tree));
  }

 private:
  Result<Built> sum() { return chain('+', Expression::Kind::kAdd, '-', Expression::Kind::kSubtract, &Parser::product); }
  Result<Built> product() { return chain('*', Expression::Kind::kMultiply, '/', Expression::Kind::kDivide, &Parser::factor); }

  /// operand ((first | second) operand)*, grouped to the left.
  Result<Built> chain(char first, Expression::Kind first_kind, char second, Expression::Kind second_kind,
                      Result<Built> (Parser::*operand)()) {
    Result<Built> left = (this->*operand)();
    while (left.ok()) {
      skip_blanks();
      if (at_ >= text_.size() || (text_[at_] != first && text_[at_] != second)) return left;
      Expression::Kind kind = text_[at_++] == first ? first_kind : second_kind;
      if (kind == Expression::Kind::kAdd && at_ < text_.size() && text_[at_] == '?') {
        kind = Expression::Kind::kAddKnown;
        ++at_;
      }
      Result<Built> right = (this->*operand)();
      if (!right.ok()) return right;
      left = joined(kind, std::move(left).value(), std::move(right).value());
    }
    return left;
  }

  Result<Built> factor() {
    Result<Built> base = atom();
    if (!base.ok()) return base;
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != '^') return base;
    ++at_;
    Result<Built> exponent = atom();
    if (!exponent.ok()) return exponent;
    return joined(Expression::Kind::kPower, std::move(base).value(), std::move(exponent).value());
  }

  Result<Built> atom() {
    skip_blanks();
    if (at_ >= text_.size()) return Error{Code::formula_unexpected_end, {{"at", position()}}};
    const char c = text_[at_];
    if (c == '(') return bracket();
    if (c == '-') return negated();
    if (is_digit(c)) return number();
    if (is_id_start(c)) return reference();
    return unexpected();
  }

  Result<Built> bracket() {
    if (++nesting_ > kMaxFormulaDepth) return too_deep(kMaxFormulaDepth);
    ++at_;
    Result<Built> inside = sum();
    if (!inside.ok()) return inside;
    skip_blanks();
    if (at_ >= text_.size()) return Error{Code::formula_unexpected_end, {{"at", position()}}};
    if (text_[at_] != ')') return unexpected();
    ++at_;
    --nesting_;
    return inside;
  }

  /// A minus before a number belongs to the number; before anything else it is a product with -1, so that units stay right.
  Result<Built> negated() {
    ++at_;
    skip_blanks();
    if (at_ < text_.size() && is_digit(text_[at_])) {
      Result<Built> positive = number();
      if (positive.ok()) positive.value().tree->number = -positive.value().tree->number;
      return positive;
    }
    if (++nesting_ > kMaxFormulaDepth) return too_deep(kMaxFormulaDepth);
    Result<Built> operand = factor();
    if (!operand.ok()) return operand;
    --nesting_;
    Expression& tree = *operand.value().tree;
    if (tree.kind == Expression::Kind::kNumber) {
      tree.number = -tree.number;
      return operand;
    }
    return joined(Expression::Kind::kMultiply, leaf(-1), std::move(operand).value());
  }

  Result<Built> number() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.')) ++at_;
    const std::string_view text = text_.substr(begin, at_ - begin);
    const std::optional<double> value = decimal(text);
    if (!value) {
      return Error{Code::formula_number_invalid, {{"at", static_cast<std::int64_t>(begin)}, {"text", std::string(text)}}};
    }
    return leaf(*value);
  }

  Result<Built> reference() {
    Built built = leaf(0);
    built.tree->kind = Expression::Kind::kReference;
    while (at_ < text_.size() && is_id(text_[at_])) built.tree->reference += text_[at_++];
    return built;
  }

  static Result<Built> joined(Expression::Kind kind, Built left, Built right) {
    const int height = 1 + (left.height > right.height ? left.height : right.height);
    if (height > kMaxFormulaHeight) return too_deep(kMaxFormulaHeight);
    auto node = std::make_unique<Expression>();
    node->kind = kind;
    node->left = std::move(left.tree);
    node->right = std::move(right.tree);
    return Built{std::move(node), height};
  }

  static Error too_deep(int limit) { return {Code::formula_too_deep, {{"limit", static_cast<std::int64_t>(limit)}}}; }

  /// Names the whole character, also when it is several bytes long.
  Error unexpected() const {
    std::size_t end = at_ + 1;
    while (end < text_.size() && end - at_ < 4 && is_continuation_byte(text_[end])) ++end;
    return {Code::formula_unexpected, {{"at", position()}, {"text", std::string(text_.substr(at_, end - at_))}}};
  }

  std::int64_t position() const { return static_cast<std::int64_t>(at_); }
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int nesting_ = 0;
};

}  // namespace

Result<ExpressionPtr> parse_formula(std::string_view text) { return Parser(text).whole(); }

}  // namespace kpi
