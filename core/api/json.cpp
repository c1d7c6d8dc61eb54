#include "core/api/json.h"

#include <cmath>

namespace kpi {
Error request_invalid(std::string_view at, std::string_view expected) {
  return Error{Code::request_invalid, {{"at", std::string(at)}, {"expected", std::string(expected)}}};
}

void RequestReader::fail(const Error& error) {
  if (!error_) error_ = error;
}

const std::string* RequestReader::text(const char* key) {
  const Json* m = member(object_, key);
  if (m == nullptr || m->is_string()) return m == nullptr ? nullptr : m->get_ptr<const std::string*>();
  fail(request_invalid(key, "string"));
  return nullptr;
}

std::string RequestReader::text_or_empty(const char* key) {
  const std::string* found = text(key);
  return found == nullptr ? std::string() : *found;
}

bool RequestReader::flag(const char* key) {
  const Json* m = member(object_, key);
  if (m == nullptr || m->is_boolean()) return m != nullptr && m->get<bool>();
  fail(request_invalid(key, "boolean"));
  return false;
}

std::optional<std::int64_t> RequestReader::integer(const char* key) {
  const Json* m = member(object_, key);
  if (m == nullptr) return std::nullopt;
  if (m->is_number_integer()) return m->get<std::int64_t>();
  fail(request_invalid(key, "integer"));
  return std::nullopt;
}

std::string_view kind_name(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kText: return "text";
    case ColumnKind::kKey: return "key";
    case ColumnKind::kNumber: return "number";
    case ColumnKind::kDate: return "date";
  }
  return "text";
}

Json& Object::slot(const char* key) { return json_[key]; }

Object& Object::put(const char* key, std::string_view value) {
  slot(key) = std::string(value);
  return *this;
}

Object& Object::put(const char* key, bool value) {
  slot(key) = value;
  return *this;
}

Object& Object::put(const char* key, std::int64_t value) {
  slot(key) = value;
  return *this;
}

Object& Object::put(const char* key, double value) {
  Json& json = slot(key);
  if (std::isfinite(value)) json = value;
  return *this;
}

Object& Object::put(const char* key, Json&& value) {
  slot(key) = std::move(value);
  return *this;
}

Object& Object::put(const char* key, const std::vector<std::string>& value) {
  Json array = Json::array();
  for (const std::string& text : value) append(array, text);
  return put(key, std::move(array));
}

Object& Object::put_null(const char* key) {
  slot(key) = nullptr;
  return *this;
}

Object& Object::put_or_null(const char* key, bool is_there, std::string_view value) { return is_there ? put(key, value) : put_null(key); }

Object& Object::put_date(const char* key, Day day) { return put_or_null(key, day != kNoDay, day == kNoDay ? std::string() : format_iso_date(day)); }

void append(Json& array, Json&& value) { array.push_back(std::move(value)); }
void append(Json& array, Object&& value) { array.push_back(value.take()); }
void append(Json& array, std::string_view value) { array.push_back(std::string(value)); }

Json to_json(const Arguments& arguments) {
  Object object;
  for (const auto& [name, value] : arguments) {
    const std::string key(name);
    if (const std::int64_t* i = std::get_if<std::int64_t>(&value)) {
      object.put(key.c_str(), *i);
    } else if (const double* d = std::get_if<double>(&value)) {
      object.put(key.c_str(), *d);
    } else {
      object.put(key.c_str(), *std::get_if<std::string>(&value));
    }
  }
  return object.take();
}

std::string failure(const Error& error) {
  Object answer, body;
  body.put("code", code_name(error.code)).put("args", to_json(error.arguments));
  return dump(answer.put("ok", false).put("error", std::move(body)).take());
}

std::string success(Json&& result) {
  Object answer;
  return dump(answer.put("ok", true).put("result", std::move(result)).take());
}

Json to_json(const Diagnostics& diagnostics) {
  Json groups = Json::array();
  for (const Diagnostics::Group& group : diagnostics.groups()) {
    Json items = Json::array();
    for (const Diagnostic& d : group.kept) {
      Object item;
      item.put("args", to_json(d.arguments));
      d.where.record == 0 ? item.put_null("record") : item.put("record", d.where.record);
      d.where.column < 0 ? item.put_null("column") : item.put("column", d.where.column);
      append(items, std::move(item));
    }
    Object object;
    object.put("code", code_name(group.code)).put("severity", severity_name(code_severity(group.code)));
    append(groups, std::move(object.put("total", group.total).put("items", std::move(items))));
  }
  return groups;
}

Json number_or_null(const Value& value) {
  const Quantity* q = std::get_if<Quantity>(&value);
  return q == nullptr || !std::isfinite(q->value) ? Json(nullptr) : Json(q->value);
}

Json undefined_or_null(const Value& value) {
  const Undefined* u = std::get_if<Undefined>(&value);
  if (u == nullptr) return nullptr;
  Object object;
  return object.put("code", u->code).put("args", u->arguments).take();
}

}  // namespace kpi
