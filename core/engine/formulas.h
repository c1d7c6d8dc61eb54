// The formula of each KPI that is in force in one report: the catalogue's own, or the one on cohort basis.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/engine/evaluate.h"

namespace kpi {

/// Period: what happened in the period over what happened in the period. Cohort: of those who entered in the period, those who came
/// further, whenever. kAuto: cohort where the rows tell it, else period.
enum class Basis : std::uint8_t { kAuto, kPeriod, kCohort };
std::optional<Basis> parse_basis(std::string_view text);
std::string_view basis_name(Basis basis);

class Formulas {
 public:
  /// `measures` gives measures alone, over everything that is asked for: one KPI has one basis in all periods and members. A cohort's
  /// rate that only lacks people to count is known. References the catalogue.
  Formulas(const Catalog& catalog, Basis wanted, const Lookup& measures);
  /// All KPIs by their own formulas.
  explicit Formulas(const Catalog& catalog);
  const Catalog& catalog() const { return catalog_; }
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
