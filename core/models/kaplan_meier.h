// How long something takes when part of it has not happened yet: the survival curve of right-censored durations, its quantiles and mean.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

/// From the start to the event, or, while it has not happened, to the last moment of which this is known. Any unit of time, not negative.
struct Duration {
  double time;
  bool is_event;
};

/// On which scale the interval is symmetric. Only log-log stays inside 0..1 by itself; the others are cut.
enum class SurvivalInterval : std::uint8_t { kPlain, kLog, kLogLog };

/// At a time when something happens to somebody, an event or the end of observation, and until the next such time.
struct SurvivalStep {
  double time;
  std::uint64_t at_risk;  // just before
  std::uint64_t events, censored;
  double survival;                     // share without the event so far
  double standard_error;               // of the share, by Greenwood's formula; 0 at 0 and at 1
  std::optional<double> lower, upper;  // none where the share is 0: nobody is left to judge by
};

struct SurvivalCurve {
  std::vector<SurvivalStep> steps;  // by time, upwards
  std::uint64_t count, events;
};

/// The product-limit estimate S(t) = product over times s <= t of 1 - events(s) / at_risk(s); who is censored at a time is at risk at it.
/// `confidence` in 0..1, of the interval at each time by itself.
/// Undefined: "no_rows", "not_finite", "out_of_range" (a negative time; the confidence).
/// Source  Kaplan and Meier 1958, J. Am. Stat. Assoc. 53, 457-481; Greenwood 1926; log-log: Kalbfleisch and Prentice 1980.
/// Cost    O(n log n).
Outcome<SurvivalCurve> kaplan_meier(std::vector<Duration> durations, SurvivalInterval interval = SurvivalInterval::kLogLog, double confidence = 0.95);

/// What is in force at `time`: survival 1 before the first step. at_risk counts those observed at `time` or later; events and censored
/// are those at `time` itself. Cost O(log steps).
SurvivalStep survival_at(const SurvivalCurve& curve, double time);

/// A time by which a share has had the event, and its limits: where the curves of the limits reach the same share.
struct SurvivalQuantile {
  Outcome<double> time, lower, upper;
};

/// The smallest time with S(t) <= 1 - share. Where a step lies exactly at 1 - share: the middle between its ends (the last step ends with
/// the observation). share 0.5: the median. Undefined, each by itself: "not_reached" where the curve stays above, "out_of_range" {share}.
/// Cost O(steps).
SurvivalQuantile survival_quantile(const SurvivalCurve& curve, double share);

/// The mean time within the first `horizon`: the area under the curve up to there.
struct RestrictedMean {
  double mean, standard_error;
};

/// Undefined: "out_of_range" (horizon not above 0, or after the last observation while some are still without the event).
/// Source  Irwin 1949, J. Hygiene 47, 188-189. Cost O(steps).
Outcome<RestrictedMean> restricted_mean(const SurvivalCurve& curve, double horizon);

}  // namespace kpi
