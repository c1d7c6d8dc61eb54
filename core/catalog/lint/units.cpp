// The unit of a formula is the declared one: a cost per MQL is money per MQL.
#include "core/catalog/lint/lint.h"

namespace kpi::lint {

Status check_units(const Catalog& catalog) {
  const auto unit_of = [&](std::string_view id) -> const Unit* {
    if (const Measure* measure = catalog.measure(id)) return &measure->unit;
    const Kpi* kpi = catalog.kpi(id);
    return kpi == nullptr ? nullptr : &kpi->unit;
  };
  for (const Kpi& kpi : catalog.kpis()) {
    for (const Expression* formula : {kpi.formula.get(), kpi.cohort.get()}) {
      if (formula == nullptr) continue;
      const Result<Unit> actual = unit_of_formula(*formula, kpi.id, unit_of);
      if (!actual.ok()) return actual.error();
      if (actual.value() == kpi.unit) continue;
      return Error{Code::unit_mismatch,
                   {{"id", kpi.id}, {"declared", kpi.unit.to_string()}, {"actual", actual.value().to_string()}}};
    }
  }
  return Ok{};
}

}  // namespace kpi::lint
