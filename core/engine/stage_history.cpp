#include "core/engine/stage_history.h"

#include <array>
#include <string>

#include "core/base/order.h"
#include "core/engine/derived_columns.h"
#include "core/engine/stage_dates.h"

namespace kpi {
namespace {

const Column* keys_of(const FileTable& t, std::string_view field) {
  const Column* column = t.table.find(field);
  return column != nullptr && column->kind == ColumnKind::kKey ? column : nullptr;
}

std::uint64_t key_at(const Column* column, std::size_t row) { return column == nullptr ? 0 : column->keys[row]; }

/// What tells the records of a history apart: the deal, else the lead, else the person.
std::uint64_t record_of(const FileTable& t, std::size_t row) {
  for (const char* field : {"opportunity_id", "lead_id", "email"}) {
    if (const std::uint64_t key = key_at(keys_of(t, field), row)) return key;
  }
  return 0;
}

void derive_ends(FileTable& t) {
  const Column* entered = t.date("entered_at");
  if (entered == nullptr) return;
  const Column* left = t.date("left_at");
  struct Entry {
    std::uint64_t record;
    double moment;
    std::size_t row;
  };
  std::vector<Entry> entries;
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    const std::uint64_t record = record_of(t, row);
    if (record != 0 && entered->days[row] != kNoDay) entries.push_back({record, moment_at(*entered, row), row});
  }
  sort_list(entries, [](const Entry& a, const Entry& b) {
    if (a.record != b.record) return a.record < b.record;
    return a.moment != b.moment ? a.moment < b.moment : a.row < b.row;
  });
  std::vector<Day> ends(t.table.row_count, kNoDay);
  for (std::size_t i = 0; i + 1 < entries.size(); ++i) {
    if (entries[i].record == entries[i + 1].record) ends[entries[i].row] = entered->days[entries[i + 1].row];
  }
  derive_days(t, "stage_left_at", [&](std::size_t row) { return left != nullptr && left->days[row] != kNoDay ? left->days[row] : ends[row]; });
}

/// Leads by id and by e-mail; where both name different ones, the id counts.
class LeadIndex {
 public:
  explicit LeadIndex(const std::vector<FileTable*>& leads) {
    for (std::size_t t = 0; t < leads.size(); ++t) {
      const Column* ids = keys_of(*leads[t], "lead_id");
      const Column* emails = keys_of(*leads[t], "email");
      for (std::size_t row = 0; row < leads[t]->table.row_count; ++row) {
        const std::uint64_t place = std::uint64_t{t} << 32 | row;
        if (const std::uint64_t id = key_at(ids, row)) by_id_.try_emplace(id, place);
        if (const std::uint64_t email = key_at(emails, row)) by_email_.try_emplace(email, place);
      }
    }
  }
  /// Table and row, 32 bits each.
  const std::uint64_t* find(std::uint64_t id, std::uint64_t email) const {
    if (const std::uint64_t* place = found(by_id_, id)) return place;
    return found(by_email_, email);
  }

 private:
  static const std::uint64_t* found(const NumberMap& map, std::uint64_t key) {
    const auto it = key == 0 ? map.end() : map.find(key);
    return it == map.end() ? nullptr : &it->second;
  }
  NumberMap by_id_, by_email_;
};

}  // namespace

void derive_stage_history(const std::vector<FileTable*>& histories, const std::vector<FileTable*>& leads, std::map<int, Diagnostics>& diagnostics) {
  if (histories.empty()) return;
  for (FileTable* t : histories) derive_ends(*t);
  if (leads.empty()) return;
  const LeadIndex index(leads);
  // By table of leads, stage and row.
  std::vector<std::array<std::vector<Day>, kStageDates.size()>> days(leads.size());
  for (const FileTable* t : histories) {
    const Column* entered = t->date("entered_at");
    const Column* stage = t->table.find("stage");
    if (entered == nullptr || stage == nullptr || stage->kind != ColumnKind::kText) continue;
    std::vector<LeadStage> meaning;
    for (std::size_t code = 0; code < stage->dictionary.size(); ++code) meaning.push_back(classify_lead_stage(stage->dictionary.text(static_cast<std::uint16_t>(code))));
    const Column* ids = keys_of(*t, "lead_id");
    const Column* emails = keys_of(*t, "email");
    std::int64_t unmatched = 0;
    for (std::size_t row = 0; row < t->table.row_count; ++row) {
      if (key_at(ids, row) == 0 && key_at(emails, row) == 0) continue;  // of a deal
      const std::uint64_t* place = index.find(key_at(ids, row), key_at(emails, row));
      if (place == nullptr) {
        ++unmatched;
        continue;
      }
      const std::uint16_t code = stage->codes[row];
      if (code >= meaning.size() || entered->days[row] == kNoDay) continue;
      for (std::size_t s = kFirstReached; s < kStageDates.size(); ++s) {
        if (kStageDates[s].stage != meaning[code]) continue;
        const auto table = static_cast<std::size_t>(*place >> 32), lead = static_cast<std::size_t>(*place & 0xFFFFFFFF);
        std::vector<Day>& of_stage = days[table][s];
        if (of_stage.empty()) of_stage.assign(leads[table]->table.row_count, kNoDay);
        if (of_stage[lead] == kNoDay || entered->days[row] < of_stage[lead]) of_stage[lead] = entered->days[row];
      }
    }
    if (unmatched != 0) diagnostics[t->file].add(Code::stage_history_unmatched, {{"rows", unmatched}});
  }
  for (std::size_t t = 0; t < leads.size(); ++t) {
    for (std::size_t s = kFirstReached; s < kStageDates.size(); ++s) {
      const std::vector<Day>& of_stage = days[t][s];
      if (!of_stage.empty()) derive_days(*leads[t], kStageDates[s].field, [&](std::size_t row) { return of_stage[row]; });
    }
  }
}

}  // namespace kpi
