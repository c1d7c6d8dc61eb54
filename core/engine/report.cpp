#include "core/engine/report.h"

#include <algorithm>

#include "core/base/order.h"
#include "core/catalog/nearest.h"
#include "core/engine/evaluation.h"
#include "core/engine/report_checks.h"

namespace kpi {
namespace {

Result<std::shared_ptr<Dimension>> open_dimension(const Dataset& dataset, const std::string& id) {
  const std::vector<std::string> known = available_dimensions(dataset);
  if (std::find(known.begin(), known.end(), id) == known.end()) {
    return Error{Code::dimension_unknown, {{"id", id}, {"nearest", nearest_ids(id, known)}}};
  }
  return std::make_shared<Dimension>(dataset, id);
}

Result<std::vector<Filter>> make_filters(const Dataset& dataset, const ReportRequest& request) {
  std::vector<Filter> filters;
  for (const auto& [id, keys] : request.filters) {
    Result<std::shared_ptr<Dimension>> dimension = open_dimension(dataset, id);
    if (!dimension.ok()) return dimension.error();
    Filter filter{dimension.value(), std::vector<bool>(dimension.value()->members().size(), false)};
    for (const std::string& key : keys) {
      const std::int64_t member = filter.dimension->find(key);
      if (member >= 0) filter.is_allowed[static_cast<std::size_t>(member)] = true;
    }
    filters.push_back(std::move(filter));
  }
  return filters;
}

void widen(Day& first, Day& last, Day a, Day b) {
  if (a == kNoDay) return;
  first = first == kNoDay ? a : std::min(first, a);
  last = last == kNoDay ? b : std::max(last, b);
}

/// The two counts of a rate whose formula is one division of counts; nothing for other KPIs and where a count is not known.
std::optional<Proportion> counts_of(const KpiResult& result, const Lookup& lookup) {
  const Expression& formula = *result.formula;
  const bool is_rate = result.kpi->is_rate || result.basis == Basis::kCohort;
  if (!is_rate || formula.kind != Expression::Kind::kDivide) return std::nullopt;
  const Value top = evaluate(*formula.left, lookup);
  const Value bottom = evaluate(*formula.right, lookup);
  const Quantity* n = std::get_if<Quantity>(&top);
  const Quantity* d = std::get_if<Quantity>(&bottom);
  if (n == nullptr || d == nullptr) return std::nullopt;
  return Proportion{n->value, d->value};
}

bool is_share(const Proportion& counts) { return counts.n > 0 && counts.k >= 0 && counts.k <= counts.n; }

/// Numerator, denominator and interval of a rate.
void add_interval(KpiResult& result, const Lookup& lookup) {
  const std::optional<Proportion> counts = counts_of(result, lookup);
  if (!counts) return;
  result.numerator = counts->k;
  result.denominator = counts->n;
  if (is_share(*counts)) result.interval = wilson_interval(counts->k, counts->n);
}

/// One more member's rates, against those of all.
void add_member_rates(const Lookup& totals, const Lookup& member, std::vector<KpiResult>& kpis) {
  for (KpiResult& result : kpis) {
    const std::optional<Proportion> all = counts_of(result, totals);
    if (!all) continue;
    const std::optional<Proportion> own = counts_of(result, member);
    const bool has_rate = own && is_share(*own);
    result.member_rates.push_back(has_rate ? std::optional(member_rate(*own, *all)) : std::nullopt);
  }
}

/// Each KPI's basis, its formula in force and its value on the other basis.
void note_bases(const Formulas& formulas, const Lookup& measures, std::vector<KpiResult>& kpis) {
  for (std::size_t k = 0; k < kpis.size(); ++k) {
    KpiResult& result = kpis[k];
    const Kpi& kpi = *result.kpi;
    result.formula = &formulas.at(k);
    if (kpi.cohort == nullptr) continue;
    const bool is_cohort = result.formula == kpi.cohort.get();
    result.basis = is_cohort ? Basis::kCohort : Basis::kPeriod;
    if (kpi.cohort_text != kpi.formula_text) result.other_basis = evaluate(is_cohort ? *kpi.formula : *kpi.cohort, measures);
  }
}

void add_maturity(const Dataset& dataset, const Window& window, const std::vector<Filter>& filters, StageRule stages, KpiResult& result) {
  if (!std::holds_alternative<Quantity>(result.value)) return;
  result.maturity = cohort_maturity(dataset, window, filters, *result.formula, stages);
  const Quantity* share = std::get_if<Quantity>(&result.maturity->total);
  if (share != nullptr && share->value < kMature) result.checks.push_back("cohort_immature");
}

std::vector<std::size_t> order_members(const Dimension& group) {
  std::vector<std::size_t> order;
  for (std::size_t m = 0; m < group.members().size(); ++m) {
    if (group.members()[m].rows != 0) order.push_back(m);
  }
  sort_list(order, [&](std::size_t a, std::size_t b) {
    const Member& x = group.members()[a];
    const Member& y = group.members()[b];
    if (x.key.empty() != y.key.empty()) return y.key.empty();
    return x.rows != y.rows ? x.rows > y.rows : x.key < y.key;
  });
  return order;
}

void add_series(Evaluation& evaluation, const std::vector<MeasureResult>& measures, std::size_t buckets,
                std::vector<KpiResult>& kpis, std::vector<Value> KpiResult::*series) {
  for (std::size_t b = 0; b < buckets; ++b) {
    const std::vector<Value>& values = evaluation.run([&](std::size_t m) -> const Value& { return measures[m].by_bucket[b]; });
    for (std::size_t k = 0; k < kpis.size(); ++k) (kpis[k].*series).push_back(values[k]);
  }
}

/// The same figures of other times.
struct Comparer {
  const Dataset& dataset;
  const ReportRequest& request;
  const std::vector<Filter>& filters;
  const Dimension* group;
  Evaluation& evaluation;

