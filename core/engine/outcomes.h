// What became of leads and of users, as columns: won or lost for each score, activated or not for each sign-up.
#pragma once

#include <vector>

#include "core/engine/dataset.h"

namespace kpi {

/// What became of each lead of a table, whether it has a score or not.
struct LeadOutcomes {
  std::vector<double> values;  // 1 became a customer, 0 did not, NaN still open; empty: the table does not tell customers
  std::vector<Day> decided;    // the day on which it became a customer or was disqualified; kNoDay where that is not dated
  bool knows_losses = false;   // false: nothing tells the lost from the open (no disqualification, no lost deals), so every lead that is no customer counts as lost
};
LeadOutcomes lead_outcomes(const Dataset& dataset, const FileTable& leads);

/// Derives score_outcome of scored leads, as lead_outcomes tells it.
void derive_score_outcomes(const Dataset& dataset, FileTable& leads);

/// Derives signed_up and activated of each user's first sign-up: 1, and whether the user was activated on that day or later. Only events
/// that name their user, and only where activations are told at all. Cost O(events).
void derive_activations(const std::vector<FileTable*>& events);

/// Derives has_macro: 1 on each micro conversion of a user who has a macro conversion anywhere in the files.
void derive_macro_users(const std::vector<FileTable*>& events);

}  // namespace kpi
