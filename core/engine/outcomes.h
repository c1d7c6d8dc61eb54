// What became of leads and of users, as columns: won or lost for each score, activated or not for each sign-up.
#pragma once

#include <vector>

#include "core/engine/dataset.h"

namespace kpi {

/// Derives score_outcome of scored leads: 1 became a customer, 0 did not. Leads that are still open have none; where nothing tells the lost
/// from the open (no disqualification, no lost deals), every lead that is no customer counts as lost.
void derive_score_outcomes(const Dataset& dataset, FileTable& leads);

/// Derives signed_up and activated of each user's first sign-up: 1, and whether the user was activated on that day or later. Only events
/// that name their user, and only where activations are told at all. Cost O(events).
void derive_activations(const std::vector<FileTable*>& events);

/// Derives has_macro: 1 on each micro conversion of a user who has a macro conversion anywhere in the files.
void derive_macro_users(const std::vector<FileTable*>& events);

}  // namespace kpi
