// Medians, numbers of different keys and the ranking of scores, which need every value and not only sums.
#pragma once

#include "core/engine/segment_task.h"
#include "core/engine/whole_counts.h"

namespace kpi {

/// Cost  O(observations) for different keys and for medians of whole numbers within a few thousand; else medians select within each
///       cell. Days that were counted as they were read cost nothing per row here.
///       Scores sort within each cell; NaN where a cell has no pair of outcomes to tell apart.
ObservedValues observed_values(const Accumulator& accumulator);

}  // namespace kpi
