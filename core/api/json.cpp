#include "core/api/json.h"

namespace kpi {
namespace {

Error invalid(const char* key, const char* expected) {
  return Error{Code::request_invalid, {{"at", std::string(key)}, {"expected", std::string(expected)}}};
}

Json to_json(const Argument& argument) {
  if (const std::int64_t* i = std::get_if<std::int64_t>(&argument)) return *i;
  if (const double* d = std::get_if<double>(&argument)) return number_or_null(*d);
  return *std::get_if<std::string>(&argument);
}

}  // namespace

Result<std::optional<std::string>> read_text(const Json& object, const char* key) {
  const Json* m = member(object, key);
  if (m == nullptr) return std::optional<std::string>();
  if (!m->is_string()) return invalid(key, "string");
  return std::optional<std::string>(m->get_ref<const std::string&>());
}

Result<std::optional<bool>> read_flag(const Json& object, const char* key) {
  const Json* m = member(object, key);
  if (m == nullptr) return std::optional<bool>();
  if (!m->is_boolean()) return invalid(key, "boolean");
  return std::optional<bool>(m->get<bool>());
}

Result<std::optional<std::int64_t>> read_integer(const Json& object, const char* key) {
  const Json* m = member(object, key);
  if (m == nullptr) return std::optional<std::int64_t>();
  if (!m->is_number_integer()) return invalid(key, "integer");
  return std::optional<std::int64_t>(m->get<std::int64_t>());
}

Json to_json(const Arguments& arguments) {
  Json object = Json::object();
  for (const auto& [name, value] : arguments) object[std::string(name)] = to_json(value);
  return object;
}

std::string failure(const Error& error) {
  return dump({{"ok", false}, {"error", {{"code", std::string(code_name(error.code))}, {"args", to_json(error.arguments)}}}});
}

std::string success(Json result) {
  Json answer = Json::object();
  answer["ok"] = true;
  answer["result"] = std::move(result);
  return dump(answer);
}

Json to_json(const Diagnostics::Group& group) {
  Json items = Json::array();
  for (const Diagnostic& d : group.kept) {
    items.push_back({{"args", to_json(d.arguments)},
                     {"record", d.where.record == 0 ? Json(nullptr) : Json(d.where.record)},
                     {"column", d.where.column < 0 ? Json(nullptr) : Json(d.where.column)}});
  }
  return {{"code", std::string(code_name(group.code))},
          {"severity", std::string(severity_name(code_severity(group.code)))},
          {"total", group.total},
          {"items", std::move(items)}};
}

Json to_json(const Diagnostics& diagnostics) {
  Json groups = Json::array();
  for (const Diagnostics::Group& group : diagnostics.groups()) groups.push_back(to_json(group));
  return groups;
}

Json number_or_null(const Value& value) {
  const Quantity* q = std::get_if<Quantity>(&value);
  return q == nullptr ? Json(nullptr) : number_or_null(q->value);
}

Json undefined_or_null(const Value& value) {
  const Undefined* u = std::get_if<Undefined>(&value);
  if (u == nullptr) return nullptr;
  return {{"code", std::string(u->code)}, {"args", u->arguments}};
}

}  // namespace kpi
