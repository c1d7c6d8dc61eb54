#include "core/models/point_rules.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/sum.h"

namespace kpi {
namespace {

bool meets(double value, Comparison comparison, double limit) {
  if (std::isnan(value)) return false;
  switch (comparison) {
    case Comparison::kAtLeast: return value >= limit;
    case Comparison::kAbove: return value > limit;
    case Comparison::kAtMost: return value <= limit;
    case Comparison::kBelow: return value < limit;
    case Comparison::kEquals: return value == limit;
    case Comparison::kDiffers: return value != limit;
  }
  return false;
}

}  // namespace

double points_of_fields(std::span<const double> values, std::span<const PointRule> rules) {
  Sum points;
  for (const PointRule& rule : rules) {
    if (rule.field < values.size() && meets(values[rule.field], rule.comparison, rule.limit)) points.add(rule.points);
  }
  return points.value();
}

Outcome<double> points_of_activities(std::span<const Activity> activities, std::span<const ActivityRule> rules) {
  for (const ActivityRule& rule : rules) {
    if (!std::isfinite(rule.points)) return Undefined{"not_finite", {}};
    if ((rule.half_life_days && !(*rule.half_life_days > 0)) || (rule.cap && !(*rule.cap >= 0))) return Undefined{"out_of_range", {}};
  }
  std::vector<Sum> of_rule(rules.size());
  for (const Activity& activity : activities) {
    if (activity.rule >= rules.size() || activity.count < 0) return Undefined{"out_of_range", {}};
    if (!std::isfinite(activity.age_days) || !std::isfinite(activity.count)) return Undefined{"not_finite", {}};
    if (activity.age_days < 0) continue;
    const ActivityRule& rule = rules[activity.rule];
    const double left = rule.half_life_days ? std::exp2(-activity.age_days / *rule.half_life_days) : 1;
    of_rule[activity.rule].add(rule.points * activity.count * left);
  }
  Sum points;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const double sum = of_rule[i].value();
    points.add(rules[i].cap ? std::clamp(sum, -*rules[i].cap, *rules[i].cap) : sum);
  }
  if (!std::isfinite(points.value())) return Undefined{"not_finite", {}};
  return points.value();
}

}  // namespace kpi
