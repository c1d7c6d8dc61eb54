#include "core/table/id_keys.h"

#include "core/base/member_key.h"
#include "core/table/fingerprint.h"

namespace kpi {

std::uint64_t name_key(std::string_view text) { return fingerprint(member_key(text)); }

IdKeys::IdKeys(const Column& column) : column_(&column) {
  if (column.kind != ColumnKind::kText) return;
  by_code_.assign(column.dictionary.size(), 0);
  for (std::size_t code = 1; code < by_code_.size(); ++code) by_code_[code] = name_key(column.dictionary.text(static_cast<std::uint16_t>(code)));
}

}  // namespace kpi
