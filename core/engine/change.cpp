#include "core/engine/change.h"

#include <algorithm>
#include <cmath>

#include "core/engine/change_split.h"
#include "core/engine/report_checks.h"

namespace kpi {
namespace {

/// The report's own request, with a segment as one filter more.
Result<ReportScope> scope_of(const Dataset& dataset, const ChangeRequest& request, const std::string* segment) {
  ReportRequest report = request.report;
  report.group_by = request.split_by;
  if (segment != nullptr) report.filters.emplace_back(request.segments->dimension, std::vector<std::string>(1, *segment));
  Result<ReportScope> scope = open_scope(dataset, report);
  if (scope.ok() && segment != nullptr && scope.value().filters.back().dimension->find(*segment) < 0) {
    return Error{Code::dimension_unknown, {{"id", *segment}, {"nearest", std::string()}}};
  }
  return scope;
}

/// Nothing where before and after can be set against each other.
Undefined reason_against(const Value& before, const Value& after) {
  for (const Value* side : {&after, &before}) {
    if (const Undefined* undefined = std::get_if<Undefined>(side)) return *undefined;
  }
  const std::string_view a = std::get<Quantity>(before).currency, b = std::get<Quantity>(after).currency;
  if (a.empty() || b.empty() || a == b) return {};
  return {"currency_mixed", {std::string(a), std::string(b)}};
}

}  // namespace

Result<Change> explain_change(const Dataset& dataset, const ChangeRequest& request) {
  const Catalog& catalog = dataset.catalog();
  const Kpi* kpi = catalog.kpi(request.kpi);
  if (kpi == nullptr) return unknown_kpi(catalog, request.kpi);
  const bool by_segment = request.segments.has_value();
  const Result<ReportScope> opened = scope_of(dataset, request, by_segment ? &request.segments->to : nullptr);
  if (!opened.ok()) return opened.error();
  const ReportScope& scope = opened.value();
  Change change{kpi, scope.window, scope.window, Undefined{}, Undefined{}, {}, 0, {}, {}};
  std::vector<Filter> filters = scope.filters;
  if (by_segment) {
    const Result<ReportScope> other = scope_of(dataset, request, &request.segments->from);
    if (!other.ok()) return other.error();
    filters = other.value().filters;
  } else {
    const std::optional<ComparedWindow> other = compared_window(scope.window, scope.data_last, request.report, request.report.compare);
    if (!other) return Error{Code::request_invalid, {{"at", std::string("compare")}, {"expected", std::string("period")}}};
    change.before_window = other->window;
  }
  const Dimension* group = scope.group.get();
  const Parameters& parameters = request.report.parameters;
  std::vector<MeasureResult> before = aggregate(dataset, change.before_window, filters, group, parameters, request.report.stages, {request.report.currency});
  for (std::size_t m = 0; m < before.size() && !by_segment; ++m) {
    // As exported, at no date: the same in every window, so never compared with itself.
    if (!before[m].is_stock) continue;
    before[m].total = Undefined{"no_date", {catalog.measures()[m].id}};
    std::fill(before[m].by_member.begin(), before[m].by_member.end(), before[m].total);
  }
  std::vector<MeasureResult> after = aggregate(dataset, scope.window, scope.filters, group, parameters, request.report.stages, {request.report.currency});
  const Formulas formulas(catalog, request.report.basis, measure_lookup(catalog, after));
  const Expression& formula = formulas.at(static_cast<std::size_t>(kpi - catalog.kpis().data()));
  const Sides sides{Figures(formulas, std::move(before)), Figures(formulas, std::move(after))};
  change.before = sides.before.value(formula);
  change.after = sides.after.value(formula);
  change.reason = reason_against(change.before, change.after);
  const bool is_month = is_one_month(scope.window.first, scope.window.last) && is_one_month(change.before_window.first, change.before_window.last);
  if (change.reason.code.empty() && kpi->id == "customer_churn_rate_yearly" && !is_month) change.reason.code = "period_not_a_month";
  if (!change.reason.code.empty()) return change;
  change.total = std::get<Quantity>(change.after).value - std::get<Quantity>(change.before).value;
  if (group != nullptr) change.members = split_by_members(formulas, sides, *group, formula, request.limit);
  change.factors = split_by_factors(formulas, sides, formula);
  return change;
}

}  // namespace kpi
