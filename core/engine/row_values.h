// Reads the days and numbers that a measure's source asks for from a table's rows.
#pragma once

#include <string_view>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/engine/dataset.h"
#include "core/engine/stage_dates.h"

namespace kpi {

/// A day per row: a column, or days looked up in another table.
struct DaySource {
  const Column* column = nullptr;
  std::vector<Day> owned;
  bool is_stock = false;  // no date at all: the row stands for the moment of the export
  bool exists() const { return column != nullptr || !owned.empty(); }
  Day at(std::size_t row) const { return column != nullptr ? column->days[row] : owned[row]; }
};

/// The day field `field` of the table. closed_at falls back to won_at or lost_at (by `deal_status`); first_touch_at of a deal falls back
/// to the first touch, else the creation, of the lead it came from.
DaySource day_source(const Dataset& dataset, const FileTable& table, std::string_view field, std::string_view deal_status);

/// Whether the same would exist, without building it.
bool has_day_source(const Dataset& dataset, const FileTable& table, std::string_view field, std::string_view deal_status);

/// First and last day of a day source that is a column of the table itself; kNoDay for days looked up elsewhere and for none.
struct DayRange {
  Day first = kNoDay, last = kNoDay;
};
DayRange day_range(const FileTable& table, std::string_view field, std::string_view deal_status);

/// True when the table has all that the source needs; a missing date field only keeps its rows out of periods.
bool source_applies(const Dataset& dataset, const FileTable& table, const MeasureSource& source);

}  // namespace kpi
