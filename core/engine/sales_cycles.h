// How long deals take from their creation to the win, with those that are lost or still open.
#pragma once

#include <array>
#include <vector>

#include "core/engine/funnel_visits.h"
#include "core/models/aalen_johansen.h"
#include "core/models/log_rank.h"

namespace kpi {

constexpr std::array<double, 6> kCycleDays = {30, 60, 90, 180, 270, 365};

struct DealCycle {
  double days;          // from creation to the close or, while open, to the last day of the data
  std::uint32_t cause;  // 0 open, 1 won, 2 lost
  std::uint32_t member;
};

/// rows = repeats + filtered + outside + undated + unclosed + out_of_order + cycles.
struct DealCycles {
  std::vector<DealCycle> cycles;
  Day as_of = kNoDay;
  bool knows_losses = true;  // false: a file does not tell lost deals from open ones
  std::uint64_t rows = 0, repeats = 0, filtered = 0, outside = 0;
  std::uint64_t undated = 0;       // without a day of creation
  std::uint64_t unclosed = 0;      // won or lost on no known day
  std::uint64_t out_of_order = 0;  // closed before they were created
};

/// Deals that were created in the window, of all files of deals that tell won ones apart.
/// Undefined: "missing_input" {"opportunities"} without such a file, "no_rows". Cost O(rows).
Outcome<DealCycles> deal_cycles(const Dataset& dataset, const ReportScope& scope, const Dimension* by);

struct CycleSummary {
  std::uint64_t deals = 0, won = 0, lost = 0, open = 0;
  std::vector<Outcome<ShareWithError>> won_by;  // by kCycleDays: share of all deals, lost ones can no longer be won
  Outcome<double> median = Undefined{"no_rows", {}};           // of all deals, the day by which half are won
  Outcome<double> median_censored = Undefined{"no_rows", {}};  // of the curve that takes lost deals for censored: says too much
  Outcome<double> median_decided = Undefined{"no_rows", {}};   // until won or lost, open ones censored
  Outcome<double> naive_median = Undefined{"no_rows", {}}, naive_mean = Undefined{"no_rows", {}};  // of won deals alone
};

/// One row of the curves: shares of all deals, and what is won by the curve that takes lost deals for censored.
struct CyclePoint {
  double days;
  std::uint64_t at_risk;
  double won, won_error, lost, open, won_censored;
};

struct CycleGroup {
  std::uint32_t member;
  CycleSummary summary;
};

struct SalesCycles {
  CycleSummary all;
  std::vector<CyclePoint> points;  // every step of the curves, or so many of them that no more than kMaxCyclePoints remain
  std::vector<CycleGroup> groups;  // most deals first, at most kMaxCycleGroups
  std::size_t rest_groups = 0;
  Outcome<LogRank> difference = Undefined{"too_few_rows", {}};  // of the groups in the time to the win; lost and open ones censored
};
constexpr std::size_t kMaxCyclePoints = 300, kMaxCycleGroups = 12;

/// Undefined: "no_rows".
Outcome<SalesCycles> sales_cycles(const DealCycles& deals, std::size_t members);

}  // namespace kpi
