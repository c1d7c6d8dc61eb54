// Known ids that look like a mistyped one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kpi {

/// Changes (insert, drop, replace, swap neighbours) that lead from one text to the other. Cost O(|a| * |b|).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// Up to three of `known` within a third of the length of `text` in changes, nearest first, joined by ",". Empty when none is near.
/// Example "cost_per_leed" -> "cost_per_lead".
std::string nearest_ids(std::string_view text, const std::vector<std::string>& known);

}  // namespace kpi
