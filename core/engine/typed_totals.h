// Typed figures: rows of `totals` tables, each naming the measure that it adds to.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/diagnostics.h"
#include "core/engine/dataset.h"

namespace kpi {

/// One typed figure. first == kNoDay: it was typed without a period.
struct TypedFigure {
  const FileTable* table;
  std::size_t row;
  std::size_t measure;  // index into Catalog::measures()
  Day first, last;
  double value;
};

/// Every figure of every `totals` table whose measure is known and whose value is there, by measure, then in the files' order.
/// A period that ends before it begins, or has no end, lasts one day; without a column of ends, firsts of months alone are months. Cost O(rows of totals tables).
std::vector<TypedFigure> typed_figures(const Dataset& dataset);

/// Lets the table's coverage reach to the end of its last month, where months are typed by their first day alone.
void widen_to_typed_months(FileTable& table);

/// Rows of a `totals` table that count nowhere: measure_unknown{text,nearest,rows}.
void report_unknown_measures(const Catalog& catalog, const FileTable& table, Diagnostics& diagnostics);

}  // namespace kpi
