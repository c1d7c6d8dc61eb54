// The attribution models side by side, as JSON.
#pragma once

#include "core/api/json.h"
#include "core/engine/dataset.h"

namespace kpi {

/// Beside the members of a report: {"by": "channel", "unit": "account"|"person", "look_back_days": 1..3660, "half_life_days": 0.1..3660, "after_opportunity":
/// false leaves out touches after the deal was opened, "repeats": "since_previous"|"all_in_window", "markov_order": 1..3,
/// "weights": {"first","lead","opportunity","close","last","others"}: shares of the user's own that sum to 1, for the model custom_position}, all optional.
/// {"from","to","by","currency","conversions","value","value_undefined","spend","spend_undefined","spend_currency","covered_spend","covered_currency" (of members
///   with touches),
///  "models":[{"id","undefined","conversions","value","without_milestone" (what is unattributed under each), "return","return_undefined","cost_per_win",
///   "cost_per_win_undefined" (ratios of the sums over members with touches and cost)}],
///  "members":[{"key","label","canonical","others","has_touches","touches","spend","spend_undefined","spend_currency","self_reported","lowest","highest",
///   "agreement": "agrees"|"models_disagree"|"uncertain"|null, "kept", "credits":[{"conversions","value","return","return_undefined","cost_per_win",
///   "cost_per_win_undefined"}]}],
///  "stability":{"samples","all_agree","undefined"}, "touches":{counts of rows by what became of them}, "deals":{...}, "null_journeys",
///  "reconciliation": see reconciliation_json.h}
/// or {"undefined":{"code","args"},"reconciliation"}. A missing value is null.
/// Errors  request_invalid, out_of_range and those of the report's request.
Result<Json> attribution_json(const Dataset& dataset, const Json& request);

}  // namespace kpi
