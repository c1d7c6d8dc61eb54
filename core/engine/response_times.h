// How fast leads were answered after they were handed over, and what became of them.
#pragma once

#include <array>
#include <optional>

#include "core/engine/funnel_visits.h"
#include "core/models/service_level.h"
#include "core/models/two_proportions.h"

namespace kpi {

struct ResponseRequest {
  double limit_hours = 24;
  std::optional<BusinessCalendar> hours;    // none: every hour counts
  LeadStage goal = LeadStage::kUnknown;     // kUnknown: opportunity where files tell it, else the last stage that they tell
};

/// By one clock. Who was answered within the limit against who was answered later; never answered ones are in neither.
struct ResponseFigures {
  ServiceLevel level = {0, 0, 0, 0, 0, 0, 0, Undefined{"no_rows", {}}};
  std::array<ResponseBucket, kResponseTimes> buckets = {};
  std::uint64_t waiting = 0;   // not answered, and the limit is not over yet: in no bucket
  Proportion quick{0, 0}, slow{0, 0};
  Outcome<double> p = Undefined{"no_rows", {}};   // that they convert alike; Fisher's exact test where an expected count is below 5
  std::optional<Interval> difference = std::nullopt;   // quick - slow
};

/// rows = repeats + filtered + not_handed + outside + untimed + before_handover + leads.
struct ResponseTimes {
  LeadStage goal = LeadStage::kUnknown;
  std::uint64_t rows = 0, repeats = 0, filtered = 0, not_handed = 0, outside = 0;
  std::uint64_t untimed = 0;           // handed over or answered on a day without a time of day
  std::uint64_t before_handover = 0;   // answered before
  std::uint64_t leads = 0;
  ResponseFigures clock;
  std::optional<ResponseFigures> working;   // where hours were asked for
};

/// Leads that were handed over in the window; an answer may come later. Moments are local ones, as the files have them.
/// Undefined: "missing_input" {"median_response_hours"} where no file has both moments with times of day, "no_rows", "out_of_range" {"opening_hours" ...}.
/// Cost O(rows).
Outcome<ResponseTimes> response_times(const Dataset& dataset, const ReportScope& scope, StageRule rule, const ResponseRequest& request);

}  // namespace kpi
