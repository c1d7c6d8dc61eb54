// Names of months in the languages of exports.
#pragma once

#include <string_view>

namespace kpi {

/// 1..12 for a month's name or abbreviation in English, German, French, Spanish, Portuguese, Italian, Dutch, Polish or Russian,
/// folded to lower case, without a dot; 0 for other words. Example: "ao\xC3\xBBt" -> 8.
unsigned month_from_name(std::string_view folded);

}  // namespace kpi
