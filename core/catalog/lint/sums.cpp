// Ratios, scores and distinct counts are not summed over rows, and there is no mean of rows at all: divide sums instead.
#include "core/catalog/lint/lint.h"

namespace kpi::lint {

namespace {

/// Points of many leads: a mean's numerator, which nobody takes for a score.
bool is_total_score(const Unit& unit) {
  const Result<Unit> point = Unit::parse("point");
  return unit.exponent("point") == 1 && !unit.divided_by(point.value()).is_one();
}

}  // namespace

Status check_sums(const Catalog& catalog) {
  for (const Measure& measure : catalog.measures()) {
    if (is_total_score(measure.unit)) continue;
    if (!measure.is_additive && measure.stock == Stock::kNone) continue;  // never summed: the engine refuses more than one row
    for (const MeasureSource& source : measure.sources) {
      if (source.aggregate != Aggregate::kSum || source.value_field.empty()) continue;
      if (!catalog.table(source.table)->find(source.value_field)->is_additive) return invalid(measure.id, "sums", source.value_field);
    }
  }
  return Ok{};
}

}  // namespace kpi::lint