  /// Totals, series and members.
  void add(const ComparedWindow& other, Report& report) const {
    const std::vector<MeasureResult> before = measures_of(other.window, group);
    add_series(evaluation, before, other.window.buckets.size(), report.kpis, &KpiResult::compared_series);
    for (const std::size_t member : report.member_order) {
      const std::vector<Value>& values = evaluation.run([&](std::size_t m) -> const Value& { return before[m].by_member[member]; });
      for (std::size_t k = 0; k < report.kpis.size(); ++k) report.kpis[k].compared_by_member.push_back(values[k]);
    }
    const std::vector<Value>& values = evaluation.run([&](std::size_t m) -> const Value& { return before[m].total; });
    for (std::size_t k = 0; k < report.kpis.size(); ++k) report.kpis[k].compared = values[k];
  }

  void add_totals(const ComparedWindow& other, std::vector<KpiResult>& kpis) const {
    const std::vector<MeasureResult> before = measures_of(other.window, nullptr);
    const std::vector<Value>& values = evaluation.run([&](std::size_t m) -> const Value& { return before[m].total; });
    for (std::size_t k = 0; k < kpis.size(); ++k) kpis[k].compared_also.push_back(values[k]);
  }

 private:
  /// A stock as it was exported is the same at any time: it is never compared with itself.
  std::vector<MeasureResult> measures_of(const Window& window, const Dimension* by) const {
    std::vector<MeasureResult> measures = aggregate(dataset, window, filters, by, request.parameters, request.stages, {request.currency});
    for (std::size_t m = 0; m < measures.size(); ++m) {
      if (!measures[m].is_stock) continue;
      const Undefined reason{"no_date", {dataset.catalog().measures()[m].id}};
      measures[m].total = reason;
      std::fill(measures[m].by_member.begin(), measures[m].by_member.end(), Value(reason));
    }
    return measures;
  }
};

std::size_t index_of(const Catalog& catalog, const Measure* measure) {
  return static_cast<std::size_t>(measure - catalog.measures().data());
}

}  // namespace

Result<ReportScope> open_scope(const Dataset& dataset, const ReportRequest& request) {
  ReportScope scope;
  if (request.from && request.to && *request.from > *request.to) {
    return Error{Code::date_invalid, {{"at", "from"}, {"text", format_iso_date(*request.from)}}};
  }
  for (const auto& t : dataset.tables()) widen(scope.data_first, scope.data_last, t->first_day, t->last_day);
  scope.window = make_window(request.from, request.to, request.grain, scope.data_first, scope.data_last, request.calendar);
  Result<std::vector<Filter>> filters = make_filters(dataset, request);
  if (!filters.ok()) return filters.error();
  scope.filters = std::move(filters).value();
  if (!request.group_by.empty()) {
    Result<std::shared_ptr<Dimension>> dimension = open_dimension(dataset, request.group_by);
    if (!dimension.ok()) return dimension.error();
    scope.group = dimension.value();
  }
  return scope;
}

std::optional<ComparedWindow> compared_window(const Window& window, Day data_last, const ReportRequest& request, const ComparisonRequest& asked) {
  const bool runs = request.is_compared_so_far && data_last != kNoDay && data_last >= window.first && data_last < window.last;
  std::optional<Window> other = compare_window(window, asked.kind, asked.back, runs ? data_last : kNoDay);
  if (!other) return std::nullopt;
  return ComparedWindow{asked, std::move(*other), runs};
}

Result<Report> make_report(const Dataset& dataset, const ReportRequest& request) {
  const Catalog& catalog = dataset.catalog();
  Result<ReportScope> opened = open_scope(dataset, request);
  if (!opened.ok()) return opened.error();
  const std::vector<Filter>& filters = opened.value().filters;
  const std::shared_ptr<Dimension> group = opened.value().group;
  Report report;
  report.data_first = opened.value().data_first;
  report.data_last = opened.value().data_last;
  report.window = std::move(opened.value().window);
  report.basis = request.basis;
  report.stages = request.stages;
  if (group != nullptr) {
    group->count_rows();
    report.member_order = order_members(*group);
  }
  report.currency = request.currency;
  report.measures = aggregate(dataset, report.window, filters, group.get(), request.parameters, request.stages, {request.currency, &report.conversion});
  for (const Kpi& kpi : catalog.kpis()) {
    report.kpis.emplace_back();
    report.kpis.back().kpi = &kpi;
  }
  const auto totals = [&](std::size_t m) -> const Value& { return report.measures[m].total; };
  const Lookup all = measure_lookup(catalog, report.measures);
  const Formulas formulas(catalog, request.basis, all);
  Evaluation evaluation(catalog, formulas);
  note_bases(formulas, all, report.kpis);
  add_series(evaluation, report.measures, report.window.buckets.size(), report.kpis, &KpiResult::series);
  for (const std::size_t member : report.member_order) {
    const std::vector<Value>& values = evaluation.run([&](std::size_t m) -> const Value& { return report.measures[m].by_member[member]; });
    for (std::size_t k = 0; k < report.kpis.size(); ++k) report.kpis[k].by_member.push_back(values[k]);
    const Lookup own = evaluation.make_lookup([&](std::size_t m) -> const Value& { return report.measures[m].by_member[member]; });
    add_member_rates(evaluation.make_lookup(totals), own, report.kpis);
    add_left_out(formulas, own, report.kpis);
  }
  const Comparer compare{dataset, request, filters, group.get(), evaluation};
  report.compared = compared_window(report.window, report.data_last, request, request.compare);
  if (report.compared) compare.add(*report.compared, report);
  for (const ComparisonRequest& also : request.compare_also) {
    std::optional<ComparedWindow> compared = compared_window(report.window, report.data_last, request, also);
    if (!compared) continue;
    compare.add_totals(*compared, report.kpis);
    report.compared_also.push_back(std::move(*compared));
  }
  const std::vector<Value>& values = evaluation.run(totals);
  const Lookup lookup = evaluation.make_lookup(totals);
  for (std::size_t k = 0; k < report.kpis.size(); ++k) {
    report.kpis[k].value = values[k];
    add_interval(report.kpis[k], lookup);
    if (report.kpis[k].basis == Basis::kCohort) add_maturity(dataset, report.window, filters, request.stages, report.kpis[k]);
    const bool has_value = std::holds_alternative<Quantity>(values[k]);
    if (has_value && leaves_out_parts(formulas, *report.kpis[k].formula, lookup)) report.kpis[k].checks.push_back("part_left_out");
  }
  for (KpiResult& k : report.kpis) {
    withdraw_yearly_churn(report.window, report.compared ? &report.compared->window : nullptr, k);
    refuse_other_currencies(k);
  }
  add_checks(catalog, formulas, report.measures, report.kpis);
  report.group = group;
  return report;
}

Lookup measure_lookup(const Catalog& catalog, const std::vector<MeasureResult>& measures) {
  return [&](std::string_view id) -> Value {
    const Measure* measure = catalog.measure(id);
    return measure == nullptr ? Value(Undefined{"missing_input", {std::string(id)}}) : measures[index_of(catalog, measure)].total;
  };
}

Formulas formulas_in_force(const Catalog& catalog, const Report& report) { return {catalog, report.basis, measure_lookup(catalog, report.measures)}; }

std::optional<StageRule> parse_stage_rule(std::string_view text) {
  if (text == "reached_or_beyond") return StageRule::kReachedOrBeyond;
  return text == "strict" ? std::optional(StageRule::kStrict) : std::nullopt;
}

std::string_view stage_rule_name(StageRule rule) { return rule == StageRule::kStrict ? "strict" : "reached_or_beyond"; }

Error unknown_kpi(const Catalog& catalog, std::string_view id) {
  std::vector<std::string> ids;
  for (const Kpi& kpi : catalog.kpis()) ids.push_back(kpi.id);
  return {Code::kpi_unknown, {{"id", std::string(id)}, {"nearest", nearest_ids(id, ids)}}};
}

Result<Explanation> explain(const Dataset& dataset, const ReportRequest& request, std::string_view kpi_id,
                            const std::string& member_dimension, const std::string& member_key) {
  const Catalog& catalog = dataset.catalog();
  const Kpi* kpi = catalog.kpi(kpi_id);
  if (kpi == nullptr) return unknown_kpi(catalog, kpi_id);
  ReportRequest narrowed = request;
  narrowed.compare = {};
  narrowed.compare_also.clear();
  narrowed.group_by = member_dimension;  // a member's figures come from the same grouping as in the table
  const Result<Report> made = make_report(dataset, narrowed);
  if (!made.ok()) return made.error();
  const Report& report = made.value();
  const std::int64_t member = report.group == nullptr ? -1 : report.group->find(member_key);
  if (report.group != nullptr && member < 0) return Error{Code::dimension_unknown, {{"id", member_key}, {"nearest", std::string()}}};
  const auto value_of = [&](std::size_t m) -> const Value& {
    return member < 0 ? report.measures[m].total : report.measures[m].by_member[static_cast<std::size_t>(member)];
  };
  const Formulas formulas = formulas_in_force(catalog, report);
  Evaluation evaluation(catalog, formulas);
  evaluation.run(value_of);
  const Expression& formula = formulas.at(static_cast<std::size_t>(kpi - catalog.kpis().data()));
  Explanation explanation{kpi, trace(formula, evaluation.make_lookup(value_of), [&](std::string_view id) { return formulas.of(id); }), {}, {}};
  for (const Measure* measure : formulas.measures_of(formula)) {
    const std::size_t m = index_of(catalog, measure);
    const Undefined* undefined = std::get_if<Undefined>(&explanation.trace.value);
    const bool is_needed = undefined != nullptr && undefined->code == "missing_input" &&
                           std::find(undefined->arguments.begin(), undefined->arguments.end(), measure->id) != undefined->arguments.end();
    if (is_needed) explanation.missing.push_back(measure);
    const Undefined* own = std::get_if<Undefined>(&value_of(m));
    const bool is_left_out = own != nullptr && own->code == "missing_input" && !is_needed;  // the other side of a +?
    if (!is_left_out) explanation.inputs.push_back({measure, value_of(m), report.measures[m].files});
  }
  return explanation;
}

std::vector<Opportunity> next_tables(const Dataset& dataset, const Report& report) {
  const Catalog& catalog = dataset.catalog();
  std::vector<Opportunity> found;
  for (const TableSchema& schema : catalog.tables()) {
    if (schema.is_lookup || dataset.has_kind(schema.id)) continue;
    Opportunity opportunity{schema.id, {}};
    for (const KpiResult& k : report.kpis) {
      const Undefined* undefined = std::get_if<Undefined>(&k.value);
      if (undefined == nullptr || undefined->code != "missing_input") continue;
      const bool is_opened = std::all_of(undefined->arguments.begin(), undefined->arguments.end(), [&](const std::string& id) {
        const Measure* measure = catalog.measure(id);
        return measure != nullptr && std::any_of(measure->sources.begin(), measure->sources.end(),
                                                 [&](const MeasureSource& s) { return s.table == schema.id; });
      });
      if (is_opened && !undefined->arguments.empty()) opportunity.kpis.push_back(k.kpi->id);
    }
    if (!opportunity.kpis.empty()) found.push_back(std::move(opportunity));
  }
  sort_list(found, [](const Opportunity& a, const Opportunity& b) { return a.kpis.size() > b.kpis.size(); });
  return found;
}

}  // namespace kpi
