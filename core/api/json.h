// The JSON type of the boundary and small readers that never throw.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/engine/evaluate.h"

namespace kpi {

using Json = nlohmann::json;

/// Text of any JSON value; bytes that are not UTF-8 are replaced, so that an answer is always readable.
inline std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// Member `key` when it is there and not null, else nothing.
inline const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto it = object.find(key);
  return it == object.end() || it->is_null() ? nullptr : &*it;
}

/// Reads an optional text member. Errors: request_invalid when it is there with another type.
Result<std::optional<std::string>> read_text(const Json& object, const char* key);
Result<std::optional<bool>> read_flag(const Json& object, const char* key);
Result<std::optional<std::int64_t>> read_integer(const Json& object, const char* key);

Json to_json(const Arguments& arguments);
/// {"ok":false,"error":{"code","args"}}
std::string failure(const Error& error);
/// {"ok":true,"result":...}
std::string success(Json result);
/// A group of one code with its kept items.
Json to_json(const Diagnostics::Group& group);
/// All groups of info to error severity.
Json to_json(const Diagnostics& diagnostics);

/// Number or null; a double that is not finite never reaches JSON.
inline Json number_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json number_or_null(const Value& value);
/// {"code","args"} or null for a value that exists.
Json undefined_or_null(const Value& value);

}  // namespace kpi
