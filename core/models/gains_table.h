// Leads in tenths by falling score: how many of the conversions the best tenth holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

struct GainsBin {
  std::size_t people, converted;
  double rate;             // converted / people
  std::size_t cumulative_converted;
  double cumulative_gain;  // share of all conversions in this bin and the ones before
  double lift, cumulative_lift;  // rate over the rate of all
  double least_score;
};

/// Bin k of q holds the ranks floor((k - 1) n / q) + 1 to floor(k n / q) by falling score; people of equal score stay in the order given,
/// so a score with many ties gives bins that depend on that order.
///
/// Errors  As of group_by_score; "too_few_rows" (fewer people than bins), "out_of_range" (no bin).
/// Source  Ling and Li 1998, Data Mining for Direct Marketing, KDD.
/// Cost    O(n log n).
Outcome<std::vector<GainsBin>> gains_table(std::span<const double> scores, std::span<const std::uint8_t> outcomes, std::size_t bins = 10);

}  // namespace kpi
