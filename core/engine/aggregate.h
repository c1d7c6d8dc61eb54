// Rows -> measures: per period, per member and in all. Aggregating comes first, formulas later.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/currency_converter.h"
#include "core/engine/dataset.h"
#include "core/engine/dimension.h"
#include "core/engine/evaluate.h"
#include "core/engine/window.h"

namespace kpi {

/// Rows of which a dimension's member is allowed. A table that does not know the dimension is left out by the filter: a figure that
/// ignores a filter would be silently wrong.
struct Filter {
  std::shared_ptr<const Dimension> dimension;
  std::vector<bool> is_allowed;  // by member number
};

/// What to make of leads that skip a stage. kReachedOrBeyond: who came further has passed it. kStrict: only who has a date of every
/// stage that the file dates, one after the other, has come so far; a lead that jumps from MQL to customer stays an MQL.
/// Source  HubSpot, "differences between funnel report types": any stage, and all stages.
enum class StageRule : std::uint8_t { kReachedOrBeyond, kStrict };

using Parameters = std::map<std::string, double, std::less<>>;

/// What one file gave to a measure.
struct FileUse {
  int file;
  const MeasureSource* source;
  std::uint64_t rows;
};

/// Undefined codes: missing_input {measure}, no_date {measure} (no dated row, a period was asked), no_rows (nothing known for the
/// period or member), not_by_dimension {dimension}, currency_mixed {measure}.
struct MeasureResult {
  Value total;
  std::vector<Value> by_bucket;  // as the window's buckets
  std::vector<Value> by_member;  // as the dimension's members; empty without grouping
  std::vector<FileUse> files;
  bool is_stock = false;         // as exported, at no date: the same in every window, so never compared with itself
};

/// Shape  one result per measure, in the catalogue's order.
///        `only`: measures that are not wanted stay without a value, and so do those that stand for values of others.
///        With a currency asked and rates there, each amount is converted at its own row's day before it is added (typed figures at
///        their period's last day, subscriptions at their start); one without a rate keeps its currency, and currency_mixed says so.
/// Cost   O(rows) per measure in one pass per table; medians sort their values.
std::vector<MeasureResult> aggregate(const Dataset& dataset, const Window& window, const std::vector<Filter>& filters,
                                     const Dimension* group, const Parameters& parameters, StageRule stages, const Conversion& conversion = {},
                                     const std::vector<bool>* only = nullptr);

/// Tables of the same kind that take part in a measure, each with its first source that applies. Empty: the measure has no input.
std::vector<std::pair<const FileTable*, const MeasureSource*>> sources_in_force(const Dataset& dataset, const Measure& measure);

}  // namespace kpi
