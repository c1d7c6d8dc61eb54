#include "core/engine/formulas.h"

#include <algorithm>

namespace kpi {

Formulas::Formulas(const Catalog& catalog) : catalog_(catalog) {
  for (const Kpi& kpi : catalog.kpis()) in_force_.push_back(kpi.formula.get());
}

const Expression* Formulas::of(std::string_view id) const {
  const Kpi* kpi = catalog_.measure(id) == nullptr ? catalog_.kpi(id) : nullptr;
  return kpi == nullptr ? nullptr : in_force_[static_cast<std::size_t>(kpi - catalog_.kpis().data())];
}

std::vector<const Measure*> Formulas::measures_of(const Expression& expression) const {
  std::vector<const Measure*> found;
  collect(expression, found);
  return found;
}

void Formulas::collect(const Expression& expression, std::vector<const Measure*>& found) const {
  for (const std::string& id : references(expression)) {
    if (const Measure* measure = catalog_.measure(id)) {
      if (std::find(found.begin(), found.end(), measure) == found.end()) found.push_back(measure);
    } else if (const Expression* formula = of(id)) {
      collect(*formula, found);
    }
  }
}

}  // namespace kpi
