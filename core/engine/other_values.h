// Measures that stand for the value of another measure or KPI: in an earlier period, or over all members.
#pragma once

#include <string>
#include <vector>

#include "core/engine/aggregate.h"

namespace kpi {

/// What the results are of.
struct AggregateScope {
  const Dataset& dataset;
  const Window& window;
  const std::vector<Filter>& filters;
  const Dimension* group;
  const Parameters& parameters;
  StageRule stages;
  std::string_view currency;
};

/// Fills the results of measures that have an `of`, where nothing was typed for them.
///
/// Whole    the other measure over all members, for every member.
/// Period   of the window: the previous period of compare_window; of each bucket: the one before, if the data reach that far.
/// Lag      the window and each bucket as many days earlier as the setting lag_days says, else the median sales cycle of the window.
///          A lagged time that begins before the data has none: part of the cost would be missing in silence.
/// Errors   Undefined: missing_input{lag_days} (neither a setting nor a cycle), no_date (a window without bounds, or before the data).
/// Cost     one more aggregation of the measures that are asked, for each way of looking back.
void add_other_values(const AggregateScope& scope, std::vector<MeasureResult>& results);

}  // namespace kpi
