#include "core/models/kaplan_meier.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/sum.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

/// Of the sum of Greenwood's terms: the variance of log S.
void set_interval(SurvivalStep& step, double log_variance, SurvivalInterval kind, double z) {
  const double s = step.survival;
  if (s <= 0) return;
  const double log_error = std::sqrt(log_variance);
  if (s >= 1) {
    step.lower = step.upper = 1;
  } else if (kind == SurvivalInterval::kPlain) {
    step.lower = std::max(0.0, s - z * s * log_error);
    step.upper = std::min(1.0, s + z * s * log_error);
  } else if (kind == SurvivalInterval::kLog) {
    step.lower = s * std::exp(-z * log_error);
    step.upper = std::min(1.0, s * std::exp(z * log_error));
  } else {
    const double width = z * log_error / std::fabs(std::log(s));
    step.lower = std::exp(std::log(s) * std::exp(width));
    step.upper = std::exp(std::log(s) * std::exp(-width));
  }
}

// Products of shares are not exact: a step that is at the share but for its last digits is at it.
const double kFuzz = std::sqrt(std::numeric_limits<double>::epsilon());

/// Where a falling curve, given by a level for each step or none, reaches `level`.
template <class Level>
Outcome<double> crossing(const SurvivalCurve& curve, double level, Level level_of) {
  const std::vector<SurvivalStep>& steps = curve.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::optional<double> here = level_of(steps[i]);
    if (!here) break;
    if (*here > level + kFuzz) continue;
    if (*here < level - kFuzz) return steps[i].time;
    std::size_t next = i + 1;
    for (; next < steps.size(); ++next) {
      const std::optional<double> later = level_of(steps[next]);
      if (!later || *later < level - kFuzz) break;
    }
    return (steps[i].time + steps[std::min(next, steps.size() - 1)].time) / 2;
  }
  return Undefined{"not_reached", {}};
}

}  // namespace

Outcome<SurvivalCurve> kaplan_meier(std::vector<Duration> durations, SurvivalInterval interval, double confidence) {
  if (durations.empty()) return Undefined{"no_rows", {}};
  if (!(confidence > 0 && confidence < 1)) return Undefined{"out_of_range", {"confidence"}};
  for (const Duration& d : durations) {
    if (!std::isfinite(d.time)) return Undefined{"not_finite", {}};
    if (d.time < 0) return Undefined{"out_of_range", {"time"}};
  }
  std::sort(durations.begin(), durations.end(), [](const Duration& a, const Duration& b) { return a.time < b.time; });
  const double z = normal_quantile(0.5 + confidence / 2);
  SurvivalCurve curve{{}, durations.size(), 0};
  double survival = 1;
  Sum greenwood;
  for (std::size_t first = 0, last; first < durations.size(); first = last) {
    SurvivalStep step{durations[first].time, durations.size() - first, 0, 0, 0, 0, {}, {}};
    for (last = first; last < durations.size() && durations[last].time == step.time; ++last) ++(durations[last].is_event ? step.events : step.censored);
    if (step.events != 0) {
      const double n = static_cast<double>(step.at_risk), d = static_cast<double>(step.events);
      survival *= (n - d) / n;
      if (survival > 0) greenwood.add(d / (n * (n - d)));
      curve.events += step.events;
    }
    step.survival = survival;
    step.standard_error = survival * std::sqrt(greenwood.value());
    set_interval(step, greenwood.value(), interval, z);
    curve.steps.push_back(step);
  }
  return curve;
}

SurvivalStep survival_at(const SurvivalCurve& curve, double time) {
  const auto next = std::lower_bound(curve.steps.begin(), curve.steps.end(), time, [](const SurvivalStep& s, double t) { return s.time < t; });
  if (next != curve.steps.end() && next->time == time) return *next;
  SurvivalStep step{time, curve.count, 0, 0, 1, 0, 1, 1};
  if (next != curve.steps.begin()) step = *(next - 1);
  step.time = time;
  step.at_risk = next == curve.steps.end() ? 0 : next->at_risk;
  step.events = step.censored = 0;
  return step;
}

SurvivalQuantile survival_quantile(const SurvivalCurve& curve, double share) {
  if (!(share > 0 && share <= 1)) {
    const Undefined reason{"out_of_range", {"share"}};
    return {reason, reason, reason};
  }
  const double level = 1 - share;
  return {crossing(curve, level, [](const SurvivalStep& s) { return std::optional<double>(s.survival); }),
          crossing(curve, level, [](const SurvivalStep& s) { return s.lower; }),
          crossing(curve, level, [](const SurvivalStep& s) { return s.upper; })};
}

Outcome<RestrictedMean> restricted_mean(const SurvivalCurve& curve, double horizon) {
  if (!(horizon > 0) || curve.steps.empty()) return Undefined{"out_of_range", {"horizon"}};
  const SurvivalStep& end = curve.steps.back();
  if (!std::isfinite(horizon) || (horizon > end.time && end.survival > 0)) return Undefined{"out_of_range", {"horizon"}};
  Sum area, variance;  // from the horizon back: the area to the right of each event weighs its term
  double right = horizon;
  for (std::size_t i = curve.steps.size(); i-- > 0;) {
    const SurvivalStep& step = curve.steps[i];
    if (step.time >= horizon) continue;
    area.add(step.survival * (right - step.time));
    right = step.time;
    const double n = static_cast<double>(step.at_risk), d = static_cast<double>(step.events);
    if (step.events != 0 && d < n) variance.add(area.value() * area.value() * d / (n * (n - d)));
  }
  area.add(right);
  return RestrictedMean{area.value(), std::sqrt(variance.value())};
}

}  // namespace kpi
