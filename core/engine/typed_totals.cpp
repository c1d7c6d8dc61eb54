#include "core/engine/typed_totals.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "core/base/order.h"
#include "core/catalog/nearest.h"
#include "core/engine/dimension.h"

namespace kpi {
namespace {

constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);

/// "Marketing spend", "marketing-spend" and "marketing_spend" name the same measure. Settings are typed elsewhere.
std::map<std::string, std::size_t, std::less<>> measure_names(const Catalog& catalog) {
  std::map<std::string, std::size_t, std::less<>> names;
  for (std::size_t m = 0; m < catalog.measures().size(); ++m) {
    const Measure& measure = catalog.measures()[m];
    if (measure.is_parameter || measure.is_calendar) continue;
    names.emplace(member_key(measure.id), m);
    for (const std::string& name : measure.also) names.emplace(member_key(name), m);
  }
  return names;
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
  const auto known = measure_names(catalog);
  for (std::size_t code = 1; code < measures.size(); ++code) {
    const auto found = known.find(member_key(names.dictionary.text(static_cast<std::uint16_t>(code))));
    if (found != known.end()) measures[code] = found->second;
  }
  return measures;
}

/// "2024-05" is read as the first of May. Where every period is the first of a month and none has an end, months are meant.
bool are_month_starts(const Column& days) {
  for (std::size_t row = 0; row < days.days.size(); ++row) {
    const Day day = days.days[row];
    if (day != kNoDay && period_start(day, Grain::kMonth) != day) return false;
  }
  return true;
}

bool has_months_only(const FileTable& t) {
  const Column* from = t.date("period");
  return t.table.kind == "totals" && from != nullptr && t.date("period_end") == nullptr && are_month_starts(*from);
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
  const bool is_unsure = (from == nullptr && t.has("period")) || (to == nullptr && t.has("period_end"));
  if (is_unsure) return;  // the day or month order has been asked: until then the figures belong to no time, not to all of it
  const std::vector<std::size_t> measures = measures_by_code(catalog, *names);
  const bool by_month = has_months_only(t);
  std::vector<std::vector<std::size_t>> also_in;  // by code
  for (const std::size_t m : measures) also_in.push_back(m == kUnknown ? std::vector<std::size_t>() : measures_with(catalog, m));
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    const std::uint16_t code = names->codes[row];
    const double value = values->numbers[row];
    if (code >= measures.size() || measures[code] == kUnknown || std::isnan(value)) continue;
    const Day first = from == nullptr ? kNoDay : from->days[row];
    const Day last = by_month && first != kNoDay ? next_period_start(first, Grain::kMonth) - 1 : to == nullptr || to->days[row] == kNoDay || to->days[row] < first ? first : to->days[row];
    figures.push_back({&t, row, measures[code], first, last, value});
    for (const std::size_t other : also_in[code]) figures.push_back({&t, row, other, first, last, value});
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

void widen_to_typed_months(FileTable& table) {
  if (table.last_day != kNoDay && has_months_only(table)) table.last_day = next_period_start(table.last_day, Grain::kMonth) - 1;
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
  constexpr std::size_t kSuggested = 20;  // finding near names takes long, and nobody reads more
  std::size_t unknown = 0;
  const auto report = [&](std::size_t code) {
    if (measures[code] != kUnknown || rows[code] == 0) return;
    const std::string text(code == 0 ? std::string_view() : names->dictionary.text(static_cast<std::uint16_t>(code)));
    const std::string nearest = ++unknown <= kSuggested ? nearest_ids(text, ids) : std::string();
    diagnostics.add(Code::measure_unknown, {{"text", text}, {"nearest", nearest}, {"rows", rows[code]}});
  };
  for (std::size_t code = 1; code < measures.size(); ++code) report(code);
  if (!measures.empty()) report(0);  // rows without a name come last: a name can be put right
}

}  // namespace kpi
