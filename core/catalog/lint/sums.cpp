// Ratios, scores and distinct counts are not summed over rows, and there is no mean of rows at all: divide sums instead.
#include "core/catalog/lint/lint.h"

namespace kpi::lint {

Status check_sums(const Catalog& catalog) {
  for (const Measure& measure : catalog.measures()) {
    for (const MeasureSource& source : measure.sources) {
      if (source.aggregate != Aggregate::kSum || source.value_field.empty()) continue;
      if (!catalog.table(source.table)->find(source.value_field)->is_additive) return invalid(measure.id, "sums", source.value_field);
    }
  }
  return Ok{};
}

}  // namespace kpi::lint
