// Formulas over values: a value or the reason why there is none, and the trace that explains it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/catalog/catalog.h"

namespace kpi {

/// Why a value does not exist. code: "missing_input" (arguments = all missing measure ids), "denominator_zero" (the denominator's
/// formula), "no_rows", "too_few_rows", "currency_mixed" (the currencies), "not_finite".
struct Undefined {
  std::string_view code;
  std::vector<std::string> arguments;
};

/// Money carries its ISO currency ("" = unknown, which fits any).
struct Quantity {
  double value;
  std::string_view currency;
};
using Value = std::variant<Quantity, Undefined>;

/// Gives the value of a measure or an already evaluated KPI by id.
using Lookup = std::function<Value(std::string_view id)>;

/// Evaluates one tree. missing_input lists *all* missing ids of the tree, not only the first; a Undefined of an input that is not
/// missing_input passes through unchanged (first one wins).
Value evaluate(const Expression& expression, const Lookup& lookup);

/// A node of the explanation, in the shape of the formula. Structured: no text is formatted here.
struct TraceNode {
  std::string_view operation;      // "number", "reference", "add", "subtract", "multiply", "divide"
  std::string reference;           // operation == "reference"
  Value value;
  std::vector<TraceNode> children; // operands; for a KPI reference: its own formula's trace
};
/// `formula_of` gives the formula of a KPI id, null for measures.
TraceNode trace(const Expression& expression, const Lookup& lookup,
                const std::function<const Expression*(std::string_view)>& formula_of);

struct Interval {
  double low, high;
};
/// Wilson score interval (Wilson 1927) at 95 %: successes of trials; requires 0 <= successes <= trials, trials > 0.
Interval wilson_interval(double successes, double trials);

}  // namespace kpi
