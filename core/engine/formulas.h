// The formula of each KPI that is in force in one report: the catalogue's own, or the one on cohort basis.
#pragma once

#include <string_view>
#include <vector>

#include "core/catalog/catalog.h"

namespace kpi {

class Formulas {
 public:
  /// All KPIs by their own formulas. References the catalogue.
  explicit Formulas(const Catalog& catalog);
  void use_cohort(std::size_t kpi) { in_force_[kpi] = catalog_.kpis()[kpi].cohort.get(); }
  /// By index into Catalog::kpis().
  const Expression& at(std::size_t kpi) const { return *in_force_[kpi]; }
  /// What a formula refers to by `id`: a KPI's formula; null for measures, which come first.
  const Expression* of(std::string_view id) const;
  /// Measures that an expression needs, through KPIs too; each once, in the order of the formula.
  std::vector<const Measure*> measures_of(const Expression& expression) const;

 private:
  void collect(const Expression& expression, std::vector<const Measure*>& found) const;
  const Catalog& catalog_;
  std::vector<const Expression*> in_force_;
};

}  // namespace kpi
