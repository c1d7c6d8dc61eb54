#include "core/api/conversion_json.h"

#include <algorithm>

namespace kpi {

Result<std::string> read_report_currency(const Json& request) {
  RequestReader read(request);
  std::string code = read.text_or_empty("report_currency");
  if (read.error() != nullptr) return *read.error();
  const bool is_code = code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!code.empty() && !is_code) return request_invalid("report_currency", "ISO 4217 code");
  return code;
}

Json conversion_json(const Report& report, const Dataset& dataset) {
  if (report.currency.empty()) return nullptr;
  Json pairs = Json::array();
  std::uint64_t converted = 0;
  Day first = kNoDay, last = kNoDay;
  for (const ConvertedPair& pair : report.conversion.pairs) {
    Object json;
    json.put("from", pair.from).put("converted", pair.converted).put("missing", pair.missing);
    json.put_date("first_rate", pair.first_rate).put_date("last_rate", pair.last_rate);
    append(pairs, std::move(json.put_date("first_missing", pair.first_missing).put_date("last_missing", pair.last_missing)));
    converted += pair.converted;
    if (pair.first_rate == kNoDay) continue;
    first = first == kNoDay ? pair.first_rate : std::min(first, pair.first_rate);
    last = std::max(last, pair.last_rate);
  }
  Object json;
  json.put("currency", report.currency).put("has_rates", !dataset.rates().empty()).put("converted", converted);
  json.put_date("first_rate", first).put_date("last_rate", last);
  json.put("unnamed", report.conversion.unnamed).put("several", report.conversion.several);
  return json.put("pairs", std::move(pairs)).take();
}

}  // namespace kpi
