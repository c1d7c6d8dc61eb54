// Family, display, direction and status come from closed lists, and the display fits the unit.
#include <algorithm>
#include <utility>

#include "core/catalog/lint/lint.h"
#include "core/catalog/vocabulary.h"

namespace kpi::lint {

bool display_fits(const Unit& unit, std::string_view display) {
  const int money = unit.exponent("money");
  const int days = unit.exponent("day");
  for (const auto& [named, symbol] : {std::pair{"seconds", "second"}, std::pair{"hours", "hour"}, std::pair{"months", "month"}, std::pair{"years", "year"}}) {
    if (display == named) return money == 0 && unit.exponent(symbol) == 1;
  }
  if (display == "money") return money == 1 && days == 0;
  if (display == "days") return money == 0 && days == 1;
  if (display == "money_per_day") return money == 1 && days == -1;
  const bool is_shown_otherwise = (money == 1 && (days == 0 || days == -1)) || (money == 0 && days == 1);
  if (display == "number") return !is_shown_otherwise;
  return money == 0 && days == 0;
}

Status check_words(const Catalog& catalog) {
  constexpr std::string_view kRule = "words";
  for (const Kpi& kpi : catalog.kpis()) {
    const std::vector<std::string>& families = catalog.families();
    if (std::find(families.begin(), families.end(), kpi.family) == families.end()) return invalid(kpi.id, kRule, "family");
    if (!is_one_of(kpi.display, displays())) return invalid(kpi.id, kRule, "display");
    if (!is_one_of(kpi.better, directions())) return invalid(kpi.id, kRule, "better");
    if (!is_one_of(kpi.status, statuses())) return invalid(kpi.id, kRule, "status");
    if (!display_fits(kpi.unit, kpi.display)) return invalid(kpi.id, kRule, "display_unit");
  }
  return Ok{};
}

}  // namespace kpi::lint
