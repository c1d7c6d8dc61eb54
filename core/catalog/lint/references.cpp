// Every id in a formula is a measure or a KPI, and formulas are there.
#include "core/catalog/lint/lint.h"
#include "core/catalog/nearest.h"

namespace kpi::lint {

Status check_references(const Catalog& catalog) {
  for (const Kpi& kpi : catalog.kpis()) {
    for (const std::string& id : references(*kpi.formula)) {
      if (catalog.measure(id) != nullptr || catalog.kpi(id) != nullptr) continue;
      return Error{Code::catalog_unknown_reference,
                   {{"id", kpi.id}, {"reference", id}, {"nearest", nearest_ids(id, formula_ids(catalog))}}};
    }
  }
  return Ok{};
}

}  // namespace kpi::lint
