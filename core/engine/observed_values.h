// Medians and numbers of different keys, which need every value and not only sums.
#pragma once

#include "core/engine/segment_task.h"
#include "core/engine/whole_counts.h"

namespace kpi {

/// Cost  O(observations) for different keys and for medians of whole numbers within a few thousand; else medians select within each
///       cell. Days that were counted as they were read cost nothing per row here.
ObservedValues observed_values(const Accumulator& accumulator);

}  // namespace kpi
