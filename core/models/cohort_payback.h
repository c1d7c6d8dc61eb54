// When cohorts of customers have earned what their acquisition cost: from what they did, not from averages.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

/// Customers won in one month: what that cost, and their margin in each month since, the month of acquisition first. Only months that are
/// over: a month that has not been is not a margin of 0.
struct AcquisitionCohort {
  double acquisition_cost = 0;
  std::vector<double> margin;
};

struct CohortPayback {
  std::vector<double> cumulative_margin;
  std::vector<double> share_earned;  // of the cost; empty where there was none
  /// The first month, counted from 1, in which the cumulative margin is at least the cost; none within the months seen. A later loss
  /// below the cost does not undo it.
  std::optional<std::uint32_t> payback_month;
};

/// Errors  "no_rows" {"margin"}; "not_finite"; "out_of_range" {"acquisition_cost"} where it is negative.
Outcome<CohortPayback> cohort_payback(const AcquisitionCohort& cohort);

/// The cohorts together, over the months that all of them have seen: young cohorts would else thin the later months out.
/// Errors  "no_rows" without cohorts or where one has no month; "not_finite"; "out_of_range".
Outcome<CohortPayback> cohort_payback(std::span<const AcquisitionCohort> cohorts);

}  // namespace kpi
