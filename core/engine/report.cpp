#include "core/engine/report.h"

#include <algorithm>
#include <functional>

#include "core/base/order.h"
#include "core/catalog/nearest.h"

namespace kpi {
namespace {

/// Positions in a list by id.
class IdIndex {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  template <class T>
  explicit IdIndex(const std::vector<T>& items) {
    order_ = sorted_order(items.size(), [&](std::size_t a, std::size_t b) { return items[a].id < items[b].id; });
    for (const std::size_t i : order_) ids_.push_back(items[i].id);
  }
  std::size_t find(std::string_view id) const {
    const auto it = std::lower_bound(ids_.begin(), ids_.end(), id);
    return it == ids_.end() || *it != id ? kNone : order_[static_cast<std::size_t>(it - ids_.begin())];
  }

 private:
  std::vector<std::size_t> order_;
  std::vector<std::string_view> ids_;
};

/// Values of all KPIs over one set of measure values: each KPI once, after those it needs.
class Evaluation {
 public:
  explicit Evaluation(const Catalog& catalog)
      : catalog_(catalog), values_(catalog.kpis().size(), Value(Undefined{"missing_input", {}})), measures_(catalog.measures()), kpis_(catalog.kpis()) {}

  /// `measure` gives the value of measure number m.
  const std::vector<Value>& run(const std::function<const Value&(std::size_t)>& measure) {
    const Lookup lookup = make_lookup(measure);
    for (const std::size_t k : catalog_.evaluation_order()) values_[k] = evaluate(*catalog_.kpis()[k].formula, lookup);
    return values_;
  }

  /// After run(): the value of any measure or KPI.
  Lookup make_lookup(const std::function<const Value&(std::size_t)>& measure) const {
    // A measure wins over a KPI of the same id: KPIs that only show a measure are called like it.
    return [this, measure](std::string_view id) -> Value {
      if (const std::size_t m = measures_.find(id); m != IdIndex::kNone) return measure(m);
      const std::size_t k = kpis_.find(id);
      if (k == IdIndex::kNone) return Undefined{"missing_input", {std::string(id)}};
      return values_[k];
    };
  }

