// Formulas over values: a value or the reason why there is none, and the trace that explains it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/undefined.h"
#include "core/catalog/catalog.h"
#include "core/models/wilson.h"

namespace kpi {

/// Money carries its ISO currency ("" = unknown, which fits any).
struct Quantity {
  double value;
  std::string_view currency;
};
using Value = std::variant<Quantity, Undefined>;

/// Gives the value of a measure or an already evaluated KPI by id.
using Lookup = std::function<Value(std::string_view id)>;

/// Evaluates one tree.
///
/// Units   Money of two different known currencies never meets: currency_mixed. Money over money has no currency; a currency may stay
///         on a result that is no money when the other side's currency was unknown, so show it only where the unit holds money.
/// Errors  Undefined: "denominator_zero" for x/0 and 0/0, "not_finite" also for an input that is not finite, "currency_mixed".
///         missing_input lists *all* missing ids of the tree and wins over every other reason; any other Undefined of an input
///         passes through unchanged (the leftmost one wins).
/// Cost    O(nodes). All operands are evaluated.
/// Example won_deals / (won_deals + lost_deals) with 0 and 0 -> denominator_zero{"won_deals + lost_deals"}
Value evaluate(const Expression& expression, const Lookup& lookup);

/// A node of the explanation, in the shape of the formula. Structured: no text is formatted here.
struct TraceNode {
  std::string_view operation;      // "number", "reference", "add", "subtract", "multiply", "divide", "add_known", "power"
  std::string reference;           // operation == "reference"
  Value value;
  std::vector<TraceNode> children; // operands; for a KPI reference: its own formula's trace
};
/// `formula_of` gives the formula of a KPI id, null for measures. KPIs must not need each other (the catalogue's lint sees to it).
TraceNode trace(const Expression& expression, const Lookup& lookup,
                const std::function<const Expression*(std::string_view)>& formula_of);

}  // namespace kpi
