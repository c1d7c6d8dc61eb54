#include "core/engine/typed_totals.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/order.h"
#include "core/catalog/nearest.h"
#include "core/engine/dimension.h"

namespace kpi {
namespace {

constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);

/// "Marketing spend", "marketing-spend" and "marketing_spend" name the same measure. Settings are typed elsewhere.
std::size_t find_measure(const Catalog& catalog, std::string_view text) {
  const std::string key = member_key(text);
  for (std::size_t m = 0; m < catalog.measures().size(); ++m) {
    const Measure& measure = catalog.measures()[m];
    if (measure.is_parameter || measure.is_calendar) continue;
    if (member_key(measure.id) == key) return m;
    for (const std::string& name : measure.also) {
      if (member_key(name) == key) return m;
    }
  }
  return kUnknown;
}

/// Measures that what is typed for measure `m` counts in as well.
std::vector<std::size_t> measures_with(const Catalog& catalog, std::size_t m) {
  std::vector<std::size_t> found;
  for (std::size_t other = 0; other < catalog.measures().size(); ++other) {
    const std::vector<std::string>& parts = catalog.measures()[other].typed_with;
    if (std::find(parts.begin(), parts.end(), catalog.measures()[m].id) != parts.end()) found.push_back(other);
  }
  return found;
}

std::vector<std::size_t> measures_by_code(const Catalog& catalog, const Column& names) {
  std::vector<std::size_t> measures(names.dictionary.size(), kUnknown);
  for (std::size_t code = 1; code < measures.size(); ++code) {
    measures[code] = find_measure(catalog, names.dictionary.text(static_cast<std::uint16_t>(code)));
  }
  return measures;
}

const Column* text_column(const FileTable& t, std::string_view field) {
  const Column* column = t.table.kind == "totals" ? t.table.find(field) : nullptr;
  return column != nullptr && column->kind == ColumnKind::kText ? column : nullptr;
}

void add_figures(const Catalog& catalog, const FileTable& t, std::vector<TypedFigure>& figures) {
  const Column* names = text_column(t, "measure");
  const Column* values = t.table.find("value");
  if (names == nullptr || values == nullptr || values->kind != ColumnKind::kNumber) return;
  const Column* from = t.date("period");
  const Column* to = t.date("period_end");
  const std::vector<std::size_t> measures = measures_by_code(catalog, *names);
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    const std::uint16_t code = names->codes[row];
    const double value = values->numbers[row];
    if (code >= measures.size() || measures[code] == kUnknown || std::isnan(value)) continue;
    const Day first = from == nullptr ? kNoDay : from->days[row];
    const Day last = to == nullptr || to->days[row] == kNoDay || to->days[row] < first ? first : to->days[row];
    figures.push_back({&t, row, measures[code], first, last, value});
    for (const std::size_t other : measures_with(catalog, measures[code])) figures.push_back({&t, row, other, first, last, value});
  }
}

}  // namespace

std::vector<TypedFigure> typed_figures(const Dataset& dataset) {
  std::vector<TypedFigure> figures;
  for (const auto& t : dataset.tables()) {
    if (t->table.kind == "totals") add_figures(dataset.catalog(), *t, figures);
  }
  sort_list(figures, [](const TypedFigure& a, const TypedFigure& b) { return a.measure < b.measure; });
  return figures;
}

void report_unknown_measures(const Catalog& catalog, const FileTable& table, Diagnostics& diagnostics) {
  const Column* names = text_column(table, "measure");
  if (names == nullptr) return;
  const std::vector<std::size_t> measures = measures_by_code(catalog, *names);
  std::vector<std::int64_t> rows(measures.size(), 0);
  for (std::size_t row = 0; row < table.table.row_count; ++row) {
    if (names->codes[row] < rows.size()) ++rows[names->codes[row]];
  }
  std::vector<std::string> ids;
  for (const Measure& measure : catalog.measures()) {
    if (!measure.is_parameter && !measure.is_calendar) ids.push_back(measure.id);
  }
  for (std::size_t code = 1; code < measures.size(); ++code) {
    if (measures[code] != kUnknown || rows[code] == 0) continue;
    const std::string text(names->dictionary.text(static_cast<std::uint16_t>(code)));
    diagnostics.add(Code::measure_unknown, {{"text", text}, {"nearest", nearest_ids(text, ids)}, {"rows", rows[code]}});
  }
}

}  // namespace kpi
