#include "core/engine/dimension.h"

#include <algorithm>

#include "core/base/number_map.h"
#include "core/base/text.h"
#include "core/catalog/nearest.h"

namespace kpi {
namespace {

constexpr std::uint32_t kRestSlots = 65536;  // codes are 16 bits wide, kRest included

const Field* dimension_field(const Catalog& catalog, std::string_view table, std::string_view field) {
  const TableSchema* schema = catalog.table(table);
  const Field* f = schema == nullptr ? nullptr : schema->find(field);
  return f != nullptr && f->is_dimension ? f : nullptr;
}

/// Lookup tables that can enrich rows of `kind`.
std::vector<const FileTable*> lookups_of(const Dataset& dataset, std::string_view kind) {
  std::vector<const FileTable*> found;
  for (const auto& t : dataset.tables()) {
    const TableSchema* schema = dataset.catalog().table(t->table.kind);
    if (schema == nullptr || !schema->is_lookup) continue;
    if (std::find(schema->of_tables.begin(), schema->of_tables.end(), kind) != schema->of_tables.end()) found.push_back(t.get());
  }
  return found;
}

using LookupRows = std::map<std::string, std::uint32_t, std::less<>>;  // folded text of the key -> row

/// Adds the keys of a lookup table that are not there yet.
void index_lookup(const Column& key, LookupRows& rows) {
  for (std::size_t row = 0; row < key.codes.size(); ++row) {
    const std::uint16_t code = key.codes[row];
    if (code != Dictionary::kMissing && code != Dictionary::kRest) rows.try_emplace(fold(key.dictionary.text(code)), static_cast<std::uint32_t>(row));
  }
}

std::size_t squeezed_distance(std::string_view a, std::string_view b) {
  // Texts without blanks and punctuation: "GTX Pro" and "GTXPro" are at distance 0.
  const auto squeeze = [](std::string_view text) {
    std::string out;
    for (const char c : fold(text)) {
      if (c != ' ' && c != '-' && c != '_' && c != '.' && c != ',') out.push_back(c);
    }
    return out;
  };
  return edit_distance(squeeze(a), squeeze(b));
}

}  // namespace

/// The vendor helps with its own words: Google Ads' campaign type "Search" is paid search.
std::uint32_t Dimension::intern(std::string_view text, std::string_view vendor) {
  if (text.empty()) return kBlank;
  const std::string_view canonical = is_channel_ ? canonical_channel(text, vendor) : std::string_view();
  const bool is_canonical = !canonical.empty();
  std::string key = is_canonical ? std::string(canonical) : member_key(text);
  const auto [it, is_new] = numbers_.try_emplace(key, static_cast<std::uint32_t>(members_.size()));
  if (is_new) members_.push_back({std::move(key), is_canonical ? std::string() : std::string(text), is_canonical, 0});
  return it->second;
}

std::vector<std::uint32_t> Dimension::intern_codes(const Column& column, std::string_view vendor) {
  std::vector<std::uint32_t> by_code(kRestSlots, kBlank);
  for (std::size_t code = 1; code < column.dictionary.size(); ++code) {
    by_code[code] = intern(column.dictionary.text(static_cast<std::uint16_t>(code)), vendor);
  }
  if (column.dictionary.is_full()) {
    const auto [it, is_new] = numbers_.try_emplace(std::string("\x01rest"), static_cast<std::uint32_t>(members_.size()));
    if (is_new) members_.push_back({"\x01rest", "", true, 0});
    by_code[Dictionary::kRest] = it->second;
  }
  return by_code;
}

/// Source and medium say together what neither says alone: google is paid with cpc and not with organic.
bool Dimension::from_source_and_medium(const FileTable& t, DimensionView& view) {
  const Column* source = t.table.find("source");
  const Column* medium = t.table.find("medium");
  if (source == nullptr || medium == nullptr || source->kind != ColumnKind::kText || medium->kind != ColumnKind::kText) return false;
  NumberMap by_pair;
  view.origin = DimensionOrigin::kColumn;
  view.by_row.resize(t.table.row_count);
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    const std::uint16_t s = source->codes[row];
    const std::uint16_t m = medium->codes[row];
    const auto [it, is_new] = by_pair.try_emplace(std::uint64_t{s} << 16 | m, kBlank);
    if (is_new) {
      const std::string both = std::string(source->dictionary.text(s)) + " / " + std::string(medium->dictionary.text(m));
      it->second = intern(canonical_channel(both, t.vendor).empty() ? source->dictionary.text(s) : std::string_view(both), t.vendor);
    }
    view.by_row[row] = static_cast<std::uint32_t>(it->second);
  }
  return true;
}

