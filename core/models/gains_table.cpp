#include "core/models/gains_table.h"

#include "core/models/score_bins.h"
#include "core/models/score_groups.h"

namespace kpi {

Outcome<std::vector<GainsBin>> gains_table(std::span<const double> scores, std::span<const std::uint8_t> outcomes, std::size_t bins) {
  const Outcome<ScoreGroups> groups = group_by_score(scores, outcomes);
  if (!groups.ok()) return groups.reason();
  if (bins == 0) return Undefined{"out_of_range", {}};
  if (scores.size() < bins) return Undefined{"too_few_rows", {}};
  const std::vector<std::size_t> order = order_by_score(scores, ScoreOrder::kFalling);
  const double conversions = static_cast<double>(groups.value().converted), rate = conversions / static_cast<double>(scores.size());
  std::vector<GainsBin> table;
  std::size_t cumulative = 0;
  for (std::size_t k = 0; k < bins; ++k) {
    const std::size_t first = first_of_bin(k, bins, order.size()), end = first_of_bin(k + 1, bins, order.size());
    GainsBin bin{};
    for (std::size_t i = first; i < end; ++i) bin.converted += outcomes[order[i]] != 0;
    cumulative += bin.converted;
    bin.people = end - first;
    bin.rate = static_cast<double>(bin.converted) / static_cast<double>(bin.people);
    bin.cumulative_converted = cumulative;
    bin.cumulative_gain = static_cast<double>(cumulative) / conversions;
    bin.lift = bin.rate / rate;
    bin.cumulative_lift = static_cast<double>(cumulative) / static_cast<double>(end) / rate;
    bin.least_score = scores[order[end - 1]];
    table.push_back(bin);
  }
  return table;
}

}  // namespace kpi
