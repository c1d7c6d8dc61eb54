// The JSON type of the boundary and small readers that never throw.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/column_kind.h"
#include "core/base/date.h"
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

/// request_invalid{at,expected}
Error request_invalid(std::string_view at, std::string_view expected);

/// Reads optional members; nothing where one is absent or, with an error, of another type. The first error is kept.
class RequestReader {
 public:
  explicit RequestReader(const Json& object) : object_(object) {}
  const std::string* text(const char* key);
  std::string text_or_empty(const char* key);
  bool flag(const char* key);
  std::optional<std::int64_t> integer(const char* key);
  void fail(const Error& error);
  /// request_invalid, or what fail() was told; null when all is well.
  const Error* error() const { return error_ ? &*error_ : nullptr; }

 private:
  const Json& object_;
  std::optional<Error> error_;
};

/// Builds a JSON object member by member. The functions are out of line on purpose: nlohmann's initializer lists expand to kilobytes
/// of code each, and the page counts bytes.
class Object {
 public:
  Object& put(const char* key, std::string_view value);
  Object& put(const char* key, const char* value) { return put(key, std::string_view(value)); }
  Object& put(const char* key, const std::string& value) { return put(key, std::string_view(value)); }
  Object& put(const char* key, bool value);
  Object& put(const char* key, std::int64_t value);
  Object& put(const char* key, std::uint64_t value) { return put(key, static_cast<std::int64_t>(value)); }
  Object& put(const char* key, int value) { return put(key, static_cast<std::int64_t>(value)); }
  Object& put(const char* key, double value);  // null when it is not finite
  Object& put(const char* key, Json&& value);
  Object& put(const char* key, Object&& value) { return put(key, value.take()); }
  Object& put(const char* key, const std::vector<std::string>& value);
  Object& put_null(const char* key);
  Object& put_or_null(const char* key, bool is_there, std::string_view value);
  Object& put_date(const char* key, Day day);  // null for kNoDay
  Json take() { return std::move(json_); }

 private:
  Json& slot(const char* key);
  Json json_ = Json::object();
};

std::string_view kind_name(ColumnKind kind);  // "text", "key", "number", "date"

/// Appends to a JSON array, out of line for the same reason.
void append(Json& array, Json&& value);
void append(Json& array, Object&& value);
void append(Json& array, std::string_view value);
inline void append(Json& array, const std::string& value) { append(array, std::string_view(value)); }

Json to_json(const Arguments& arguments);
/// {"ok":false,"error":{"code","args"}}
std::string failure(const Error& error);
/// {"ok":true,"result":...}
std::string success(Json&& result);
/// All groups of info to error severity: [{"code","severity","total","items":[{"args","record","column"}]}]
Json to_json(const Diagnostics& diagnostics);

/// The number, or null where there is none.
Json number_or_null(const Value& value);
/// {"code","args"}, or null for a value that exists.
Json undefined_or_null(const Value& value);

}  // namespace kpi
