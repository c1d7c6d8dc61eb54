// Medians and numbers of different keys, which need every value and not only sums.
#pragma once

#include <vector>

#include "core/engine/segment_task.h"

namespace kpi {

/// Of all rows, of each slot and of each member. Cells without rows hold 0.
struct ObservedValues {
  double all = 0;
  std::vector<double> slots, members;
};

/// Cost  O(observations) for different keys and for medians of whole numbers within a few thousand, such as days; else medians
///       select within each cell.
ObservedValues observed_values(const Accumulator& accumulator);

}  // namespace kpi
