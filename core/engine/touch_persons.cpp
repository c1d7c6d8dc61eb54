#include "core/engine/touch_persons.h"

#include <array>

#include "core/table/fingerprint.h"
#include "core/table/id_keys.h"

namespace kpi {
namespace {

constexpr std::array<const char*, 4> kTables = {"leads", "opportunities", "touchpoints", "accounts"};
constexpr std::array<const char*, 4> kFields = {"lead_id", "email", "account_id", "account_name"};
constexpr std::size_t kPersonFields = 2;  // the first two

}  // namespace

TouchPersons::TouchPersons(const Dataset& dataset, TouchUnit unit) {
  for (const char* kind : kTables) {
    for (const auto& t : dataset.tables()) {
      if (t->table.kind == kind) add(*t, unit);
    }
  }
  for (auto& [table, rows] : by_row_) {
    for (std::uint32_t& node : rows) node = node == kNobody ? kNobody : root(node);
  }
}

std::uint32_t TouchPersons::of(const FileTable& table, std::size_t row) const {
  const auto found = by_row_.find(&table);
  return found == by_row_.end() ? kNobody : found->second[row];
}

std::uint32_t TouchPersons::root(std::uint32_t node) {
  while (parents_[node] != node) {
    parents_[node] = parents_[parents_[node]];
    node = parents_[node];
  }
  return node;
}

std::uint32_t TouchPersons::node_of(std::uint64_t id, std::uint64_t space) {
  const auto [it, is_new] = nodes_.try_emplace(fingerprint_round(id, space), parents_.size());
  if (is_new) parents_.push_back(static_cast<std::uint32_t>(parents_.size()));
  return static_cast<std::uint32_t>(it->second);
}

void TouchPersons::add(const FileTable& t, TouchUnit unit) {
  struct Ids {
    IdKeys keys;
    std::uint64_t space;
  };
  std::vector<Ids> columns;
  const std::size_t fields = unit == TouchUnit::kAccount ? kFields.size() : kPersonFields;
  for (std::size_t field = 0; field < fields; ++field) {
    const Column* column = t.table.find(kFields[field]);
    if (column != nullptr && (column->kind == ColumnKind::kKey || column->kind == ColumnKind::kText)) columns.push_back({IdKeys(*column), field + 1});
  }
  std::vector<std::uint32_t> rows(t.table.row_count, kNobody);
  for (const Ids& ids : columns) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const std::uint64_t id = ids.keys.at(row);
      if (id == 0) continue;
      const std::uint32_t found = root(node_of(id, ids.space));
      if (rows[row] != kNobody) parents_[found] = root(rows[row]);
      rows[row] = root(found);
    }
  }
  by_row_.emplace(&t, std::move(rows));
}

}  // namespace kpi
