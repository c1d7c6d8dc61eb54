// JSON text -> value, for the embedded data and for requests.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace kpi {

/// The value, or a discarded one where the text is no JSON. The only place that parses: json::parse() is two parsers of 9 KB each,
/// one of them for a callback that nobody passes.
nlohmann::json parse_json(std::string_view text);

}  // namespace kpi
