// One request -> every KPI: in all, per period, per member, compared. The narrow waist between engine and page.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/engine/aggregate.h"
#include "core/engine/dataset.h"
#include "core/engine/evaluate.h"
#include "core/engine/window.h"

namespace kpi {

struct ReportRequest {
  std::optional<Day> from, to;
  Grain grain = Grain::kMonth;
  std::string group_by;                                             // dimension id, or empty
  std::vector<std::pair<std::string, std::vector<std::string>>> filters;  // dimension id -> member keys
  CompareKind compare = CompareKind::kNone;
  std::int32_t compare_back = 1;  // periods or years
  Parameters parameters;
};

struct KpiResult {
  const Kpi* kpi;
  Value value;
  std::optional<double> numerator, denominator;  // rates of two counts
  std::optional<Interval> interval;
  std::vector<Value> series;                     // per bucket
  std::optional<Value> compared;                 // in the compare window
  std::vector<Value> compared_series;
  std::vector<Value> by_member;
  std::vector<std::string_view> checks;          // codes, e.g. "negative_duration"
};

struct Report {
  Window window;
  std::optional<Window> compared;
  CompareKind compare = CompareKind::kNone;
  std::int32_t compare_back = 1;
  Day data_first = kNoDay, data_last = kNoDay;
  std::vector<KpiResult> kpis;              // in the catalogue's order
  std::vector<MeasureResult> measures;      // in the catalogue's order
  std::shared_ptr<const Dimension> group;   // null without grouping
  std::vector<std::size_t> member_order;    // members with rows, most rows first, then by key; "" last
};

/// What a request is about: its days, its filters and its grouping (null without), members not counted yet.
struct ReportScope {
  Day data_first = kNoDay, data_last = kNoDay;
  Window window;
  std::vector<Filter> filters;
  std::shared_ptr<Dimension> group;
};
/// Errors: dimension_unknown{id,nearest}, date_invalid (from after to).
Result<ReportScope> open_scope(const Dataset& dataset, const ReportRequest& request);
/// Errors: those of open_scope.
Result<Report> make_report(const Dataset& dataset, const ReportRequest& request);

/// What a formula refers to by `id`: a KPI's own formula; null for measures, which come first.
const Expression* formula_of(const Catalog& catalog, std::string_view id);
/// kpi_unknown{id,nearest}.
Error unknown_kpi(const Catalog& catalog, std::string_view id);

/// Explains one KPI of the whole window, or of one member of a dimension.
struct Explanation {
  const Kpi* kpi;
  TraceNode trace;
  struct Input {
    const Measure* measure;
    Value value;
    std::vector<FileUse> files;
  };
  std::vector<Input> inputs;
  std::vector<const Measure*> missing;
};
/// Errors: kpi_unknown{id,nearest} and those of make_report.
Result<Explanation> explain(const Dataset& dataset, const ReportRequest& request, std::string_view kpi_id,
                            const std::string& member_dimension, const std::string& member_key);

/// Tables not loaded yet and the KPIs, now without value for want of input, that they would make computable; most first.
struct Opportunity {
  std::string_view table;
  std::vector<std::string_view> kpis;
};
std::vector<Opportunity> next_tables(const Dataset& dataset, const Report& report);

}  // namespace kpi
