// What rows of different tables are joined by.
#pragma once

#include "core/table/table.h"

namespace kpi {

/// 64-bit fingerprint of a name, which neither case nor blanks, '-' and '_' tell from another (see member_key); 0 for a blank text.
std::uint64_t name_key(std::string_view text);

/// The ids or names of one column as numbers, 0 where a row has none: what rows are joined by.
class IdKeys {
 public:
  /// `column` is kKey or kText.
  explicit IdKeys(const Column& column);
  std::uint64_t at(std::size_t row) const {
    if (by_code_.empty()) return column_->keys[row];
    const std::uint16_t code = column_->codes[row];
    if (code != Dictionary::kRest) return by_code_[code];
    return row < column_->keys.size() ? column_->keys[row] : 0;
  }

 private:
  const Column* column_;
  std::vector<std::uint64_t> by_code_;  // of a kText
};

}  // namespace kpi
