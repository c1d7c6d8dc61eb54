#include "core/api/file_options.h"

#include <charconv>

namespace kpi {
namespace {

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
  if (!number) return request_invalid("columns." + key, "column number");
  ColumnOverride column;
  RequestReader read(json);
  const std::string* decimal = read.text("decimal");
  const std::string* order = read.text("date_order");
  if (read.error() != nullptr) return *read.error();
  if (decimal != nullptr) {
    if (*decimal != "point" && *decimal != "comma") return request_invalid("columns." + key + ".decimal", "point|comma");
    column.decimal = *decimal == "point" ? DecimalMark::kPoint : DecimalMark::kComma;
  }
  if (order != nullptr) {
    column.date_order = parse_date_order(*order);
    if (!column.date_order) return request_invalid("columns." + key + ".date_order", "ymd|dmy|mdy");
  }
  options.read.columns[*number] = column;
  return Ok{};
}

void read_character(RequestReader& read, const char* key, bool may_be_empty, std::optional<char>& into) {
  const std::string* text = read.text(key);
  if (text == nullptr) return;
  if (text->size() > 1 || (text->empty() && !may_be_empty)) return read.fail(request_invalid(key, "one character"));
  into = text->empty() ? '\0' : text->front();
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
  if (!json.is_object()) return request_invalid("options", "object");
  RequestReader read(json);
  const std::string* encoding = read.text("encoding");
  options.mapping.table = read.text_or_empty("table");
  options.currency = read.text_or_empty("currency");
  const std::optional<std::int64_t> header = read.integer("header_record");
  options.read.keep_totals = read.flag("keep_totals");
  if (encoding != nullptr) {
    options.read.encoding = parse_encoding(*encoding);
    if (!options.read.encoding) read.fail(request_invalid("encoding", "utf-8|utf-16le|utf-16be|windows-1252|windows-1251"));
  }
  read_character(read, "delimiter", false, options.read.delimiter);
  read_character(read, "quote", true, options.read.quote);
  if (header) {
    if (*header < 1) read.fail(request_invalid("header_record", "1 or more"));
    options.read.header_record = static_cast<std::uint64_t>(*header);
  }
  if (read.error() != nullptr) return *read.error();
  if (const Json* fields = member(json, "fields")) {
    if (!fields->is_object()) return request_invalid("fields", "object");
    for (const auto& [key, field] : fields->items()) {
      const std::optional<std::int32_t> number = column_number(key);
      if (!number || !field.is_string()) return request_invalid("fields." + key, "field id");
      options.mapping.fields[*number] = field.get_ref<const std::string&>();
    }
  }
  if (const Json* columns = member(json, "columns")) {
    if (!columns->is_object()) return request_invalid("columns", "object");
    for (const auto& [key, column] : columns->items()) {
      if (const Status s = read_column(key, column, options); !s.ok()) return s.error();
    }
  }
  return options;
}

}  // namespace kpi
