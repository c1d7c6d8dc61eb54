// What was added up -> values or the reasons why there are none.
#pragma once

#include "core/engine/aggregate.h"
#include "core/engine/currency_numbers.h"
#include "core/engine/segment_task.h"

namespace kpi {

/// What one aggregation is about, as its measures are finished.
struct MeasureScope {
  const Window& window;
  const std::vector<Filter>& filters;
  const Dimension* group;
  const Parameters& parameters;
  const CurrencyNumbers& currencies;
};

/// Turns the cells of one measure into its result. Takes the accumulator's list of files.
MeasureResult finish_measure(const MeasureScope& scope, Accumulator& accumulator);

}  // namespace kpi
