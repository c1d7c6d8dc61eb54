#include "core/engine/evaluate.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace kpi {
namespace {

using Kind = Expression::Kind;

/// What +? leaves out: nobody gave the figure, or none for this part. Anything else is a fault that must not be hidden.
bool may_be_left_out(const Undefined& undefined) {
  for (const std::string_view code : {"missing_input", "no_rows", "no_date", "not_by_dimension"}) {
    if (undefined.code == code) return true;
  }
  return false;
}

/// base ^ exponent by squaring: the same digits on every target, which the C library does not promise. Nothing for other exponents.
std::optional<double> whole_power(double base, double exponent) {
  constexpr double kMaxExponent = 1200;
  if (!(exponent >= 0 && exponent <= kMaxExponent) || exponent != std::floor(exponent)) return std::nullopt;
  double result = 1;
  for (unsigned rest = static_cast<unsigned>(exponent); rest != 0; rest >>= 1U) {
    if ((rest & 1U) != 0) result *= base;
    base *= base;
  }
  return result;
}

bool is_missing(const Undefined* undefined) { return undefined != nullptr && undefined->code == "missing_input"; }

/// What remains when an operand has no value. Missing inputs come first, for they are what the user can supply, and are joined.
Undefined join_undefined(const Undefined* left, const Undefined* right) {
  if (is_missing(left) && is_missing(right)) {
    Undefined joined = *left;
    for (const std::string& id : right->arguments) {
      if (std::find(joined.arguments.begin(), joined.arguments.end(), id) == joined.arguments.end()) joined.arguments.push_back(id);
    }
    return joined;
  }
  if (is_missing(left)) return *left;
  if (is_missing(right)) return *right;
  return left != nullptr ? *left : *right;
}

/// Currency of a result: money over money of one currency is a plain number.
std::string_view joined_currency(Kind kind, std::string_view left, std::string_view right) {
  if (left.empty()) return right;
  if (right.empty()) return left;
  return kind == Kind::kDivide ? std::string_view() : left;
}

Value combined(const Expression& expression, const Value& left, const Value& right) {
  const Quantity* a = std::get_if<Quantity>(&left);
  const Quantity* b = std::get_if<Quantity>(&right);
  if (expression.kind == Kind::kAddKnown && (a == nullptr) != (b == nullptr)) {
    if (may_be_left_out(std::get<Undefined>(a == nullptr ? left : right))) return a == nullptr ? right : left;
  }
  // Any part would do: only the first one is asked for.
  if (expression.kind == Kind::kAddKnown && a == nullptr && b == nullptr && is_missing(std::get_if<Undefined>(&right))) return left;
  if (a == nullptr || b == nullptr) return join_undefined(std::get_if<Undefined>(&left), std::get_if<Undefined>(&right));
  if (!a->currency.empty() && !b->currency.empty() && a->currency != b->currency) {
    return Undefined{"currency_mixed", {std::string(a->currency), std::string(b->currency)}};
  }
  double value = 0;
  switch (expression.kind) {
    case Kind::kAdd:
    case Kind::kAddKnown: value = a->value + b->value; break;
    case Kind::kSubtract: value = a->value - b->value; break;
    case Kind::kMultiply: value = a->value * b->value; break;
    case Kind::kDivide:
      if (b->value == 0) return Undefined{"denominator_zero", {format_formula(*expression.right)}};
      value = a->value / b->value;
      break;
    case Kind::kPower: {
      const std::optional<double> power = whole_power(a->value, b->value);
      if (!power) return Undefined{"exponent_not_whole", {format_formula(*expression.right)}};
      value = *power;
      break;
    }
    case Kind::kNumber:
    case Kind::kReference: break;
  }
  if (!std::isfinite(value)) return Undefined{"not_finite", {}};
  return Quantity{value, joined_currency(expression.kind, a->currency, b->currency)};
}

Value looked_up(std::string_view id, const Lookup& lookup) {
  Value value = lookup(id);
  const Quantity* quantity = std::get_if<Quantity>(&value);
  if (quantity != nullptr && !std::isfinite(quantity->value)) return Undefined{"not_finite", {}};
  return value;
}

std::string_view operation_name(Kind kind) {
  switch (kind) {
    case Kind::kNumber: return "number";
    case Kind::kReference: return "reference";
    case Kind::kAdd: return "add";
    case Kind::kSubtract: return "subtract";
    case Kind::kMultiply: return "multiply";
    case Kind::kDivide: return "divide";
    case Kind::kAddKnown: return "add_known";
    case Kind::kPower: return "power";
  }
  return "";
}

}  // namespace

Value evaluate(const Expression& expression, const Lookup& lookup) {
  if (expression.kind == Kind::kNumber) return Quantity{expression.number, {}};
  if (expression.kind == Kind::kReference) return looked_up(expression.reference, lookup);
  return combined(expression, evaluate(*expression.left, lookup), evaluate(*expression.right, lookup));
}

TraceNode trace(const Expression& expression, const Lookup& lookup,
                const std::function<const Expression*(std::string_view)>& formula_of) {
  TraceNode node{operation_name(expression.kind), expression.reference, Quantity{expression.number, {}}, {}};
  if (expression.kind == Kind::kNumber) return node;
  if (expression.kind == Kind::kReference) {
    node.value = looked_up(expression.reference, lookup);
    const Expression* formula = formula_of(expression.reference);
    // A KPI that only shows the measure of its own name has nothing more to explain.
    const bool shows_itself = formula != nullptr && formula->kind == Kind::kReference && formula->reference == expression.reference;
    if (formula != nullptr && !shows_itself) node.children.push_back(trace(*formula, lookup, formula_of));
    return node;
  }
  node.children.push_back(trace(*expression.left, lookup, formula_of));
  node.children.push_back(trace(*expression.right, lookup, formula_of));
  node.value = combined(expression, node.children[0].value, node.children[1].value);
  return node;
}

}  // namespace kpi
