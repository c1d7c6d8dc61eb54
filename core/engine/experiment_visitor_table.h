// The columns of one table of visitors of experiments, and what their cells say.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/engine/dataset.h"
#include "core/engine/row_currency.h"

namespace kpi {

/// Columns are null where the file has none or another kind.
struct VisitorTable {
  explicit VisitorTable(const FileTable& t);
  const FileTable* table;
  const Column *user, *experiment, *variant, *converted, *date, *revenue, *before, *orders;
  RowCurrency of_revenue, of_before;
};

inline double number_at(const Column* column, std::size_t row) { return column == nullptr ? std::numeric_limits<double>::quiet_NaN() : column->numbers[row]; }
inline std::uint16_t code_at(const Column* column, std::size_t row) { return column == nullptr ? Dictionary::kMissing : column->codes[row]; }

/// Whether a visitor converted, by a row.
enum class Said : std::uint8_t { kNothing, kNo, kYes, kUnreadable };

/// What each code of a column of yes and no says; codes beyond it are unreadable. kNothing alone for no column.
std::vector<Said> sayings(const Column* column);

/// Both keys as one, well spread.
std::uint64_t mixed_keys(std::uint64_t a, std::uint64_t b);

/// Rows that say of a visitor, with the same day and figures, what an earlier row of any of the tables says. Cost O(rows), 9 bytes each.
std::uint64_t same_rows(const std::vector<const FileTable*>& tables);

}  // namespace kpi
