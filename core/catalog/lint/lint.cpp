#include "core/catalog/lint/lint.h"

namespace kpi::lint {
namespace {

constexpr Rule kRules[] = {
    {"id_pattern", check_id_pattern},
    {"unique_ids", check_unique_ids},
    {"words", check_words},
    {"same_fields", check_same_fields},
    {"lookups", check_lookups},
    {"measure_sources", check_measure_sources},
    {"sums", check_sums},
    {"references", check_references},
    {"cycles", check_cycles},
    {"units", check_units},
    {"rates", check_rates},
    {"article_sources", check_article_sources},
    {"variants", check_variants},
    {"synonyms", check_synonyms},
};

}  // namespace

std::span<const Rule> rules() { return kRules; }

bool shows_measure(const Catalog& catalog, const Kpi& kpi) {
  return kpi.formula->kind == Expression::Kind::kReference && kpi.formula->reference == kpi.id && catalog.measure(kpi.id) != nullptr;
}

std::vector<std::string> formula_ids(const Catalog& catalog) {
  std::vector<std::string> ids;
  for (const Measure& measure : catalog.measures()) ids.push_back(measure.id);
  for (const Kpi& kpi : catalog.kpis()) ids.push_back(kpi.id);
  return ids;
}

Error invalid(std::string_view id, std::string_view rule, std::string_view what) {
  std::string problem(rule);
  problem += ':';
  problem += what;
  return {Code::catalog_invalid, {{"file", std::string()}, {"id", std::string(id)}, {"problem", std::move(problem)}}};
}

}  // namespace kpi::lint
