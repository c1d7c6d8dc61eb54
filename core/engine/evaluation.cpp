#include "core/engine/evaluation.h"

#include <algorithm>

namespace kpi {

std::size_t IdIndex::find(std::string_view id) const {
  const auto it = std::lower_bound(ids_.begin(), ids_.end(), id);
  return it == ids_.end() || *it != id ? kNone : order_[static_cast<std::size_t>(it - ids_.begin())];
}

Evaluation::Evaluation(const Catalog& catalog, const Formulas& formulas)
    : catalog_(catalog),
      formulas_(formulas),
      values_(catalog.kpis().size(), Value(Undefined{"missing_input", {}})),
      measures_(catalog.measures()),
      kpis_(catalog.kpis()) {}

const std::vector<Value>& Evaluation::run(const std::function<const Value&(std::size_t)>& measure) {
  const Lookup lookup = make_lookup(measure);
  for (const std::size_t k : catalog_.evaluation_order()) values_[k] = evaluate(formulas_.at(k), lookup);
  return values_;
}

Lookup Evaluation::make_lookup(const std::function<const Value&(std::size_t)>& measure) const {
  // A measure wins over a KPI of the same id: KPIs that only show a measure are called like it.
  return [this, measure](std::string_view id) -> Value {
    if (const std::size_t m = measures_.find(id); m != IdIndex::kNone) return measure(m);
    const std::size_t k = kpis_.find(id);
    if (k == IdIndex::kNone) return Undefined{"missing_input", {std::string(id)}};
    return values_[k];
  };
}

}  // namespace kpi
