#include "core/engine/known_currencies.h"

#include <algorithm>

#include "core/base/order.h"

namespace kpi {

std::vector<std::string> known_currencies(const Dataset& dataset) {
  std::vector<std::string> codes = dataset.rates().currencies();
  const auto add = [&](std::string_view text) {
    const std::string_view code = dataset.currency(text);
    if (!code.empty() && std::find(codes.begin(), codes.end(), code) == codes.end()) codes.emplace_back(code);
  };
  for (const auto& t : dataset.tables()) {
    add(t->currency);
    for (const Column& column : t->table.columns) {
      add(column.currency);
      if (column.field != "currency" || column.kind != ColumnKind::kText) continue;
      for (std::size_t code = 1; code < column.dictionary.size(); ++code) add(column.dictionary.text(static_cast<std::uint16_t>(code)));
    }
  }
  sort_list(codes, [](const std::string& a, const std::string& b) { return a < b; });
  return codes;
}

}  // namespace kpi
