#include "core/engine/row_currency.h"

namespace kpi {

RowCurrency row_currency(const Dataset& dataset, CurrencyNumbers& numbers, const FileTable& table, const Column* amounts) {
  constexpr std::size_t kCodes = 65536;
  RowCurrency currency;
  if (amounts != nullptr && amounts->currency == kSeveralCurrencies) {
    currency.whole = kMixed;
    return currency;
  }
  const bool is_named = amounts != nullptr && !amounts->currency.empty();
  currency.whole = numbers.number(dataset.currency(is_named ? amounts->currency : table.currency));
  const Column* column = table.table.find("currency");
  if (is_named || column == nullptr || column->kind != ColumnKind::kText) return currency;
  currency.column = column;
  currency.by_code.assign(kCodes, currency.whole);
  for (std::size_t code = 1; code < column->dictionary.size(); ++code) {
    currency.by_code[code] = numbers.number(dataset.currency(column->dictionary.text(static_cast<std::uint16_t>(code))));
  }
  return currency;
}

}  // namespace kpi
