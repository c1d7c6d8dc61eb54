// A rate is counts over counts: its formula divides once, at the root, and both sides are sums of counted measures. On cohort basis too.
#include "core/catalog/lint/lint.h"

namespace kpi::lint {
namespace {

bool is_count_sum(const Catalog& catalog, const Expression& e) {
  if (e.kind == Expression::Kind::kAdd || e.kind == Expression::Kind::kAddKnown) return is_count_sum(catalog, *e.left) && is_count_sum(catalog, *e.right);
  if (e.kind != Expression::Kind::kReference) return false;
  const Measure* measure = catalog.measure(e.reference);
  return measure != nullptr && !measure->is_parameter && measure->is_additive && measure->unit.exponent("money") == 0 &&
         measure->unit.exponent("day") == 0;
}

}  // namespace

bool divides_counts(const Catalog& catalog, const Expression& formula) {
  return formula.kind == Expression::Kind::kDivide && is_count_sum(catalog, *formula.left) && is_count_sum(catalog, *formula.right);
}

Status check_rates(const Catalog& catalog) {
  for (const Kpi& kpi : catalog.kpis()) {
    if (kpi.cohort != nullptr && !(divides_counts(catalog, *kpi.cohort) && divides_counts(catalog, *kpi.formula))) return invalid(kpi.id, "rates", "cohort");
    if (!kpi.is_rate) continue;
    if (!divides_counts(catalog, *kpi.formula)) return invalid(kpi.id, "rates", "formula");
    if (kpi.display != "percent") return invalid(kpi.id, "rates", "display");
  }
  return Ok{};
}

}  // namespace kpi::lint
