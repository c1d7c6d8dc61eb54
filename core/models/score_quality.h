// How well a score tells apart who converts: by rank, at a threshold, in bands and for as many leads as one can call.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/score_groups.h"
#include "core/models/wilson.h"

namespace kpi {

struct KolmogorovSmirnov {
  double distance;   // largest difference of the shares of both sides that are selected, 0..1
  double threshold;  // the score, at least which is selected, where it is reached; the highest of equals
};

/// Source  Smirnov 1948, Ann. Math. Stat. 19, 279-281; as used for credit scores. Cost  O(distinct scores).
KolmogorovSmirnov kolmogorov_smirnov(const ScoreGroups& people);

/// Mean precision over the conversions, by distinct thresholds without interpolation. Chance gives the rate of all.
/// Source  Zhu 2004, Recall, Precision and Average Precision, University of Waterloo. Cost  O(distinct scores).
double average_precision(const ScoreGroups& people);

/// Who is selected by score >= threshold, and who should have been.
struct Confusion {
  double threshold;
  std::size_t true_positives, false_positives, false_negatives, true_negatives;
  std::size_t selected;
  std::optional<double> precision;  // nothing where nobody is selected
  double recall, specificity, accuracy;
  double f1;                   // 0 where nobody is selected
  std::optional<double> matthews;  // correlation; nothing where all or none are selected
};

/// Cost  O(distinct scores).
Confusion confusion_at(const ScoreGroups& people, double threshold);

/// The lowest threshold that selects no more than `capacity` people ("we can call 80"), and what it gives. Equal scores come together.
/// Errors  "out_of_range" (no capacity), "ties_exceed_capacity" (more people than that have the highest score).
Outcome<Confusion> threshold_for_capacity(const ScoreGroups& people, std::size_t capacity);

struct ScoreBand {
  std::optional<double> from;  // scores at least this; nothing: the lowest band
  std::size_t people, converted;
  std::optional<double> rate;  // nothing for nobody
  std::optional<Interval> interval;  // Wilson at 95 %
};

/// Bands A, B, C, ... by falling limits.
/// Errors  "out_of_range" (limits that do not fall), "not_finite". Cost  O(distinct scores + limits).
Outcome<std::vector<ScoreBand>> conversion_by_band(const ScoreGroups& people, std::span<const double> limits);

}  // namespace kpi
