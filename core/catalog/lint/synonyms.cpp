// A search term leads to one KPI: no two entries share a synonym, in any case of letters, and none is another's id.
#include <map>

#include "core/catalog/lint/lint.h"

namespace kpi::lint {
namespace {

/// ASCII lower case, '_' as a blank: "Cost_per_Lead" -> "cost per lead".
std::string folded(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      result += static_cast<char>(c - 'A' + 'a');
    } else {
      result += c == '_' ? ' ' : c;
    }
  }
  return result;
}

}  // namespace

Status check_synonyms(const Catalog& catalog) {
  std::map<std::string, std::string_view> owners;
  for (const Kpi& kpi : catalog.kpis()) owners.emplace(folded(kpi.id), kpi.id);
  for (const Kpi& kpi : catalog.kpis()) {
    for (const std::string& synonym : kpi.synonyms) {
      const std::string term = folded(synonym);
      if (term.empty() || !owners.emplace(term, kpi.id).second) return invalid(kpi.id, "synonyms", synonym);
    }
  }
  return Ok{};
}

}  // namespace kpi::lint
