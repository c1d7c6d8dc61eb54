// Any text as a list of a user's KPIs, one a line (id|formula|unit|display): each is taken or refused with a reason, the catalogue stays
// whole, and what was taken is taken again by itself.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/catalog/own_kpis.h"

namespace {

std::vector<kpi::OwnKpi> definitions(std::string_view text) {
  std::vector<kpi::OwnKpi> all;
  while (!text.empty() && all.size() < 2 * kpi::kMaxOwnKpis) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    kpi::OwnKpi own;
    for (std::string* part : {&own.id, &own.formula, &own.unit, &own.display}) {
      const std::string_view cell = line.substr(0, line.find('|'));
      *part = cell;
      line.remove_prefix(std::min(line.size(), cell.size() + 1));
    }
    own.is_rate = own.id.size() % 5 == 0;
    all.push_back(std::move(own));
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static kpi::Catalog catalog = kpi::Catalog::load().value();
  static const std::size_t shipped = catalog.kpis().size();
  const std::vector<kpi::OwnKpi> wanted = definitions({reinterpret_cast<const char*>(data), size});
  const std::vector<kpi::OwnVerdict> verdicts = kpi::define_own_kpis(catalog, wanted);
  if (verdicts.size() != wanted.size()) std::abort();
  std::vector<kpi::OwnKpi> taken;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!verdicts[i].error) taken.push_back(wanted[i]);
    if (verdicts[i].error && verdicts[i].unit) kpi::proposed_formula(catalog, wanted[i], *verdicts[i].unit);
  }
  if (catalog.kpis().size() != shipped + taken.size() || catalog.evaluation_order().size() != catalog.kpis().size()) std::abort();
  for (std::size_t i = shipped; i < catalog.kpis().size(); ++i) {
    for (const std::string& id : kpi::references(*catalog.kpis()[i].formula)) {
      if (catalog.measure(id) == nullptr && catalog.kpi(id) == nullptr) std::abort();
    }
  }
  for (const kpi::OwnVerdict& verdict : kpi::judge_own_kpis(catalog, taken)) {
    if (!verdict.kpi) std::abort();
  }
  return 0;
}
