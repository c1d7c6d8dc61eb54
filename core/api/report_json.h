// Reports, explanations and the catalogue as JSON.
#pragma once

#include "core/api/json.h"
#include "core/engine/report.h"
#include "core/engine/solve.h"

namespace kpi {

Object to_json(const Report& report, const Dataset& dataset);
/// {"kpi","measure","target","values":[...],"undefined","kpi_now","measure_now","currency"}
Json to_json(const Solution& solution);
Json to_json(const Explanation& explanation);
/// The dimensions that can be grouped and filtered by, with their most frequent members.
Json dimensions_json(const Dataset& dataset);
Json catalog_json(const Catalog& catalog);

}  // namespace kpi
