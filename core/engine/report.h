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
#include "core/engine/formulas.h"
#include "core/engine/maturity.h"
#include "core/engine/member_rates.h"
#include "core/engine/window.h"

namespace kpi {

std::optional<StageRule> parse_stage_rule(std::string_view text);
std::string_view stage_rule_name(StageRule rule);

struct ComparisonRequest {
  CompareKind kind = CompareKind::kNone;
  std::int32_t back = 1;  // periods or years
};
constexpr std::size_t kMaxAlso = 3;

struct ReportRequest {
  std::optional<Day> from, to;
  Grain grain = Grain::kMonth;
  std::string group_by;                                             // dimension id, or empty
  std::vector<std::pair<std::string, std::vector<std::string>>> filters;  // dimension id -> member keys
  ComparisonRequest compare;
  std::vector<ComparisonRequest> compare_also;  // at most kMaxAlso
  bool is_compared_so_far = true;               // a window that runs beyond the data is compared up to the same day
  Parameters parameters;
  Basis basis = Basis::kAuto;
  StageRule stages = StageRule::kReachedOrBeyond;
  std::string currency;  // ISO code that amounts are converted into where rates are there; empty = as they are
  Calendar calendar;
};

struct KpiResult {
  const Kpi* kpi = nullptr;
  Value value = Undefined{"missing_input", {}};
  std::optional<double> numerator, denominator;  // rates of two counts
  std::optional<Interval> interval;
  std::vector<Value> series;                     // per bucket
  std::optional<Value> compared;                 // in the compare window
  std::vector<Value> compared_series;
  std::vector<Value> by_member;
  std::vector<std::optional<MemberRate>> member_rates;  // of rates of two counts; empty for other KPIs
  std::vector<bool> left_out_by_member;          // the member's value leaves a part out that is known in all
  std::vector<Value> compared_by_member;         // by the same members, also those that are new or gone
  std::vector<Value> compared_also;              // as Report::compared_also
  std::vector<std::string_view> checks;          // codes, e.g. "negative_duration"
  const Expression* formula = nullptr;           // in force: the catalogue's own, or the one on cohort basis
  Basis basis = Basis::kAuto;                    // kAuto: the KPI knows no bases
  std::optional<Value> other_basis;              // the same KPI on the basis that is not in force
  std::optional<Maturity> maturity;              // on cohort basis
};

struct ComparedWindow {
  ComparisonRequest request;
  Window window;
  bool is_so_far = false;  // cut to the day that corresponds to the last one of the data
};

struct Report {
  Window window;
  std::optional<ComparedWindow> compared;
  std::vector<ComparedWindow> compared_also;
  Basis basis = Basis::kAuto;  // as asked
  StageRule stages = StageRule::kReachedOrBeyond;
  std::string currency;        // as asked
  ConversionUse conversion;    // of the window itself, not of what it is compared with
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
/// The window that a comparison is with, or nothing; see compare_window.
std::optional<ComparedWindow> compared_window(const Window& window, Day data_last, const ReportRequest& request, const ComparisonRequest& asked);
/// Errors: those of open_scope.
Result<Report> make_report(const Dataset& dataset, const ReportRequest& request);

/// The totals of measures by id; references both.
Lookup measure_lookup(const Catalog& catalog, const std::vector<MeasureResult>& measures);

/// The formulas by which the report's figures were made.
Formulas formulas_in_force(const Catalog& catalog, const Report& report);
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
