// Names that are nearly a known one: only ever proposals.
#pragma once

#include <string>
#include <string_view>

#include "core/mapping/name_index.h"

namespace kpi {

/// Insertions, deletions, replacements and swaps of neighbours between two texts (bytes), or limit + 1 where there are more.
int edit_distance(std::string_view a, std::string_view b, int limit);

/// The field name of `table` nearest to `folded`: one edit, two from nine bytes on; or all words of a name with at most two
/// words more. Null when none is near. Example: "campain name" -> "campaign name". Cost O(names of the table).
const KnownName* find_similar(const NameIndex& index, std::string_view folded, std::string_view table);

}  // namespace kpi
