#include "core/engine/experiment_visitor_table.h"

#include <cstring>

#include "core/engine/repeated_keys.h"

namespace kpi {
namespace {

const Column* of_kind(const FileTable& t, std::string_view field, ColumnKind kind) {
  const Column* column = t.table.find(field);
  return column != nullptr && column->kind == kind ? column : nullptr;
}

Said said(std::string_view text) {
  const std::optional<bool> known = classify_boolean(text);
  return !known ? Said::kUnreadable : *known ? Said::kYes : Said::kNo;
}

std::uint64_t bits(double value) {
  std::uint64_t as_number = 0;  // no std::bit_cast: Emscripten 3.1.6 lacks it
  std::memcpy(&as_number, &value, sizeof as_number);
  return as_number;
}

}  // namespace

VisitorTable::VisitorTable(const FileTable& t)
    : table(&t), user(of_kind(t, "user_id", ColumnKind::kKey)), experiment(of_kind(t, "experiment", ColumnKind::kText)),
      variant(of_kind(t, "variant", ColumnKind::kText)), converted(of_kind(t, "converted", ColumnKind::kText)), date(t.date("date")),
      revenue(of_kind(t, "revenue", ColumnKind::kNumber)), before(of_kind(t, "revenue_before", ColumnKind::kNumber)),
      orders(of_kind(t, "orders", ColumnKind::kNumber)) {}

std::vector<Said> sayings(const Column* column) {
  std::vector<Said> of_code{Said::kNothing};
  for (std::size_t code = 1; column != nullptr && code < column->dictionary.size(); ++code) {
    of_code.push_back(said(column->dictionary.text(static_cast<std::uint16_t>(code))));
  }
  return of_code;
}

std::uint64_t mixed_keys(std::uint64_t a, std::uint64_t b) {
  std::uint64_t z = a ^ (b + 0x9E3779B97F4A7C15 + (a << 6) + (a >> 2));
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

std::uint64_t same_rows(const std::vector<const FileTable*>& tables) {
  std::vector<std::uint64_t> keys;
  for (const FileTable* table : tables) {
    const VisitorTable t(*table);
    if (t.user == nullptr || t.variant == nullptr) continue;
    const std::vector<Said> says = sayings(t.converted);
    for (std::size_t row = 0; row < table->table.row_count; ++row) {
      if (t.user->keys[row] == 0) continue;
      std::uint64_t key = mixed_keys(t.user->keys[row], key_fingerprint(t.variant->dictionary.text(t.variant->codes[row])));
      if (t.experiment != nullptr) key = mixed_keys(key, key_fingerprint(t.experiment->dictionary.text(t.experiment->codes[row])));
      key = mixed_keys(key, static_cast<std::uint32_t>(t.date == nullptr ? kNoDay : t.date->days[row]));
      const std::uint16_t code = code_at(t.converted, row);
      key = mixed_keys(key, code < says.size() ? static_cast<std::uint64_t>(says[code]) : 9U);
      for (const Column* column : {t.revenue, t.before, t.orders}) key = mixed_keys(key, bits(number_at(column, row)));
      keys.push_back(key == 0 ? 1 : key);
    }
  }
  RepeatedKeys repeated(keys.size());
  for (const std::uint64_t key : keys) repeated.note(key);
  if (!repeated.has_suspects()) return 0;
  std::uint64_t same = 0;
  for (const std::uint64_t key : keys) same += repeated.is_repeat(key) ? 1U : 0U;
  return same;
}

}  // namespace kpi
