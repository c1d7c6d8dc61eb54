#include "core/catalog/json_entry.h"

#include <algorithm>

namespace kpi {

using nlohmann::json;

void EntryContext::fail(std::string_view what, std::string_view member) {
  if (error) return;
  std::string problem(what);
  problem += ':';
  problem += member;
  error = Error{Code::catalog_invalid, {{"file", file}, {"id", id}, {"problem", std::move(problem)}}};
}

JsonEntry::JsonEntry(const json& value, EntryContext& context) : value_(&value), context_(&context) {
  if (!value.is_object()) context.fail("kind", "entry");
}

const json* JsonEntry::find(const char* member) {
  asked_.push_back(member);
  if (!value_->is_object()) return nullptr;
  const auto it = value_->find(member);
  return it == value_->end() ? nullptr : &*it;
}

std::string JsonEntry::text(const char* member, bool is_required) {
  const json* found = find(member);
  if (found == nullptr) {
    if (is_required) context_->fail("missing", member);
    return {};
  }
  if (!found->is_string()) {
    context_->fail("kind", member);
    return {};
  }
  return found->get<std::string>();
}

std::size_t JsonEntry::choice(const char* member, std::span<const std::string_view> words) {
  const std::string word = text(member, true);
  const auto it = std::find(words.begin(), words.end(), word);
  if (it != words.end()) return static_cast<std::size_t>(it - words.begin());
  context_->fail("value", member);
  return 0;
}

bool JsonEntry::flag(const char* member, bool otherwise) {
  const json* found = find(member);
  if (found == nullptr) return otherwise;
  if (!found->is_boolean()) {
    context_->fail("kind", member);
    return otherwise;
  }
  return found->get<bool>();
}

std::vector<std::string> JsonEntry::texts(const char* member) {
  std::vector<std::string> list;
  const json* found = find(member);
  if (found == nullptr) return list;
  if (!found->is_array()) {
    context_->fail("kind", member);
    return list;
  }
  for (const json& item : *found) {
    if (item.is_string()) {
      list.push_back(item.get<std::string>());
    } else {
      context_->fail("kind", member);
    }
  }
  return list;
}

std::vector<const json*> JsonEntry::entries(const char* member) {
  std::vector<const json*> list;
  const json* found = find(member);
  if (found == nullptr) return list;
  if (!found->is_array()) {
    context_->fail("kind", member);
    return list;
  }
  for (const json& item : *found) list.push_back(&item);
  return list;
}

const json* JsonEntry::object(const char* member) {
  const json* found = find(member);
  if (found == nullptr || found->is_object()) return found;
  context_->fail("kind", member);
  return nullptr;
}

std::optional<double> JsonEntry::number(const char* member) {
  const json* found = find(member);
  if (found == nullptr) return std::nullopt;
  if (found->is_number()) return found->get<double>();
  context_->fail("kind", member);
  return std::nullopt;
}

void JsonEntry::done() {
  if (!value_->is_object()) return;
  for (auto it = value_->begin(); it != value_->end(); ++it) {
    if (std::find(asked_.begin(), asked_.end(), it.key()) == asked_.end()) context_->fail("unknown", it.key());
  }
}

}  // namespace kpi
