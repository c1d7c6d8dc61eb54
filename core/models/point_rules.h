// Lead scores by points: who somebody is, and what they did lately.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "core/base/undefined.h"

namespace kpi {

enum class Comparison { kAtLeast, kAbove, kAtMost, kBelow, kEquals, kDiffers };

/// Points for every lead whose field meets the condition; points may be negative. Rules add up, also of the same field.
struct PointRule {
  std::size_t field;  // index of the value
  Comparison comparison;
  double limit;
  double points;
};

/// An unknown value (NaN) or a field that is not there meets no condition.
/// Cost  O(rules).
/// Example fields 7, 12; 10 points for the first >= 5, 20 for the second >= 10, 10 for the second >= 20 -> 30
double points_of_fields(std::span<const double> values, std::span<const PointRule> rules);

/// What one doing of an activity gives, how fast that fades and how much the activity can give in all.
struct ActivityRule {
  double points;
  std::optional<double> half_life_days;  // nothing: does not fade
  std::optional<double> cap;             // of the faded sum, by amount: a cap of 20 also keeps penalties above -20
};

struct Activity {
  std::size_t rule;  // index into the rules
  double age_days;   // from the doing to the day of the score
  double count = 1;
};

/// Sum over the rules of their capped sums of points x count x 2^(-age / half-life). What is dated after the day of the score does not count.
///
/// Errors  "not_finite", "out_of_range" (an unknown rule, a negative count, a half-life not above 0, a negative cap).
/// Cost    O(activities + rules).
/// Example 10 points, half-life 30 days: 30 days ago -> 5, 60 days ago -> 2.5; together 7.5, with a cap of 6: 6
Outcome<double> points_of_activities(std::span<const Activity> activities, std::span<const ActivityRule> rules);

}  // namespace kpi
