// Histories of stages: when each record left a stage, and when leads entered each.
#pragma once

#include <vector>

#include "core/engine/dataset.h"

namespace kpi {

/// Derives stage_left_at of each row of the histories: when it was left as the file says, else when the same record entered its next
/// stage; and mql_at to customer_at of leads whose files do not bring them: the first day in the stage. Records are found by id, leads
/// also by e-mail. Codes: stage_history_unmatched{rows}, rows of leads that no file of leads has. Cost O(rows log rows).
void derive_stage_history(const std::vector<FileTable*>& histories, const std::vector<FileTable*>& leads, std::map<int, Diagnostics>& diagnostics);

}  // namespace kpi