bool Dimension::from_own_column(const FileTable& t, DimensionView& view) {
  const Column* column = t.table.find(id_);
  if (column == nullptr && is_channel_) {
    if (from_source_and_medium(t, view)) return true;
    column = t.table.find("source");  // a source says more than what the vendor implies
  }
  if (column == nullptr || column->kind != ColumnKind::kText) return false;
  view.origin = DimensionOrigin::kColumn;
  view.column = column;
  view.by_code = intern_codes(*column, t.vendor);
  return true;
}

bool Dimension::from_lookup(const Dataset& dataset, const FileTable& t, DimensionView& view) {
  for (const FileTable* lookup : lookups_of(dataset, t.table.kind)) {
    const TableSchema* schema = dataset.catalog().table(lookup->table.kind);
    const Column* values = lookup->table.find(id_);
    const Column* lookup_key = lookup->table.find(schema->key);
    const Column* own_key = t.table.find(schema->key);
    if (values == nullptr || values->kind != ColumnKind::kText || lookup_key == nullptr || own_key == nullptr) continue;
    if (lookup_key->kind != ColumnKind::kText || own_key->kind != ColumnKind::kText) continue;
    if (view.column != nullptr && view.column != own_key) continue;
    const std::vector<std::uint32_t> members = intern_codes(*values, lookup->vendor);
    LookupRows rows;
    index_lookup(*lookup_key, rows);
    if (view.column == nullptr) {
      view.origin = DimensionOrigin::kLookup;
      view.column = own_key;
      view.by_code.assign(kRestSlots, kBlank);
    }
    for (std::size_t code = 1; code < own_key->dictionary.size(); ++code) {
      if (view.by_code[code] != kBlank) continue;
      const auto row = rows.find(fold(own_key->dictionary.text(static_cast<std::uint16_t>(code))));
      if (row != rows.end()) view.by_code[code] = members[values->codes[row->second]];
    }
  }
  return view.column != nullptr;
}

bool Dimension::from_lead(const Dataset& dataset, const FileTable& t, DimensionView& view) {
  if (t.table.kind == "leads") return false;
  const Column* lead_id = t.table.find("lead_id");
  if (lead_id == nullptr || lead_id->kind != ColumnKind::kKey) return false;
  std::vector<std::pair<const FileTable*, DimensionView>> lead_views;
  for (const auto& lead : dataset.tables()) {
    if (lead->table.kind != "leads" || !lead->has("lead_id")) continue;  // without ids no deal can name its lead
    DimensionView lead_view;
    lead_view.table = lead.get();
    if (from_own_column(*lead, lead_view) || from_lookup(dataset, *lead, lead_view)) lead_views.emplace_back(lead.get(), std::move(lead_view));
  }
  if (lead_views.empty()) return false;
  view.origin = DimensionOrigin::kLead;
  view.by_row.assign(t.table.row_count, kBlank);
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    if (lead_id->keys[row] == 0) continue;
    const Dataset::RowReference lead = dataset.find_lead(lead_id->keys[row]);
    for (const auto& [table, lead_view] : lead_views) {
      if (table == lead.table) view.by_row[row] = lead_view.member(lead.row);
    }
  }
  return true;
}

Dimension::Dimension(const Dataset& dataset, std::string_view id) : id_(id), is_channel_(id == "channel") {
  members_.push_back({"", "", false, 0});
  numbers_.emplace("", kBlank);
  for (const auto& t : dataset.tables()) {
    const TableSchema* schema = dataset.catalog().table(t->table.kind);
    if (schema == nullptr || schema->is_lookup || schema->id == "targets" || schema->id == "sla_rules") continue;  // what was aimed at did not happen
    DimensionView view;
    view.table = t.get();
    const bool is_found = from_own_column(*t, view) || from_lookup(dataset, *t, view) || from_lead(dataset, *t, view);
    if (!is_found && is_channel_ && !t->channel.empty()) {
      view.origin = DimensionOrigin::kImplied;
      view.constant = intern(t->channel, t->vendor);
    } else if (!is_found) {
      continue;
    }
    views_.push_back(std::move(view));
  }
  if (is_channel_) add_other_channels(dataset);
}

void Dimension::add_other_channels(const Dataset& dataset) {
  for (const Measure& measure : dataset.catalog().measures()) {
    for (const MeasureSource& source : measure.sources) {
      if (source.channel_field.empty()) continue;
      for (const auto& t : dataset.tables()) {
        const Column* column = t->table.kind == source.table ? t->table.find(source.channel_field) : nullptr;
        if (column == nullptr || column->kind != ColumnKind::kText || view(*t, source.channel_field) != nullptr) continue;
        DimensionView other;
        other.table = t.get();
        other.origin = DimensionOrigin::kColumn;
        other.column = column;
        other.by_code.assign(kRestSlots, kBlank);
        for (std::size_t code = 1; code < column->dictionary.size(); ++code) {
          const std::string_view text = column->dictionary.text(static_cast<std::uint16_t>(code));
          const bool is_channel = !canonical_channel(text, t->vendor).empty() || numbers_.count(member_key(text)) != 0;
          if (is_channel) other.by_code[code] = intern(text, t->vendor);
        }
        other_views_.emplace_back(source.channel_field, std::move(other));
      }
    }
  }
}

