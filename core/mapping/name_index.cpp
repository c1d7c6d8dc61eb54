#include "core/mapping/name_index.h"

#include <algorithm>

#include "core/mapping/header_text.h"

namespace kpi {
namespace {

const NameIds kNone;

const NameIds& find(const NameIndex::Names& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? kNone : found->second;
}

/// The key field that "$id" stands for.
std::string_view id_field(std::string_view table) {
  if (table == "leads") return "lead_id";
  if (table == "opportunities") return "opportunity_id";
  return table == "accounts" ? "account_id" : std::string_view{};
}

void resolve_id(KnownName& name, std::string_view table) {
  if (name.field != "$id") return;
  name.field = id_field(table);
  if (name.field.empty()) {
    name.field = "record_id";
    name.kind = NameKind::kOther;
  }
}

/// A copy of every shared name in each report of the same vendor whose table is in the list of the shared report's name.
void expand_shared(NameIndex& index) {
  const std::size_t count = index.names.size();
  for (std::size_t i = 0; i < count; ++i) {
    const NameReport& shared = index.reports[index.names[i].report];
    if (!shared.name.starts_with("shared:")) continue;
    for (std::size_t r = 0; r < index.reports.size(); ++r) {
      const NameReport& report = index.reports[r];
      if (report.vendor != shared.vendor || report.name.starts_with("shared:")) continue;
      if (shared.name.find(',' + report.table + ',') == std::string::npos) continue;
      KnownName name = index.names[i];
      name.report = static_cast<std::uint16_t>(r);
      resolve_id(name, report.table);
      index.names.push_back(name);
    }
  }
}

void add_once(NameIds& ids, std::uint32_t id) {
  if (ids.empty() || ids.back() != id) ids.push_back(id);
}

}  // namespace

std::string_view NameIndex::intern(std::string_view text) {
  auto found = texts.find(text);
  if (found == texts.end()) found = texts.emplace(text).first;
  return *found;
}

const NameIds& NameIndex::find_exact(const std::string& key) const { return find(exact, key); }
const NameIds& NameIndex::find_folded(const std::string& key) const { return find(folded, key); }

double NameIndex::distinctiveness(const NameIds& ids) const {
  std::vector<std::string_view> evidenced, guessed;
  for (const std::uint32_t id : ids) {
    std::vector<std::string_view>& vendors = names[id].is_guess ? guessed : evidenced;
    const std::string_view vendor = reports[names[id].report].vendor;
    if (std::find(vendors.begin(), vendors.end(), vendor) == vendors.end()) vendors.push_back(vendor);
  }
  const std::vector<std::string_view>& vendors = evidenced.empty() ? guessed : evidenced;
  return vendors.empty() ? 0 : 1.0 / static_cast<double>(vendors.size());
}

void finish_index(NameIndex& index) {
  expand_shared(index);
  std::map<const char*, HeaderText> analysed;  // by interned text
  for (std::size_t i = 0; i < index.names.size(); ++i) {
    KnownName& name = index.names[i];
    const NameReport& report = index.reports[name.report];
    if (report.name.starts_with("shared:")) continue;
    const auto [entry, is_new] = analysed.try_emplace(name.text.data());
    HeaderText& text = entry->second;
    if (is_new) text = analyse_header(name.text);
    const std::uint32_t id = static_cast<std::uint32_t>(i);
    if (!report.is_generic) add_once(index.exact[text.exact], id);
    if (!text.camel.empty()) add_once(index.folded[text.camel], id);
    if (text.folded.empty()) continue;
    const auto key = index.folded.try_emplace(text.folded).first;
    add_once(key->second, id);
    name.folded = key->first;
  }
}

}  // namespace kpi
