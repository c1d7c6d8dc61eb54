// JSON texts -> Catalog, before lint.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "core/catalog/catalog.h"

namespace kpi {

struct EntryContext;

/// Takes one file after the other and adds up what they hold: members "families", "tables", "measures",
/// "kpis" (with "family"). Then finish().
class CatalogLoader {
 public:
  /// Errors: catalog_invalid, formula_*, unit_invalid.
  Status add(std::string_view file, std::string_view text);
  /// Lints the whole and orders the KPIs. Errors: every catalog_* and unit_* code.
  Result<Catalog> finish() &&;

 private:
  void read_table(const nlohmann::json& value, EntryContext& context);
  void read_measure(const nlohmann::json& value, EntryContext& context);
  void read_kpi(const nlohmann::json& value, const std::string& family, EntryContext& context);
  void sort_by_family();
  Catalog catalog_;
};

}  // namespace kpi
