// Targets of a report: what was aimed at over its window, in each of its periods and for each channel, and how near the figures come.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/report.h"

namespace kpi {

constexpr double kUsualTolerance = 0.1;  // of the target: a miss by a tenth is near

enum class TargetStatus : std::uint8_t { kMet, kNear, kMissed, kNoValue, kNoTarget };
std::string_view target_status_name(TargetStatus status);  // "met", "near", "missed", "no_value", "no_target"

/// What was aimed at over a stretch of days.
struct Target {
  Value value;                  // or why there is none
  Day first = kNoDay, last = kNoDay;  // the days that it is for: those of the stretch that the data reach; kNoDay: it has no period
  bool is_by_days = false;      // a share of longer periods' targets, by days: an assumption that has to be shown
  Value whole;                  // is_by_days: the targets of the whole stretch, or of the periods that it cuts
  std::optional<double> limit;
  std::string_view owner;
};

/// A target and the figure beside it. attainment: 1 = reached; value / target, or target / value where lower is better.
struct Judged {
  Target target;
  std::optional<double> difference;  // value - target, in the KPI's unit: percentage points / 100 for rates
  std::optional<double> attainment;
  Undefined no_attainment;           // why there is none; code empty: there is one. No Value: GCC 12 loses the code of one here
  TargetStatus status = TargetStatus::kNoTarget;
};

struct KpiTargets {
  std::size_t kpi;               // index into Report::kpis
  Judged total;
  std::vector<Value> series;     // targets, as the report's buckets
  std::vector<Judged> by_member; // as the report's members; empty where they are no channels
};

/// The KPIs that have any target, in the catalogue's order.
///
/// Shape   The periods of targets tile the window: those that fit into it, the longest first, else the shortest that holds the day, cut.
///         kSum (core/engine/over_time.h): the sum of the tiles; a tile that is cut counts by its days (is_by_days). kLevel: the one
///         target of all tiles, whole or cut. kFirst, kLast: the target at the start or end. kOwnPeriod: the target of exactly this period.
///         Data that end (or begin) more than three days inside the window are met with the target to date, never with the whole one.
///         A target without a period stands where no other does; for sums and kOwnPeriod only over all data.
///         A filter by one channel takes that channel's targets. Channels are never added up to a total.
/// Status  higher is better: met from the target on, near from `limit` on, or from target - tolerance x |target|; lower is better: the
///         mirror of it; neutral: met within the same distance on either side, else missed.
/// Units   as the KPI; `tolerance` and attainment are shares.
/// Errors  reasons of a target: "no_target" (none at all), "target_gap" (none for a part of it), "target_differs" (several levels),
///         "target_not_for_part" (its own period is another), "target_conflict", "target_filtered" (a filter that no target knows),
///         "currency_mixed". Of an attainment: those, the value's own reason, "target_zero", "target_negative", "value_zero",
///         "value_negative" (no ratio says anything; the status is right all the same), "no_direction" (neutral).
/// Cost    O(tiles) per KPI with targets, bucket and member.
std::vector<KpiTargets> make_targets(const Dataset& dataset, const Report& report, const ReportRequest& request, double tolerance);

/// How near `value` comes to `target`; exported for the tests.
Judged judge(const Kpi& kpi, const Value& value, Target target, double tolerance);

}  // namespace kpi
