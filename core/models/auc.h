// How well a score ranks: the area under the receiver operating characteristic.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/base/undefined.h"
#include "core/models/score_groups.h"
#include "core/models/wilson.h"

namespace kpi {

struct Auc {
  double value;  // 0..1; 0.5 ranks no better than chance
  double gini;   // 2 value - 1
  // Nothing where the data show no spread: one person on a side, or no overlap of the two sides at all.
  std::optional<double> standard_error;
  std::optional<Interval> interval;  // cut at 0 and 1
};

/// The share of pairs (one who converted, one who did not) in which the former has the higher score; equal scores count one half.
///
/// Units   confidence of the interval above 0 and below 1, otherwise "out_of_range".
/// Source  Mann and Whitney 1947, Ann. Math. Stat. 18, 50-60; standard error: DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44, 837-845.
/// Cost    O(distinct scores).
/// Example converted 90 80 55 40, others 70 55 30 20 10 -> 0.825
Outcome<Auc> area_under_curve(const ScoreGroups& people, double confidence = 0.95);
/// The same of ungrouped people; errors as of group_by_score.
Outcome<Auc> area_under_curve(std::span<const double> scores, std::span<const std::uint8_t> outcomes, double confidence = 0.95);

}  // namespace kpi