const DimensionView* Dimension::view(const FileTable& table, std::string_view channel_field) const {
  for (const auto& [field, other] : other_views_) {
    if (other.table == &table && field == channel_field) return &other;
  }
  return nullptr;
}

const DimensionView* Dimension::view(const FileTable& table) const {
  for (const DimensionView& v : views_) {
    if (v.table == &table) return &v;
  }
  return nullptr;
}

std::int64_t Dimension::find(std::string_view key) const {
  const auto it = numbers_.find(key);
  return it == numbers_.end() ? -1 : static_cast<std::int64_t>(it->second);
}

void Dimension::count_rows() {
  for (const DimensionView& view : views_) {
    const FileTable& t = *view.table;
    if (view.column != nullptr && t.is_repeat.empty()) {
      const std::vector<std::uint64_t> by_code = rows_by_code(*view.column);  // touches 2 bytes a row and no members
      for (std::size_t code = 0; code < by_code.size(); ++code) members_[view.by_code[code]].rows += by_code[code];
      continue;
    }
    for (std::size_t row = 0; row < t.table.row_count; ++row) {
      if (t.is_repeat.empty() || t.is_repeat[row] == 0) ++members_[view.member(row)].rows;
    }
  }
  // A channel that nothing but answers name has rows too.
  for (const auto& [field, other] : other_views_) {
    const std::vector<std::uint64_t> by_code = rows_by_code(*other.column);
    for (std::size_t code = 1; code < by_code.size(); ++code) {
      Member& member = members_[other.by_code[code]];
      if (member.rows == 0 && !member.key.empty()) member.rows = by_code[code];
    }
  }
}

std::vector<std::string> available_dimensions(const Dataset& dataset) {
  std::vector<std::string> ids;
  for (const TableSchema& schema : dataset.catalog().tables()) {
    for (const Field& field : schema.fields) {
      if (!field.is_dimension || std::find(ids.begin(), ids.end(), field.id) != ids.end()) continue;
      const bool is_implied = field.id == "channel" && std::any_of(dataset.tables().begin(), dataset.tables().end(),
                                                                   [](const auto& t) { return !t->channel.empty(); });
      const bool is_mapped = std::any_of(dataset.tables().begin(), dataset.tables().end(), [&](const auto& t) {
        const bool is_named = t->has(field.id) || (field.id == "channel" && t->has("source"));
        return is_named && dimension_field(dataset.catalog(), t->table.kind, t->has(field.id) ? std::string_view(field.id) : "source") != nullptr;
      });
      if (is_mapped || is_implied) ids.push_back(field.id);
    }
  }
  return ids;
}

void report_unmatched_joins(const Dataset& dataset, const FileTable& t, Diagnostics& diagnostics) {
  std::vector<std::string> done;
  for (const FileTable* lookup : lookups_of(dataset, t.table.kind)) {
    const std::string& key = dataset.catalog().table(lookup->table.kind)->key;
    const Column* own_key = t.table.find(key);
    if (own_key == nullptr || own_key->kind != ColumnKind::kText || std::find(done.begin(), done.end(), key) != done.end()) continue;
    done.push_back(key);
    LookupRows rows;
    std::vector<std::string> names;
    for (const FileTable* other : lookups_of(dataset, t.table.kind)) {
      const Column* other_key = other->table.find(key);
      if (dataset.catalog().table(other->table.kind)->key != key || other_key == nullptr || other_key->kind != ColumnKind::kText) continue;
      index_lookup(*other_key, rows);
      for (std::size_t c = 1; c < other_key->dictionary.size(); ++c) names.emplace_back(other_key->dictionary.text(static_cast<std::uint16_t>(c)));
    }
    const std::vector<std::uint64_t> counts = rows_by_code(*own_key);
    for (std::size_t code = 1; code < own_key->dictionary.size(); ++code) {
      const std::string_view text = own_key->dictionary.text(static_cast<std::uint16_t>(code));
      if (counts[code] == 0 || rows.count(fold(text)) != 0) continue;
      std::string nearest;
      std::size_t best = 3;
      for (const std::string& name : names) {
        const std::size_t distance = squeezed_distance(text, name);
        if (distance < best) {
          best = distance;
          nearest = name;
        }
      }
      diagnostics.add(Code::join_unmatched, {{"field", key}, {"text", std::string(text)},
                                             {"rows", static_cast<std::int64_t>(counts[code])}, {"nearest", nearest}});
    }
  }
}

}  // namespace kpi
