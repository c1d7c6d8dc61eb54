// Times between stages against what was agreed, and how long leads waited for the first answer.
#pragma once

#include <map>
#include <vector>

#include "core/engine/dataset.h"

namespace kpi {

/// Derives response_hours of each lead: from hand-over to first answer, where both have a time of day.
void derive_response_hours(FileTable& leads);

/// Derives sla_due and sla_kept of each lead: how many agreed times are due and how many were kept. A rule without stages is about the
/// first answer after hand-over; one that names a channel stands in for the general one there. A step that was taken is due; one that was
/// not is due once its time is over at the end of the last day of the leads' files, and broken. Where a date has no time of day, whole
/// days count. Hours are hours of the clock.
/// Codes: sla_stage_unknown{text}, a rule that then counts nowhere. Cost O(leads * rules).
void derive_service_levels(const Dataset& dataset, const std::vector<FileTable*>& leads, std::map<int, Diagnostics>& diagnostics);

}  // namespace kpi
