// Family, display, direction and status come from closed lists, and the display fits the unit.
#include <algorithm>
#include <utility>

#include "core/catalog/lint/lint.h"
#include "core/catalog/vocabulary.h"

namespace kpi::lint {
namespace {

/// Money shows as money, days as days; what holds neither is a count, a share or a factor.
bool display_fits(const Kpi& kpi) {
  const int money = kpi.unit.exponent("money");
  const int days = kpi.unit.exponent("day");
  for (const auto& [display, symbol] : {std::pair{"seconds", "second"}, std::pair{"hours", "hour"}, std::pair{"months", "month"}, std::pair{"years", "year"}}) {
    if (kpi.display == display) return money == 0 && kpi.unit.exponent(symbol) == 1;
  }
  if (kpi.display == "money") return money == 1 && days == 0;
  if (kpi.display == "days") return money == 0 && days == 1;
  if (kpi.display == "money_per_day") return money == 1 && days == -1;
  return money == 0 && days == 0;
}

}  // namespace

Status check_words(const Catalog& catalog) {
  constexpr std::string_view kRule = "words";
  for (const Kpi& kpi : catalog.kpis()) {
    const std::vector<std::string>& families = catalog.families();
    if (std::find(families.begin(), families.end(), kpi.family) == families.end()) return invalid(kpi.id, kRule, "family");
    if (!is_one_of(kpi.display, displays())) return invalid(kpi.id, kRule, "display");
    if (!is_one_of(kpi.better, directions())) return invalid(kpi.id, kRule, "better");
    if (!is_one_of(kpi.status, statuses())) return invalid(kpi.id, kRule, "status");
    if (!display_fits(kpi)) return invalid(kpi.id, kRule, "display_unit");
  }
  return Ok{};
}

}  // namespace kpi::lint
