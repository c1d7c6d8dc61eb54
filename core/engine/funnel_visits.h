// Leads on their way through the stages: who entered which stage when, and what became of them there.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/engine/dimension.h"
#include "core/engine/report.h"
#include "core/models/leakage.h"

namespace kpi {

/// Why a visit has no duration.
enum class VisitTime : std::uint8_t { kKnown, kUndated, kSkipped, kOutOfOrder };

/// Small: there are several for each lead.
struct FunnelVisit {
  std::uint32_t member;     // of the dimension asked for; 0 without
  std::int32_t days;        // where known: to the next stage or to the end there; of open ones to the last day of the data
  std::int32_t idle;        // days from the lead's last change to the last day of the data
  std::uint16_t reason;     // of a disqualified one, index in FunnelVisits::reasons; 0: none is given
  std::uint8_t stage;       // index in FunnelVisits::stages
  StageFate fate;
  VisitTime time;
};

/// rows = repeats + filtered + untold + the leads that the visits are of; a lead has none where it entered no stage in the window.
struct FunnelVisits {
  struct Stage {
    LeadStage stage;
    bool is_dated;  // by any file: without, the stage counts by the day of creation and has no durations
  };
  std::vector<Stage> stages;  // that a file tells apart, in their order; the last one is the goal and has no visits
  std::vector<FunnelVisit> visits;
  std::vector<std::string> reasons = {""};  // as first written in the files
  bool knows_reasons = false;               // a file has a column of them
  Day as_of = kNoDay;
  std::uint64_t rows = 0, repeats = 0, filtered = 0;
  std::uint64_t untold = 0;          // in files that tell less than two stages apart
  std::uint64_t undated = 0;         // visits without a day, where the window asks for one
  std::uint64_t drops_undated = 0;   // disqualified on an unknown day: taken as the day of the last change
};

/// A lead is in every stage up to the one it has reached, as the rule sees it, and enters it when LeadFunnel says. It advanced from all but
/// the last of them. There it is disqualified by its own date or stage, or by its deals where all of them are lost; otherwise open.
/// A stage that the lead skipped counts among its visits, but has no duration. Cost O(rows stages).
FunnelVisits funnel_visits(const Dataset& dataset, const ReportScope& scope, const Dimension* by, StageRule rule);

/// The last day of what has happened to leads and deals, or kNoDay.
Day last_day_of_funnel(const Dataset& dataset);

/// Whether a filter leaves the row out; a table that does not know a filter's dimension is left out whole.
bool is_filtered_out(const std::vector<Filter>& filters, const FileTable& table, std::size_t row);

inline bool is_repeated(const FileTable& table, std::size_t row) { return !table.is_repeat.empty() && table.is_repeat[row] != 0; }

/// The member of the row; the one without a value where the table does not know the dimension, or none is asked for.
std::uint32_t member_of(const Dimension* by, const FileTable& table, std::size_t row);

}  // namespace kpi
