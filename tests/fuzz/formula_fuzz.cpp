// Any bytes as a formula: a tree or an error; what parses is written so that it reads back as itself, and evaluates to a value or a reason.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/catalog/expression.h"
#include "core/engine/evaluate.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const kpi::Result<kpi::ExpressionPtr> parsed = kpi::parse_formula(text);
  if (!parsed.ok()) return 0;
  const kpi::Expression& tree = *parsed.value();
  const std::string written = kpi::format_formula(tree);
  const kpi::Result<kpi::ExpressionPtr> again = kpi::parse_formula(written);
  if (!again.ok() || kpi::format_formula(*again.value()) != written) std::abort();

  const std::vector<std::string> ids = kpi::references(tree);
  // A value that depends on the id alone: zero, missing, and numbers of every size.
  const kpi::Lookup lookup = [](std::string_view id) -> kpi::Value {
    const std::size_t pick = id.size() + static_cast<unsigned char>(id[0]);
    if (pick % 7 == 0) return kpi::Undefined{"missing_input", {std::string(id)}};
    if (pick % 7 == 1) return kpi::Quantity{0, ""};
    return kpi::Quantity{std::ldexp(static_cast<double>(pick), static_cast<int>(pick % 61) * 16), pick % 7 == 2 ? "EUR" : ""};
  };
  const kpi::Value value = kpi::evaluate(tree, lookup);
  const kpi::Value same = kpi::evaluate(*again.value(), lookup);
  const kpi::Quantity* quantity = std::get_if<kpi::Quantity>(&value);
  const kpi::Quantity* other = std::get_if<kpi::Quantity>(&same);
  if ((quantity == nullptr) != (other == nullptr)) std::abort();
  if (quantity != nullptr && (!std::isfinite(quantity->value) || quantity->value != other->value)) std::abort();
  const kpi::TraceNode node = kpi::trace(tree, lookup, [](std::string_view) { return nullptr; });
  if (node.value.index() != value.index()) std::abort();

  const kpi::Unit money = kpi::Unit::parse("money").value();
  const kpi::Result<kpi::Unit> unit = kpi::unit_of_formula(tree, "fuzz", [&](std::string_view) { return &money; });
  if (ids.empty() && unit.ok() && !unit.value().is_one()) std::abort();
  return 0;
}
