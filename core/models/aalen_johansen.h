// What becomes of things that can end in several ways while part of them is still open: the share that has ended in each way by a time.
//
// One minus a survival curve that calls the other endings censored says too much: it lets what is lost be won later.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

/// From the start to the end, or, with cause 0, to the last moment at which it was still open. Any unit of time, not negative.
struct CompetingDuration {
  double time;
  std::uint32_t cause;  // 0: still open; 1 to causes: how it ended
};

struct ShareWithError {
  double share, standard_error;
};

/// At a time when something ends or is seen open for the last time, and until the next such time. The shares add up to 1.
struct IncidenceStep {
  double time;
  std::uint64_t at_risk;  // just before
  ShareWithError open;
  std::vector<ShareWithError> ended;  // by cause, from 1: element 0 is cause 1
};

/// Cumulative incidence of each cause, F_k(t) = sum over times s <= t of S(s-) events_k(s) / at_risk(s), with S of all causes together.
/// The variance is that of the infinitesimal jackknife, in closed form.
/// Undefined: "no_rows", "not_finite", "out_of_range" (a negative time, a cause, more than 1000 causes).
/// Source  Aalen and Johansen 1978, Scand. J. Stat. 5, 141-150; variance: Marubini and Valsecchi 1995, eq. 10.12.
/// Cost    O(n log n + times causes).
Outcome<std::vector<IncidenceStep>> aalen_johansen(std::vector<CompetingDuration> durations, std::uint32_t causes);

/// The step in force at `time`; before the first: all open. at_risk counts those seen at `time` or later.
IncidenceStep incidence_at(const std::vector<IncidenceStep>& steps, double time);

}  // namespace kpi