 private:
  const Catalog& catalog_;
  std::vector<Value> values_;
  IdIndex measures_, kpis_;
};

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

/// Numerator, denominator and interval of a rate: its formula is one division of counts.
void add_interval(KpiResult& result, const Lookup& lookup) {
  const Expression& formula = *result.kpi->formula;
  if (!result.kpi->is_rate || formula.kind != Expression::Kind::kDivide) return;
  const Value top = evaluate(*formula.left, lookup);
  const Value bottom = evaluate(*formula.right, lookup);
  const Quantity* n = std::get_if<Quantity>(&top);
  const Quantity* d = std::get_if<Quantity>(&bottom);
  if (n == nullptr || d == nullptr) return;
  result.numerator = n->value;
  result.denominator = d->value;
  if (d->value > 0 && n->value >= 0 && n->value <= d->value) result.interval = wilson_interval(n->value, d->value);
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

void collect_measures(const Catalog& catalog, const Expression& expression, std::vector<const Measure*>& found) {
  for (const std::string& id : references(expression)) {
    if (const Measure* measure = catalog.measure(id)) {
      if (std::find(found.begin(), found.end(), measure) == found.end()) found.push_back(measure);
    } else if (const Kpi* kpi = catalog.kpi(id)) {
      collect_measures(catalog, *kpi->formula, found);
    }
  }
}

std::size_t index_of(const Catalog& catalog, const Measure* measure) {
  return static_cast<std::size_t>(measure - catalog.measures().data());
}

/// Deals are counted among the deals where there are any, and else by the leads' own columns. The choice is made for each measure, so
/// that one formula can end up with both.
bool mixes_deal_sources(const Catalog& catalog, const std::vector<MeasureResult>& measures, const Kpi& kpi) {
  std::vector<const Measure*> inputs;
  collect_measures(catalog, *kpi.formula, inputs);
  bool from_deals = false, from_leads = false;
  for (const Measure* measure : inputs) {
    for (const FileUse& use : measures[index_of(catalog, measure)].files) {
      from_deals = from_deals || use.source->table == "opportunities";
      from_leads = from_leads || use.source->note == "own_deal_fields";
    }
  }
  return from_deals && from_leads;
}

/// Whether a +? in the formula, or in a KPI that it needs, leaves out a part for which other figures exist: that a part was never
/// supplied is the definition in force, that it lacks this period or member alone is a gap.
bool leaves_out_parts(const Catalog& catalog, const Expression& e, const Lookup& lookup) {
  if (e.kind == Expression::Kind::kReference) {
    const Expression* formula = formula_of(catalog, e.reference);
    return formula != nullptr && leaves_out_parts(catalog, *formula, lookup);
  }
  if (e.kind == Expression::Kind::kAddKnown) {
    for (const Expression* side : {e.left.get(), e.right.get()}) {
      const Value value = evaluate(*side, lookup);
      const Undefined* undefined = std::get_if<Undefined>(&value);
      if (undefined != nullptr && undefined->code != "missing_input") return true;
    }
  }
  return e.left != nullptr && (leaves_out_parts(catalog, *e.left, lookup) || leaves_out_parts(catalog, *e.right, lookup));
}

void add_checks(const Catalog& catalog, const std::vector<MeasureResult>& measures, std::vector<KpiResult>& kpis) {
  const auto total = [&](std::string_view id) -> std::optional<double> {
    for (std::size_t m = 0; m < measures.size(); ++m) {
      if (catalog.measures()[m].id != id) continue;
      const Quantity* q = std::get_if<Quantity>(&measures[m].total);
      return q == nullptr ? std::nullopt : std::optional<double>(q->value);
    }
    return std::nullopt;
  };
  const std::optional<double> clicks = total("clicks"), impressions = total("impressions");
  const std::optional<double> lost_deals = total("lost_deals"), lost_amount = total("lost_amount");
  for (KpiResult& k : kpis) {
    // Many teams clear the amount of a lost deal: the rate by amount is then 100 % whatever was lost.
    const bool has_rate = k.kpi->id == "win_rate_by_amount" && std::holds_alternative<Quantity>(k.value);
    if (has_rate && lost_deals.value_or(0) > 0 && lost_amount == 0.0) k.checks.push_back("lost_without_amounts");
    if (k.kpi->id == "click_through_rate" && clicks && impressions && *clicks > *impressions) k.checks.push_back("clicks_exceed_impressions");
    const Quantity* q = std::get_if<Quantity>(&k.value);
    if (q != nullptr && mixes_deal_sources(catalog, measures, *k.kpi)) k.checks.push_back("deal_sources_mixed");
    const std::optional<double> days = total("days_in_period");
    if (q != nullptr && k.kpi->id == "customer_churn_rate_yearly" && (days.value_or(30) < 28 || days.value_or(30) > 31)) k.checks.push_back("period_not_a_month");
    if (q != nullptr && k.kpi->display == "days" && q->value < 0) k.checks.push_back("negative_duration");
  }
}

}  // namespace

Result<ReportScope> open_scope(const Dataset& dataset, const ReportRequest& request) {
  ReportScope scope;
  if (request.from && request.to && *request.from > *request.to) {
    return Error{Code::date_invalid, {{"at", "from"}, {"text", format_iso_date(*request.from)}}};
  }
  for (const auto& t : dataset.tables()) widen(scope.data_first, scope.data_last, t->first_day, t->last_day);
  scope.window = make_window(request.from, request.to, request.grain, scope.data_first, scope.data_last);
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
  report.compare = request.compare;
  report.compare_back = request.compare_back;
  if (group != nullptr) {
    group->count_rows();
    report.member_order = order_members(*group);
  }
  report.measures = aggregate(dataset, report.window, filters, group.get(), request.parameters);
  for (const Kpi& kpi : catalog.kpis()) report.kpis.push_back({&kpi, Undefined{"missing_input", {}}, {}, {}, {}, {}, {}, {}, {}, {}});

  Evaluation evaluation(catalog);
  add_series(evaluation, report.measures, report.window.buckets.size(), report.kpis, &KpiResult::series);
  for (const std::size_t member : report.member_order) {
    const std::vector<Value>& values = evaluation.run([&](std::size_t m) -> const Value& { return report.measures[m].by_member[member]; });
    for (std::size_t k = 0; k < report.kpis.size(); ++k) report.kpis[k].by_member.push_back(values[k]);
  }
  report.compared = compare_window(report.window, request.compare, request.compare_back);
  if (report.compared) {
    std::vector<MeasureResult> before = aggregate(dataset, *report.compared, filters, nullptr, request.parameters);
    for (std::size_t m = 0; m < before.size(); ++m) {
      if (before[m].is_stock) before[m].total = Undefined{"no_date", {catalog.measures()[m].id}};
    }
    add_series(evaluation, before, report.compared->buckets.size(), report.kpis, &KpiResult::compared_series);
    const std::vector<Value>& values = evaluation.run([&](std::size_t m) -> const Value& { return before[m].total; });
    for (std::size_t k = 0; k < report.kpis.size(); ++k) report.kpis[k].compared = values[k];
  }
  const auto totals = [&](std::size_t m) -> const Value& { return report.measures[m].total; };
  const std::vector<Value>& values = evaluation.run(totals);
  const Lookup lookup = evaluation.make_lookup(totals);
  for (std::size_t k = 0; k < report.kpis.size(); ++k) {
    report.kpis[k].value = values[k];
    add_interval(report.kpis[k], lookup);
    const bool has_value = std::holds_alternative<Quantity>(values[k]);
    if (has_value && leaves_out_parts(catalog, *report.kpis[k].kpi->formula, lookup)) report.kpis[k].checks.push_back("part_left_out");
  }
  add_checks(catalog, report.measures, report.kpis);
  report.group = group;
  return report;
}

const Expression* formula_of(const Catalog& catalog, std::string_view id) {
  const Kpi* kpi = catalog.measure(id) == nullptr ? catalog.kpi(id) : nullptr;
  return kpi == nullptr ? nullptr : kpi->formula.get();
}

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
  narrowed.compare = CompareKind::kNone;
  narrowed.group_by = member_dimension;  // a member's figures come from the same grouping as in the table
  const Result<Report> made = make_report(dataset, narrowed);
  if (!made.ok()) return made.error();
  const Report& report = made.value();
  const std::int64_t member = report.group == nullptr ? -1 : report.group->find(member_key);
  if (report.group != nullptr && member < 0) return Error{Code::dimension_unknown, {{"id", member_key}, {"nearest", std::string()}}};
  const auto value_of = [&](std::size_t m) -> const Value& {
    return member < 0 ? report.measures[m].total : report.measures[m].by_member[static_cast<std::size_t>(member)];
  };
  Evaluation evaluation(catalog);
  evaluation.run(value_of);
  const auto own_formula = [&](std::string_view id) { return formula_of(catalog, id); };
  Explanation explanation{kpi, trace(*kpi->formula, evaluation.make_lookup(value_of), own_formula), {}, {}};
  std::vector<const Measure*> measures;
  collect_measures(catalog, *kpi->formula, measures);
  for (const Measure* measure : measures) {
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
