// Numbers by number: one hash map in the program, for each further type of one is 2 KB of code.
#pragma once

#include <cstdint>
#include <unordered_map>

namespace kpi {

using NumberMap = std::unordered_map<std::uint64_t, std::uint64_t>;

}  // namespace kpi
