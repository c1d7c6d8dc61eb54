#include "core/api/file_options.h"

#include <charconv>

namespace kpi {
namespace {

Error invalid(const std::string& at, const char* expected) {
  return Error{Code::request_invalid, {{"at", at}, {"expected", std::string(expected)}}};
}

std::optional<std::int32_t> column_number(const std::string& key) {
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
  if (error != std::errc() || end != key.data() + key.size() || number < 0) return std::nullopt;
  return number;
}

std::optional<DateOrder> parse_date_order(std::string_view text) {
  if (text == "ymd") return DateOrder::kYearMonthDay;
  if (text == "dmy") return DateOrder::kDayMonthYear;
  if (text == "mdy") return DateOrder::kMonthDayYear;
  return std::nullopt;
}

Status read_column(const std::string& key, const Json& json, FileOptions& options) {
  const std::optional<std::int32_t> number = column_number(key);
  if (!number) return invalid("columns." + key, "column number");
  ColumnOverride column;
  const Result<std::optional<std::string>> decimal = read_text(json, "decimal");
  const Result<std::optional<std::string>> order = read_text(json, "date_order");
  if (!decimal.ok()) return decimal.error();
  if (!order.ok()) return order.error();
  if (decimal.value()) {
    if (*decimal.value() != "point" && *decimal.value() != "comma") return invalid("columns." + key + ".decimal", "point|comma");
    column.decimal = *decimal.value() == "point" ? DecimalMark::kPoint : DecimalMark::kComma;
  }
  if (order.value()) {
    column.date_order = parse_date_order(*order.value());
    if (!column.date_order) return invalid("columns." + key + ".date_order", "ymd|dmy|mdy");
  }
  options.read.columns[*number] = column;
  return Ok{};
}

Status read_character(const Json& options, const char* key, bool may_be_empty, std::optional<char>& into) {
  const Result<std::optional<std::string>> text = read_text(options, key);
  if (!text.ok()) return text.error();
  if (!text.value()) return Ok{};
  if (text.value()->size() > 1 || (text.value()->empty() && !may_be_empty)) return invalid(key, "one character");
  into = text.value()->empty() ? '\0' : text.value()->front();
  return Ok{};
}

}  // namespace

std::string_view decimal_name(DecimalMark mark) { return mark == DecimalMark::kPoint ? "point" : "comma"; }

std::string_view date_order_name(DateOrder order) {
  switch (order) {
    case DateOrder::kYearMonthDay: return "ymd";
    case DateOrder::kDayMonthYear: return "dmy";
    case DateOrder::kMonthDayYear: return "mdy";
  }
  return "ymd";
}

Result<FileOptions> read_file_options(const Json& json) {
  FileOptions options;
  if (json.is_null()) return options;
  if (!json.is_object()) return invalid("options", "object");
  const auto encoding = read_text(json, "encoding");
  const auto table = read_text(json, "table");
  const auto currency = read_text(json, "currency");
  const auto header = read_integer(json, "header_record");
  const auto keep = read_flag(json, "keep_totals");
  for (const auto* text : {&encoding, &table, &currency}) {
    if (!text->ok()) return text->error();
  }
  if (!header.ok()) return header.error();
  if (!keep.ok()) return keep.error();
  if (encoding.value()) {
    options.read.encoding = parse_encoding(*encoding.value());
    if (!options.read.encoding) return invalid("encoding", "utf-8|utf-16le|utf-16be|windows-1252|windows-1251");
  }
  if (const Status s = read_character(json, "delimiter", false, options.read.delimiter); !s.ok()) return s.error();
  if (const Status s = read_character(json, "quote", true, options.read.quote); !s.ok()) return s.error();
  if (header.value()) {
    if (*header.value() < 1) return invalid("header_record", "1 or more");
    options.read.header_record = static_cast<std::uint64_t>(*header.value());
  }
  options.read.keep_totals = keep.value().value_or(false);
  options.mapping.table = table.value().value_or("");
  options.currency = currency.value().value_or("");
  if (const Json* fields = member(json, "fields")) {
    if (!fields->is_object()) return invalid("fields", "object");
    for (const auto& [key, field] : fields->items()) {
      const std::optional<std::int32_t> number = column_number(key);
      if (!number || !field.is_string()) return invalid("fields." + key, "field id");
      options.mapping.fields[*number] = field.get_ref<const std::string&>();
    }
  }
  if (const Json* columns = member(json, "columns")) {
    if (!columns->is_object()) return invalid("columns", "object");
    for (const auto& [key, column] : columns->items()) {
      if (const Status s = read_column(key, column, options); !s.ok()) return s.error();
    }
  }
  return options;
}

}  // namespace kpi
