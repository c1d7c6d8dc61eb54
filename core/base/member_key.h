// What names are compared by: of members, accounts, experiments.
#pragma once

#include <string>
#include <string_view>

namespace kpi {

/// Lower case, single blanks, '_' and '-' as blanks, none at the ends; a text of nothing else stays as it is.
/// Example: " Paid_Search " -> "paid search"
std::string member_key(std::string_view text);

}  // namespace kpi
