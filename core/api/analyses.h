// What the models say of the loaded files: one method of the session for each analysis.
#pragma once

#include <string_view>

#include "core/api/json.h"
#include "core/engine/dataset.h"

namespace kpi {

/// Takes the request of a report (its window and filters count) with the analysis' own members beside it; see the header of each.
/// An analysis that has no result answers {"undefined":{"code","arguments"}} in its place: that is an answer, not an error.
using Analysis = Result<Json> (*)(const Dataset& dataset, const Json& request);

/// The analysis of that name ("analyse_experiments" ...), or null.
Analysis find_analysis(std::string_view method);

}  // namespace kpi
