// How complete young cohorts are: the completion curve of one step of the funnel, and what each month's cohort will come to by it.
#pragma once

#include <vector>

#include "core/engine/funnel_visits.h"
#include "core/models/completion_curve.h"
#include "core/models/expected_final.h"

namespace kpi {

/// From one stage to a later one; kUnknown: from the first dated stage, to the last dated one that has enough conversions for a curve.
struct CompletionStep {
  LeadStage from = LeadStage::kUnknown, to = LeadStage::kUnknown;
};

/// People who entered the first stage in the days from `first` to `last`.
struct EntryCohort {
  Day first = kNoDay, last = kNoDay;
  std::uint64_t entered = 0, converted = 0;   // converted so far, on whatever day
  double completed = 1;                       // mean over the people of the curve at their age
  double log_variance = 0;                    // of that mean
  Outcome<ExpectedFinal> expected = Undefined{"no_rows", {}};
};

/// rows = repeats + filtered + untold + not_entered + undated + outside + those of the cohorts.
struct CohortCompletion {
  CompletionStep step;
  CompletionCurve curve;                      // of all people who fit the filters, whenever they entered
  Day as_of = kNoDay;
  std::vector<EntryCohort> cohorts;           // by month, the oldest first, at most kMaxCohorts of the last ones; none is empty
  EntryCohort earlier;                        // those before, together; entered 0 where there are none
  std::uint64_t rows = 0, repeats = 0, filtered = 0;
  std::uint64_t untold = 0;                   // in files that do not date both stages
  std::uint64_t not_entered = 0;              // never in the first stage
  std::uint64_t undated = 0;                  // entered on an unknown day
  std::uint64_t outside = 0;                  // entered outside the window, or after the last day
  std::uint64_t converted_undated = 0;        // of the cohorts, converted on an unknown day: they tell no curve
  std::uint64_t out_of_order = 0;             // converted before they entered: as of the same day
  Day first_converted = kNoDay;               // the first dated conversion of all
  double expected_before = 0;                 // conversions that the curve expects before that day; many: the files may not have them, and the curve is too slow
};
constexpr std::size_t kMaxCohorts = 24;

/// The stages that a file dates, in their order: those that a step can be from or to. Cost O(rows) where deals tell them.
std::vector<LeadStage> dated_stages(const Dataset& dataset, StageRule rule);

/// `dated` as dated_stages says. A cohort is that of everybody who entered a stage in a month of the window; who reached the later one has converted, whenever.
/// Undefined  "missing_input" {"new_leads"} without a file of leads, {"mqls"} where no two stages are dated, "out_of_range" {"step"} where the
///            asked ones are not dated or not in that order, "too_few_rows" {"conversions"} below kLeastConversions.
/// Cost       O(rows stages + ages).
Outcome<CohortCompletion> cohort_completion(const Dataset& dataset, const ReportScope& scope, StageRule rule, const std::vector<LeadStage>& dated,
                                            const CompletionStep& asked);

}  // namespace kpi
