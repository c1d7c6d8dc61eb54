// Strict reading of one JSON object of the catalogue: every member has one kind, and no member is unknown.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace kpi {

/// Where a problem is reported; the first one is kept.
struct EntryContext {
  std::string file;
  std::string id;  // of the entry being read
  std::optional<Error> error;
  /// catalog_invalid{file,id,problem}; problem = "<what>:<member>", for example "missing:unit".
  void fail(std::string_view what, std::string_view member);
};

/// Reads the members of `value`, then done(). Wrong or missing ones give empty values and an error in the context.
class JsonEntry {
 public:
  JsonEntry(const nlohmann::json& value, EntryContext& context);
  std::string text(const char* member, bool is_required);
  /// A text out of a closed list: its index; 0 and an error for others.
  std::size_t choice(const char* member, std::span<const std::string_view> words);
  bool flag(const char* member, bool otherwise);
  std::vector<std::string> texts(const char* member);
  /// Objects of an array; empty when the member is absent.
  std::vector<const nlohmann::json*> entries(const char* member);
  const nlohmann::json* object(const char* member);
  std::optional<double> number(const char* member);
  /// Reports members that nobody asked for: "unknown:<member>".
  void done();

 private:
  const nlohmann::json* find(const char* member);
  const nlohmann::json* value_;
  EntryContext* context_;
  std::vector<std::string_view> asked_;
};

}  // namespace kpi
