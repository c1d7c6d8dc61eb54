// The currency of each row's amount: its own cell's, its column's, or its file's.
#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/currency_numbers.h"
#include "core/engine/dataset.h"

namespace kpi {

struct RowCurrency {
  std::uint8_t whole = kUnknownCurrency;  // where no column says it row by row
  const Column* column = nullptr;
  std::vector<std::uint8_t> by_code;
  std::uint8_t at(std::size_t row) const { return column == nullptr ? whole : by_code[column->codes[row]]; }
};

/// `amounts` is the column whose header or cells may name the currency; null: only the file and its currency column say it.
RowCurrency row_currency(const Dataset& dataset, CurrencyNumbers& numbers, const FileTable& table, const Column* amounts);

}  // namespace kpi
