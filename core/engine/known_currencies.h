// Every currency that the files' amounts or the rates name: what a report can be in.
#pragma once

#include <string>
#include <vector>

#include "core/engine/dataset.h"

namespace kpi {

/// ISO codes, sorted, each once. Cost  O(columns + different texts in columns of currencies).
std::vector<std::string> known_currencies(const Dataset& dataset);

}  // namespace kpi
