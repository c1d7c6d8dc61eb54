// Variants of one name are known KPIs and name each other.
#include <algorithm>

#include "core/catalog/lint/lint.h"
#include "core/catalog/nearest.h"

namespace kpi::lint {

Status check_variants(const Catalog& catalog) {
  for (const Kpi& kpi : catalog.kpis()) {
    for (const std::string& id : kpi.variants_of) {
      const Kpi* other = catalog.kpi(id);
      if (other == nullptr) {
        return Error{Code::catalog_unknown_reference,
                     {{"id", kpi.id}, {"reference", id}, {"nearest", nearest_ids(id, formula_ids(catalog))}}};
      }
      const std::vector<std::string>& back = other->variants_of;
      if (other == &kpi || std::find(back.begin(), back.end(), kpi.id) == back.end()) return invalid(kpi.id, "variants", id);
    }
  }
  return Ok{};
}

}  // namespace kpi::lint
