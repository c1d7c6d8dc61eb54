#include "core/api/report_request.h"

#include "core/api/conversion_json.h"

namespace kpi {
namespace {

std::optional<Day> read_day(RequestReader& read, const char* key) {
  const std::string* text = read.text(key);
  if (text == nullptr) return std::nullopt;
  const std::optional<Day> day = parse_iso_date(*text);
  if (!day) read.fail(Error{Code::date_invalid, {{"at", std::string(key)}, {"text", *text}}});
  return day;
}

Status read_filters(const Json& request, ReportRequest& into) {
  const Json* filters = member(request, "filters");
  if (filters == nullptr) return Ok{};
  if (!filters->is_array()) return request_invalid("filters", "array");
  for (const Json& filter : *filters) {
    const std::string* dimension = RequestReader(filter).text("dimension");
    const Json* values = member(filter, "values");
    if (dimension == nullptr || values == nullptr || !values->is_array()) return request_invalid("filters", "dimension and values");
    std::vector<std::string> keys;
    for (const Json& value : *values) {
      if (!value.is_string()) return request_invalid("filters.values", "strings");
      keys.push_back(value.get_ref<const std::string&>());
    }
    into.filters.emplace_back(*dimension, std::move(keys));
  }
  return Ok{};
}

Status read_comparison(const Json& json, const char* kind_key, const char* back_key, ComparisonRequest& into) {
  RequestReader read(json);
  const std::string* kind = read.text(kind_key);
  const std::int64_t back = read.integer(back_key).value_or(1);
  if (read.error() != nullptr) return *read.error();
  if (kind != nullptr) {
    const std::optional<CompareKind> parsed = parse_compare(*kind);
    if (!parsed) return request_invalid(kind_key, "none|previous_period|same_period_last_year|same_weekdays_last_year");
    into.kind = *parsed;
  }
  if (back < 1 || back > kMaxBack) return request_invalid(back_key, "1..120");
  into.back = static_cast<std::int32_t>(back);
  return Ok{};
}

Status read_compare_also(const Json& request, ReportRequest& into) {
  const Json* also = member(request, "compare_also");
  if (also == nullptr) return Ok{};
  if (!also->is_array() || also->size() > kMaxAlso) return request_invalid("compare_also", "at most 3 comparisons");
  for (const Json& one : *also) {
    if (!one.is_object()) return request_invalid("compare_also", "objects");
    into.compare_also.emplace_back();
    if (const Status s = read_comparison(one, "kind", "back", into.compare_also.back()); !s.ok()) return s;
  }
  return Ok{};
}

Status read_parameters(const Json& request, ReportRequest& into) {
  const Json* parameters = member(request, "parameters");
  if (parameters == nullptr) return Ok{};
  if (!parameters->is_object()) return request_invalid("parameters", "object");
  for (const auto& [key, value] : parameters->items()) {
    if (value.is_null()) continue;
    if (!value.is_number()) return request_invalid("parameters", "numbers");
    into.parameters[key] = value.get<double>();
  }
  return Ok{};
}

}  // namespace

Result<ReportRequest> read_report_request(const Json& request) {
  ReportRequest out;
  RequestReader read(request);
  out.from = read_day(read, "from");
  out.to = read_day(read, "to");
  const std::string* grain = read.text("grain");
  out.group_by = read.text_or_empty("group_by");
  const std::string* basis = read.text("basis");
  const std::string* stages = read.text("stages");
  const std::string* week = read.text("week_starts");
  const std::int64_t year_starts_in = read.integer("year_starts_in").value_or(1);
  if (read.error() != nullptr) return *read.error();
  if (grain != nullptr) {
    const std::optional<Grain> parsed = parse_grain(*grain);
    if (!parsed) return request_invalid("grain", "day|week|month|quarter|year");
    out.grain = *parsed;
  }
  if (const Status s = read_comparison(request, "compare", "compare_back", out.compare); !s.ok()) return s.error();
  if (const Status s = read_compare_also(request, out); !s.ok()) return s.error();
  if (member(request, "compare_so_far") != nullptr) out.is_compared_so_far = read.flag("compare_so_far");
  if (read.error() != nullptr) return *read.error();
  if (basis != nullptr) {
    const std::optional<Basis> parsed = parse_basis(*basis);
    if (!parsed) return request_invalid("basis", "auto|period|cohort");
    out.basis = *parsed;
  }
  const std::optional<WeekStart> week_start = week == nullptr ? WeekStart::kMonday : parse_week_start(*week);
  if (!week_start) return request_invalid("week_starts", "monday|sunday");
  if (year_starts_in < 1 || year_starts_in > 12) return request_invalid("year_starts_in", "1..12");
  out.calendar = Calendar(static_cast<unsigned>(year_starts_in), *week_start);
  if (stages != nullptr) {
    const std::optional<StageRule> parsed = parse_stage_rule(*stages);
    if (!parsed) return request_invalid("stages", "reached_or_beyond|strict");
    out.stages = *parsed;
  }
  Result<std::string> currency = read_report_currency(request);
  if (!currency.ok()) return currency.error();
  out.currency = std::move(currency).value();
  if (const Status s = read_filters(request, out); !s.ok()) return s.error();
  if (const Status s = read_parameters(request, out); !s.ok()) return s.error();
  return out;
}

}  // namespace kpi
