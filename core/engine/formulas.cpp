#include "core/engine/formulas.h"

#include <algorithm>

namespace kpi {

Formulas::Formulas(const Catalog& catalog) : catalog_(catalog) {
  for (const Kpi& kpi : catalog.kpis()) in_force_.push_back(kpi.formula.get());
}

std::optional<Basis> parse_basis(std::string_view text) {
  if (text == "auto") return Basis::kAuto;
  if (text == "period") return Basis::kPeriod;
  return text == "cohort" ? std::optional(Basis::kCohort) : std::nullopt;
}

std::string_view basis_name(Basis basis) {
  return basis == Basis::kAuto ? "auto" : basis == Basis::kPeriod ? "period" : "cohort";
}

Formulas::Formulas(const Catalog& catalog, Basis wanted, const Lookup& measures) : Formulas(catalog) {
  for (std::size_t k = 0; k < in_force_.size(); ++k) {
    const Kpi& kpi = catalog.kpis()[k];
    if (kpi.cohort == nullptr || wanted == Basis::kPeriod) continue;
    const Value cohort = evaluate(*kpi.cohort, measures);
    const Undefined* reason = std::get_if<Undefined>(&cohort);
    const bool is_told = reason == nullptr || (reason->code != "missing_input" && reason->code != "no_date");
    if (wanted == Basis::kCohort || is_told) in_force_[k] = kpi.cohort.get();
  }
  // Where both are the same formula there is but one basis.
  for (std::size_t k = 0; k < in_force_.size(); ++k) {
    const Kpi& kpi = catalog.kpis()[k];
    if (kpi.cohort != nullptr && kpi.cohort_text == kpi.formula_text) in_force_[k] = kpi.cohort.get();
  }
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
