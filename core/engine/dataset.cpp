#include "core/engine/dataset.h"

#include <algorithm>
#include <optional>

#include "core/engine/derive.h"
#include "core/engine/derived_columns.h"
#include "core/engine/experiment_visitors.h"
#include "core/engine/outcomes.h"
#include "core/engine/repeated_keys.h"
#include "core/engine/service_levels.h"
#include "core/engine/stage_history.h"
#include "core/engine/target_rows.h"
#include "core/engine/touch_credits.h"
#include "core/engine/typed_totals.h"
#include "core/table/id_keys.h"

namespace kpi {
namespace {

/// Keys that tell accounts apart: the id where there is one, else the name.
class AccountKeys {
 public:
  explicit AccountKeys(const FileTable& t) : id_(of_column(t, "account_id")), name_(of_column(t, "account_name")) {}
  std::uint64_t of(std::size_t row) const {
    const std::uint64_t id = id_ ? id_->at(row) : 0;
    return id != 0 || !name_ ? id : name_->at(row);
  }

 private:
  static std::optional<IdKeys> of_column(const FileTable& t, std::string_view field) {
    const Column* column = t.table.find(field);
    return column == nullptr ? std::nullopt : std::optional<IdKeys>(*column);
  }
  std::optional<IdKeys> id_, name_;
};

void mark_repeats(const Catalog& catalog, std::string_view kind, const std::vector<FileTable*>& tables,
                  std::map<int, Diagnostics>& diagnostics) {
  const TableSchema* schema = catalog.table(kind);
  if (schema == nullptr || schema->key.empty() || schema->is_lookup) return;
  const auto key_of = [schema](const FileTable& t) {
    const Column* key = t.table.find(schema->key);
    return key != nullptr && key->kind == ColumnKind::kKey ? key : nullptr;
  };
  std::size_t rows = 0;
  for (FileTable* t : tables) {
    t->is_repeat.clear();
    t->repeats = 0;
    if (key_of(*t) != nullptr) rows += t->table.row_count;
  }
  if (rows == 0) return;
  RepeatedKeys repeated(rows);
  for (const FileTable* t : tables) {
    const Column* key = key_of(*t);
    if (key == nullptr) continue;
    key->keys.for_segments([&](std::size_t, const std::uint64_t* keys, std::size_t n) {
      for (std::size_t i = 0; i < n; ++i) {
        if (keys[i] != 0) repeated.note(keys[i]);
      }
    });
  }
  if (!repeated.has_suspects()) return;
  for (FileTable* t : tables) {
    const Column* key = key_of(*t);
    if (key == nullptr) continue;
    key->keys.for_segments([&](std::size_t first, const std::uint64_t* keys, std::size_t n) {
      for (std::size_t i = 0; i < n; ++i) {
        if (keys[i] == 0 || !repeated.is_repeat(keys[i])) continue;
        if (t->is_repeat.empty()) t->is_repeat.assign(t->table.row_count, 0);
        t->is_repeat[first + i] = 1;
        ++t->repeats;
      }
    });
    if (t->repeats != 0) {
      diagnostics[t->file].add(Code::duplicate_rows, {{"field", key->field}, {"rows", static_cast<std::int64_t>(t->repeats)}});
    }
  }
}

bool counts_first_wins(const Catalog& catalog, std::string_view kind) {
  for (const Measure& measure : catalog.measures()) {
    for (const MeasureSource& source : measure.sources) {
      if (source.table == kind && source.aggregate == Aggregate::kDistinct) return true;
    }
  }
  return false;
}

void mark_first_wins(const std::vector<FileTable*>& tables) {
  struct First {
    Day day;
    FileTable* table;
    std::size_t row;
  };
  std::vector<First> firsts;
  NumberMap first_of;
  for (FileTable* t : tables) {
    t->is_first_win.clear();
    if (t->deal_status.empty() || (!t->has("account_id") && !t->has("account_name"))) continue;
    t->is_first_win.assign(t->table.row_count, 0);
    const AccountKeys accounts(*t);
    const Column* won_at = t->date("closed_at") != nullptr ? t->date("closed_at") : t->date("won_at");
    for (std::size_t row = 0; row < t->table.row_count; ++row) {
      if (t->deal_status[row] != static_cast<std::uint8_t>(DealStatus::kWon)) continue;
      if (!t->is_repeat.empty() && t->is_repeat[row] != 0) continue;
      const std::uint64_t key = accounts.of(row);
      if (key == 0) continue;
      // A win without a date comes after every dated one: it must not hide the date of a known first purchase.
      const Day day = won_at == nullptr ? kNoDay : won_at->days[row];
      const auto [it, is_new] = first_of.try_emplace(key, firsts.size());
      if (is_new) firsts.push_back({day, t, row});
      First& first = firsts[static_cast<std::size_t>(it->second)];
      if (day != kNoDay && (first.day == kNoDay || day < first.day)) first = {day, t, row};
    }
  }
  for (const First& first : firsts) first.table->is_first_win[first.row] = 1;
}

}  // namespace

const Column* FileTable::date(std::string_view field) const {
  const Column* column = table.find(field);
  if (column == nullptr || column->kind != ColumnKind::kDate) return nullptr;
  return std::find(unsure_fields.begin(), unsure_fields.end(), field) == unsure_fields.end() ? column : nullptr;
}

void Dataset::put(std::unique_ptr<FileTable> table) {
  const auto same = std::find_if(tables_.begin(), tables_.end(), [&](const auto& t) { return t->file == table->file; });
  if (same == tables_.end()) {
    tables_.push_back(std::move(table));
  } else {
    *same = std::move(table);
  }
  derive_all();
}

void Dataset::remove(int file) {
  std::erase_if(tables_, [file](const auto& t) { return t->file == file; });
  derive_all();
}

const FileTable* Dataset::of_file(int file) const {
  for (const auto& t : tables_) {
    if (t->file == file) return t.get();
  }
  return nullptr;
}

bool Dataset::has_kind(std::string_view kind) const {
  return std::any_of(tables_.begin(), tables_.end(), [kind](const auto& t) { return t->table.kind == kind; });
}

std::vector<FileTable*> Dataset::of_kind(std::string_view kind) {
  std::vector<FileTable*> found;
  for (const auto& t : tables_) {
    if (t->table.kind == kind) found.push_back(t.get());
  }
  return found;
}

void Dataset::derive_all() {
  leads_.clear();
  is_lead_index_built_ = false;
  diagnostics_.clear();
  rates_ = {};
  for (const auto& t : tables_) drop_derived(*t);
  derive_stage_history(of_kind("stage_history"), of_kind("leads"), diagnostics_);
  std::vector<std::string_view> kinds;
  for (const auto& t : tables_) {
    derive_deal_status(*t, diagnostics_[t->file]);
    derive_lead_stage(*t);
    derive_coverage(*t);
    widen_to_typed_months(*t);
    report_unused_words(*this, *t, diagnostics_[t->file]);
    report_unknown_measures(*catalog_, *t, diagnostics_[t->file]);
    if (t->table.kind == "fx_rates") rates_.add(t->file, t->table, t->date("date"), diagnostics_[t->file]);
    if (t->table.kind == "targets") report_target_problems(*this, *t, diagnostics_[t->file]);
    if (std::find(kinds.begin(), kinds.end(), t->table.kind) == kinds.end()) kinds.push_back(t->table.kind);
  }
  rates_.close(diagnostics_);
  for (const std::string_view kind : kinds) {
    const std::vector<FileTable*> same = of_kind(kind);
    mark_repeats(*catalog_, kind, same, diagnostics_);
    if (counts_first_wins(*catalog_, kind)) mark_first_wins(same);
  }
  for (FileTable* leads : of_kind("leads")) {
    derive_response_hours(*leads);
    derive_score_outcomes(*this, *leads);
  }
  derive_service_levels(*this, of_kind("leads"), diagnostics_);
  derive_activations(of_kind("web_events"));
  derive_macro_users(of_kind("web_events"));
  derive_experiment_visitors(*this, of_kind("experiment_visitors"));
  derive_touch_credits(*this, of_kind("touchpoints"), of_kind("opportunities"));
}

Dataset::RowReference Dataset::find_lead(std::uint64_t key) const {
  if (!is_lead_index_built_) {
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      const FileTable& t = *tables_[i];
      const Column* id = t.table.kind == "leads" ? t.table.find("lead_id") : nullptr;
      if (id == nullptr || id->kind != ColumnKind::kKey) continue;
      leads_.reserve(leads_.size() + t.table.row_count);
      for (std::size_t row = 0; row < t.table.row_count; ++row) {
        if (id->keys[row] != 0) leads_.try_emplace(id->keys[row], std::uint64_t{i} << 32 | row);
      }
    }
    is_lead_index_built_ = true;
  }
  const auto it = leads_.find(key);
  if (it == leads_.end()) return {};
  return {tables_[static_cast<std::size_t>(it->second >> 32)].get(), static_cast<std::uint32_t>(it->second)};
}

std::string_view Dataset::currency(std::string_view text) const {
  std::string code = currency_from_text(text);
  return code.empty() ? std::string_view() : std::string_view(*currencies_.insert(std::move(code)).first);
}

const Diagnostics& Dataset::diagnostics(int file) const { return diagnostics_[file]; }

}  // namespace kpi
