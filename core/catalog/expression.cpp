#include "core/catalog/expression.h"

#include <algorithm>
#include <cmath>

namespace kpi {
namespace {

using Kind = Expression::Kind;

bool is_sum(const Expression& e) { return e.kind == Kind::kAdd || e.kind == Kind::kSubtract || e.kind == Kind::kAddKnown; }
bool is_leaf(const Expression& e) { return e.left == nullptr; }
bool is_zero(const Expression& e) { return e.kind == Kind::kNumber && e.number == 0; }
bool is_product(const Expression& e) { return e.kind == Kind::kMultiply || e.kind == Kind::kDivide; }

/// `digits` with the point `places` from the right: (35, 3) -> "0.035".
std::string with_point(std::uint64_t digits, int places) {
  std::string text = std::to_string(digits);
  if (places == 0) return text;
  const auto n = static_cast<std::size_t>(places);
  if (text.size() <= n) text.insert(0, n + 1 - text.size(), '0');
  text.insert(text.size() - n, 1, '.');
  return text;
}

/// The decimal text that parse_formula() reads back as the same number. A number from a formula has at most 15 significant digits
/// and 22 places, so one of the tries below hits it exactly.
std::string number_text(double number) {
  constexpr double kLimit = 1e15;
  const double size = std::fabs(number);
  const std::string sign = std::signbit(number) ? "-" : "";
  double power = 1;
  for (int places = 0; places <= 22; ++places, power *= 10) {
    const double digits = std::round(size * power);
    if (digits >= kLimit) break;
    if (digits / power == size) return sign + with_point(static_cast<std::uint64_t>(digits), places);
  }
  power = 1;
  for (int zeros = 0; zeros <= 22; ++zeros, power *= 10) {
    const double digits = std::round(size / power);
    if (digits < kLimit && digits * power == size) {
      return sign + std::to_string(static_cast<std::uint64_t>(digits)) + std::string(static_cast<std::size_t>(zeros), '0');
    }
  }
  // Not from a formula: 15 significant digits.
  std::string best = "0";
  power = 1;
  for (int places = 0; places <= 22; ++places, power *= 10) {
    const double digits = std::round(size * power);
    if (digits >= kLimit) break;
    best = with_point(static_cast<std::uint64_t>(digits), places);
  }
  return sign + best;
}

void append(const Expression& e, std::string& text);

void append_operand(const Expression& operand, bool needs_brackets, std::string& text) {
  if (needs_brackets) text += '(';
  append(operand, text);
  if (needs_brackets) text += ')';
}

void append(const Expression& e, std::string& text) {
  const char* symbol = "";
  switch (e.kind) {
    case Kind::kNumber: text += number_text(e.number); return;
    case Kind::kReference: text += e.reference; return;
    case Kind::kAdd: symbol = " + "; break;
    case Kind::kSubtract: symbol = " - "; break;
    case Kind::kMultiply: symbol = " * "; break;
    case Kind::kDivide: symbol = " / "; break;
    case Kind::kAddKnown: symbol = " +? "; break;
    case Kind::kPower:
      append_operand(*e.left, !is_leaf(*e.left), text);
      text += " ^ ";
      append_operand(*e.right, !is_leaf(*e.right), text);
      return;
  }
  const bool binds_tightly = is_product(e);
  append_operand(*e.left, binds_tightly && is_sum(*e.left), text);
  text += symbol;
  append_operand(*e.right, is_sum(*e.right) || (binds_tightly && is_product(*e.right)), text);
}

void collect(const Expression& e, std::vector<std::string>& ids) {
  if (e.kind == Kind::kReference && std::find(ids.begin(), ids.end(), e.reference) == ids.end()) ids.push_back(e.reference);
  if (e.left) collect(*e.left, ids);
  if (e.right) collect(*e.right, ids);
}

}  // namespace

std::string format_formula(const Expression& expression) {
  std::string text;
  append(expression, text);
  return text;
}

std::vector<std::string> references(const Expression& expression) {
  std::vector<std::string> ids;
  collect(expression, ids);
  return ids;
}

Result<Unit> unit_of_formula(const Expression& expression, std::string_view id,
                             const std::function<const Unit*(std::string_view)>& unit_of) {
  if (expression.kind == Kind::kNumber) return Unit();
  if (expression.kind == Kind::kReference) {
    if (const Unit* unit = unit_of(expression.reference)) return *unit;
    return Error{Code::catalog_unknown_reference,
                 {{"id", std::string(id)}, {"reference", expression.reference}, {"nearest", std::string()}}};
  }
  const Result<Unit> left = unit_of_formula(*expression.left, id, unit_of);
  if (!left.ok()) return left;
  const Result<Unit> right = unit_of_formula(*expression.right, id, unit_of);
  if (!right.ok()) return right;
  if (expression.kind == Kind::kMultiply) return left.value().multiplied_by(right.value());
  if (expression.kind == Kind::kDivide) return left.value().divided_by(right.value());
  if (expression.kind == Kind::kPower) {
    for (const Unit& unit : {left.value(), right.value()}) {
      if (!unit.is_one()) {
        return Error{Code::unit_mismatch, {{"id", std::string(id)}, {"declared", std::string("1")}, {"actual", unit.to_string()}}};
      }
    }
    return left;
  }
  if (left.value() == right.value() || is_zero(*expression.right)) return left;
  if (is_zero(*expression.left)) return right;
  return Error{Code::unit_not_addable,
               {{"id", std::string(id)}, {"left", left.value().to_string()}, {"right", right.value().to_string()}}};
}

}  // namespace kpi
