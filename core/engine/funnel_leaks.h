// Where the funnel leaks and how long each stage takes: the visits of all leads, put together.
#pragma once

#include <array>
#include <vector>

#include "core/engine/funnel_visits.h"
#include "core/models/aalen_johansen.h"

namespace kpi {

/// Days after which the shares are told, and the shares for which the days are.
constexpr std::array<double, 3> kStageDays = {30, 60, 90};
constexpr std::array<double, 3> kStageShares = {0.25, 0.5, 0.75};

/// Shares of all who entered, so many days after; they add up to 1.
struct StagePoint {
  double days;
  std::uint64_t at_risk;
  double advanced, advanced_error, disqualified, disqualified_error, open;
};

struct StageTimes {
  std::uint64_t timed = 0, advanced = 0, disqualified = 0, open = 0;   // visits with a duration, and how they stand
  std::uint64_t undated = 0, skipped = 0, out_of_order = 0;            // visits without one
  std::vector<Outcome<ShareWithError>> advanced_by;                    // by kStageDays
  std::vector<Outcome<ShareWithError>> disqualified_by;                // by kStageDays
  std::vector<Outcome<double>> days_until;                             // by kStageShares
  std::vector<StagePoint> points;                                      // the curves: no more than kMaxStagePoints of their steps, with the last
};
constexpr std::size_t kMaxStagePoints = 150;

struct StageLeaks {
  LeadStage stage, next;
  bool is_dated;
  LeakageCell all;
  std::vector<LeakageCell> by_member;  // as FunnelLeaks::members, then the rest of them together
  StageTimes times;
};

/// Those who were disqualified for one reason, by stage; over all reasons they add up to LeakageCell::disqualified.
struct ReasonCounts {
  std::string label;
  std::vector<std::uint64_t> by_stage;
  std::uint64_t all = 0;
};

struct FunnelLeaks {
  std::vector<StageLeaks> stages;
  std::vector<std::uint32_t> members;  // with the most entries first; at most kMaxLeakMembers
  std::size_t rest_members = 0;        // further ones, put together
  std::vector<ReasonCounts> reasons;   // with the most people first; at most kMaxReasons
  ReasonCounts rest_reasons, no_reason;
  std::size_t rest_reason_count = 0;
  bool knows_reasons = false;
};
constexpr std::size_t kMaxReasons = 8;
constexpr std::size_t kMaxLeakMembers = 12;

/// A visit that is open is stale when its lead has not changed for more than `stale_days`. The times are those of competing ends: to advance
/// or to be disqualified; what is open is censored on the last day of the data.
/// Undefined  "missing_input" {"new_leads"} without a file of leads, {"mqls"} where none tells two stages apart, "no_rows" (no visit), "out_of_range".
Outcome<FunnelLeaks> funnel_leaks(const FunnelVisits& visits, double stale_days, std::size_t members);

/// The first time at which the share that ended by `cause` (from 1) has reached `share`. Undefined: "not_reached".
Outcome<double> incidence_quantile(const std::vector<IncidenceStep>& steps, std::uint32_t cause, double share);

/// The share that has ended by `cause` after `days`. Undefined: "not_reached" where nobody was watched for so long and some are open.
Outcome<ShareWithError> incidence_after(const std::vector<IncidenceStep>& steps, std::uint32_t cause, double days);

}  // namespace kpi
