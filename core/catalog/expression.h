// Formula text -> tree. One tree serves evaluation, explanation, missing inputs, unit check, SQL and documentation.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/unit.h"

namespace kpi {

/// Numbers, ids, + - * / +? ^, unary minus, brackets. No functions, no comparison. kAdd and later have both operands, the others none.
/// kAddKnown ("a +? b") adds what is known: where one side has no value it is left out, and the answer says so. "a + (b +? 0)" needs a.
struct Expression {
  enum class Kind : std::uint8_t { kNumber, kReference, kAdd, kSubtract, kMultiply, kDivide, kAddKnown, kPower };
  Kind kind;
  double number = 0;
  std::string reference;
  std::unique_ptr<const Expression> left, right;
};
using ExpressionPtr = std::unique_ptr<const Expression>;

constexpr int kMaxFormulaDepth = 64;    // nested brackets and signs
constexpr int kMaxFormulaHeight = 256;  // of the tree: a chain of that many operators

/// Shape   sum = product (("+" | "-" | "+?") product)*; product = factor (("*" | "/") factor)*; factor = atom ["^" atom];
///         atom = number | id | "(" sum ")" | "-" factor. Operators group to the left. number = digits ["." digits]; id = [a-z_][a-z0-9_]*.
///         "-x" becomes -1 * x, "-2" the number -2.
/// Units   `at` is the byte offset, 0-based.
/// Errors  formula_unexpected{at,text}, formula_unexpected_end{at}, formula_too_deep{limit}, formula_number_invalid{at,text}
///         (also for more than 15 significant digits or more than 22 places: such a number is not held exactly).
/// Cost    O(length).
/// Example "won_deals / (won_deals + lost_deals)"
Result<ExpressionPtr> parse_formula(std::string_view text);
/// Canonical text with the fewest brackets; parse_formula(format_formula(e)) gives the same tree for every parsed tree.
/// A number that no formula can hold (see above) is written with its first 15 digits.
std::string format_formula(const Expression& expression);
/// Each referenced id once, in order of first appearance.
std::vector<std::string> references(const Expression& expression);
/// Unit of the formula: numbers have none, both sides of +, +? and - must agree (a written 0 is 0 of anything), those of ^ have none.
/// `unit_of` gives the unit of a reference, null when there is no such id. `id` goes into the error's arguments.
/// Errors: unit_not_addable{id,left,right}, unit_mismatch{id,declared,actual} for ^, catalog_unknown_reference{id,reference,nearest}.
Result<Unit> unit_of_formula(const Expression& expression, std::string_view id,
                             const std::function<const Unit*(std::string_view)>& unit_of);

}  // namespace kpi
