// How fast leads were answered after they were handed over, and what became of them.
#pragma once

#include <array>
#include <optional>

#include "core/engine/handed_leads.h"
#include "core/models/two_proportions.h"

namespace kpi {

struct ResponseRequest {
  double limit_hours = 24;                  // where nothing was agreed
  std::optional<BusinessCalendar> hours = std::nullopt;   // none: every hour counts; its offsets are those of the clock
  LeadStage goal = LeadStage::kUnknown;     // kUnknown: opportunity where files tell it, else the last stage that they tell
  Clock clock = {};
  const Dimension* by = nullptr;
};

/// Seconds from hand-over to answer by which a share of all leads were answered. Who has none waits until the last day of the data: leaving
/// them out would make the slow look quick.
struct WaitQuantiles {
  Outcome<double> median = Undefined{"no_rows", {}}, p90 = Undefined{"no_rows", {}};   // "not_reached"
};

/// By one clock. Who was answered within the limit against who was answered later; never answered ones are in neither.
struct ResponseFigures {
  ServiceLevel level = {0, 0, 0, 0, 0, 0, 0, Undefined{"no_rows", {}}};
  std::array<ResponseBucket, kResponseTimes> buckets = {};
  std::uint64_t waiting = 0;   // not answered, and the limit is not over yet: in no bucket
  Proportion quick{0, 0}, slow{0, 0};
  Outcome<double> p = Undefined{"no_rows", {}};   // that they convert alike; Fisher's exact test where an expected count is below 5
  std::optional<Interval> difference = std::nullopt;   // quick - slow
  WaitQuantiles waits = {};
};

/// A part of the leads: a member, or an hour of the day.
struct ResponseGroup {
  std::uint32_t key;
  Proportion converted{0, 0};   // of the leads
  ServiceLevel level;
  WaitQuantiles waits;
};

struct ResponseTimes {
  LeadStage goal = LeadStage::kUnknown;
  HandedLeads handed;
  ResponseFigures clock;
  std::optional<ResponseFigures> working;   // where hours were asked for
  std::vector<ResponseGroup> by_member;     // most leads first, at most kMaxResponseGroups; by the working hours where they were asked for
  std::size_t rest_members = 0;
  std::vector<ResponseGroup> by_hour;       // of the hand-over; hours with leads
  std::vector<AgreedLevel> agreed;          // of every agreed time, of whatever step
};
constexpr std::size_t kMaxResponseGroups = 12;

/// Undefined: "missing_input" {"median_response_hours"} where no file has both moments with times of day, "no_rows", "out_of_range" {"opening_hours" ...}.
/// Cost O(rows).
Outcome<ResponseTimes> response_times(const Dataset& dataset, const ReportScope& scope, StageRule rule, const Dimension& channels, const ResponseRequest& request);

}  // namespace kpi
