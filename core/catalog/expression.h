// Formula text -> tree. One tree serves evaluation, explanation, missing inputs, unit check, SQL and documentation.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/unit.h"

namespace kpi {

/// Numbers, ids, + - * /, unary minus, brackets. No functions, no comparison.
struct Expression {
  enum class Kind : std::uint8_t { kNumber, kReference, kAdd, kSubtract, kMultiply, kDivide };
  Kind kind;
  double number = 0;
  std::string reference;
  std::unique_ptr<const Expression> left, right;
};
using ExpressionPtr = std::unique_ptr<const Expression>;

constexpr int kMaxFormulaDepth = 64;

/// Errors: formula_unexpected{at,text}, formula_unexpected_end{at}, formula_too_deep{limit}, formula_number_invalid{at,text}.
Result<ExpressionPtr> parse_formula(std::string_view text);
/// Canonical text; parse_formula(format_formula(e)) gives the same tree.
std::string format_formula(const Expression& expression);
/// Each referenced id once, in order of first appearance.
std::vector<std::string> references(const Expression& expression);
/// Unit of the formula; `unit_of` gives the unit of a reference (null = unknown: catalog_unknown_reference).
/// Errors: unit_not_addable. `id` goes into the error's arguments.
Result<Unit> unit_of_formula(const Expression& expression, std::string_view id,
                             const std::function<const Unit*(std::string_view)>& unit_of);

}  // namespace kpi
