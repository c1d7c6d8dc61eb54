// Leads that were handed over to somebody who answers them, with the moments of both.
#pragma once

#include <vector>

#include "core/engine/agreed_times.h"
#include "core/engine/funnel_visits.h"
#include "core/models/service_level.h"

namespace kpi {

/// What the times in the files are: the local clock's as written, or UTC, as they are read where cells name their zone.
enum class ClockTimes : std::uint8_t { kLocal, kUtc };

struct Clock {
  std::vector<OffsetChange> offsets;   // of the zone, as in BusinessCalendar; none: no zone is known, and every day has 24 hours
  ClockTimes times = ClockTimes::kLocal;
};

struct HandedRow {
  HandedLead lead;          // in UTC where the clock is known, with the limit agreed for its channel
  bool has_converted;
  std::uint8_t hour;        // of the local day on which it was handed over, 0..23
  std::uint32_t member;     // of the dimension asked for; 0 without
};

/// rows = repeats + filtered + not_handed + outside + untimed + before_handover + leads.
struct HandedLeads {
  std::vector<HandedRow> leads;
  std::uint64_t rows = 0, repeats = 0, filtered = 0, not_handed = 0, outside = 0;
  std::uint64_t untimed = 0;           // handed over or answered on a day without a time of day
  std::uint64_t before_handover = 0;   // answered before
  std::uint64_t with_agreed = 0;       // of the leads, those with a limit of their own
};

struct HandedRequest {
  LeadStage goal = LeadStage::kUnknown;
  Clock clock;
  const std::vector<AgreedTime>& agreed;   // read with `channels`
  const Dimension& channels;
  const Dimension* by = nullptr;
};

/// Whether the file has both moments with times of day.
bool has_response_times(const FileTable& t);

/// Leads that were handed over in the window, of all files that have both moments; an answer may come later. Cost O(rows (offsets + rules)).
HandedLeads handed_leads(const Dataset& dataset, const ReportScope& scope, StageRule rule, const HandedRequest& request);

/// The end of the last day of leads and deals, in the clock's UTC.
std::int64_t end_of_data(const Dataset& dataset, const Clock& clock);

}  // namespace kpi
