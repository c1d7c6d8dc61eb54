// Where the funnel leaks: what became of everybody who entered a stage, by the channel they came through.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

enum class StageFate : std::uint8_t { kAdvanced, kDisqualified, kOpen };

/// One entry of one lead into a stage.
struct StageVisit {
  std::uint32_t stage, channel;
  StageFate fate;
  double days;  // how long it has been there without progress; only read while open
};

/// entered = advanced + disqualified + stale + still_open.
struct LeakageCell {
  std::uint64_t entered = 0, advanced = 0, disqualified = 0;
  std::uint64_t stale = 0;       // open for longer than the stage allows
  std::uint64_t still_open = 0;  // open, and may still advance
  std::uint64_t leaked() const { return disqualified + stale; }
  /// leaked / (entered - still_open) and leaked / entered, shares 0..1. Undefined: "denominator_zero".
  Outcome<double> leakage_of_decided() const;
  Outcome<double> leakage_of_entered() const;
};

struct LeakageMatrix {
  std::uint32_t channels;
  std::vector<LeakageCell> cells;       // stage by stage, within it by channel
  std::vector<LeakageCell> by_stage;    // all channels together
  const LeakageCell& at(std::uint32_t stage, std::uint32_t channel) const { return cells[std::size_t{stage} * channels + channel]; }
};

/// A visit that is open for more than `stale_after_days[stage]` is stale. One element for each stage.
/// Undefined: "no_rows", "not_finite" (days), "out_of_range" (a stage, a channel, a negative or not finite limit, more than a million cells).
/// Cost O(visits + stages channels).
Outcome<LeakageMatrix> leakage_matrix(const std::vector<StageVisit>& visits, const std::vector<double>& stale_after_days, std::uint32_t channels);

}  // namespace kpi
