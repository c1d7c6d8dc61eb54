#include "core/catalog/json_text.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace kpi {
namespace {

using nlohmann::json;

/// Takes the events of the parser and builds the value.
class Builder {
 public:
  bool null() { return put(nullptr); }
  bool boolean(bool value) { return put(value); }
  bool number_integer(json::number_integer_t value) { return put(value); }
  bool number_unsigned(json::number_unsigned_t value) { return put(value); }
  bool number_float(json::number_float_t value, const std::string&) { return put(value); }
  bool string(std::string& value) { return put(std::move(value)); }
  bool binary(json::binary_t&) { return false; }  // no JSON text holds any
  bool start_object(std::size_t) { return open(json::object()); }
  bool key(std::string& name) {
    member_ = &(*open_.back())[name];
    return true;
  }
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open(json::array()); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t, const std::string&, const json::exception&) { return false; }
  json take() { return std::move(root_); }

 private:
  json& place(json&& value) {
    if (open_.empty()) return root_ = std::move(value);
    json& parent = *open_.back();
    if (parent.is_object()) return *member_ = std::move(value);
    parent.push_back(std::move(value));
    return parent.back();
  }
  bool put(json&& value) {
    place(std::move(value));
    return true;
  }
  bool open(json&& value) {
    open_.push_back(&place(std::move(value)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  json root_;
  std::vector<json*> open_;  // arrays and objects around the next value; an array does not grow while one of its elements is open
  json* member_ = nullptr;   // of the innermost object: the value of the last key
};

}  // namespace

json parse_json(std::string_view text) {
  Builder builder;
  const bool is_json = json::sax_parse(text, &builder);
  return is_json ? builder.take() : json(json::value_t::discarded);
}

}  // namespace kpi
