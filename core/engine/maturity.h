// How complete young cohorts are: part of those who will convert have not had the time yet.
#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/aggregate.h"
#include "core/models/completion_curve.h"

namespace kpi {

/// Fewer conversions than this tell no curve.
constexpr std::uint64_t kLeastConversions = 20;
/// A cohort is young while less than this share of its conversions can have happened.
constexpr double kMature = 0.95;

/// Shares 0..1: of the window's cohort and of each period's. Undefined: "too_few_rows" {measure} with fewer than kLeastConversions dated
/// conversions, "no_rows" for a period without anybody.
struct Maturity {
  Value total;
  std::vector<Value> series;
};

/// Of a rate on cohort basis, whose formula is a measure of those who came further over a measure of those who entered.
/// The curve is learnt from all periods under the same filters, the ages run to the last day of the leads and deals.
/// Cost    O(rows) of the numerator's tables.
Maturity cohort_maturity(const Dataset& dataset, const Window& window, const std::vector<Filter>& filters, const Expression& cohort, StageRule stages);

}  // namespace kpi
