// Rules that every catalogue keeps. One file per rule; each stops at its first finding.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/catalog/catalog.h"

namespace kpi::lint {

struct Rule {
  std::string_view name;
  Status (*check)(const Catalog& catalog);
};

/// Every rule, in the order in which they run: later ones rely on earlier ones.
std::span<const Rule> rules();

Status check_id_pattern(const Catalog& catalog);
Status check_unique_ids(const Catalog& catalog);
Status check_words(const Catalog& catalog);
Status check_same_fields(const Catalog& catalog);
Status check_lookups(const Catalog& catalog);
Status check_measure_sources(const Catalog& catalog);
Status check_sums(const Catalog& catalog);
Status check_references(const Catalog& catalog);
Status check_cycles(const Catalog& catalog);
Status check_units(const Catalog& catalog);
Status check_rates(const Catalog& catalog);
Status check_article_sources(const Catalog& catalog);
Status check_variants(const Catalog& catalog);
Status check_synonyms(const Catalog& catalog);

/// KPIs so ordered that each stands after those it needs; among equals the order of the catalogue. Error: catalog_cycle.
Result<std::vector<std::size_t>> dependency_order(const Catalog& catalog);

/// Money shows as money, days as days; what holds neither is a count, a share or a factor; anything else is a bare number.
bool display_fits(const Unit& unit, std::string_view display);
/// True for counts over counts, which a rate must be: one division at the root, both sides sums of counted measures.
bool divides_counts(const Catalog& catalog, const Expression& formula);
/// True when the KPI only shows the measure of its own name.
bool shows_measure(const Catalog& catalog, const Kpi& kpi);
/// Ids of measures and KPIs.
std::vector<std::string> formula_ids(const Catalog& catalog);
/// catalog_invalid for entry `id`; problem = "<rule>:<what>".
Error invalid(std::string_view id, std::string_view rule, std::string_view what);

}  // namespace kpi::lint
