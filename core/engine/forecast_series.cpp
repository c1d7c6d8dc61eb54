#include "core/engine/forecast_series.h"

#include <algorithm>
#include <cmath>

namespace kpi {
namespace {

using Kind = Expression::Kind;

class PartsReader {
 public:
  PartsReader(const Catalog& catalog, const Report& report) : catalog_(catalog), report_(report) {}

  /// The division that the formula is at its root, through other KPIs and written factors.
  const Expression* division(const Expression& formula, double& factor) const {
    if (formula.kind == Kind::kDivide) return is_sum(*formula.left) && is_sum(*formula.right) ? &formula : nullptr;
    if (formula.kind == Kind::kMultiply) {
      const bool is_left = formula.left->kind == Kind::kNumber, is_right = formula.right->kind == Kind::kNumber;
      if (is_left == is_right) return nullptr;
      factor *= is_left ? formula.left->number : formula.right->number;
      return division(is_left ? *formula.right : *formula.left, factor);
    }
    const Expression* of = formula.kind == Kind::kReference ? formula_of(formula.reference) : nullptr;
    return of == nullptr ? nullptr : division(*of, factor);
  }

  std::optional<Quantity> at(const Expression& expression, std::size_t bucket) const {
    const Value value = evaluate(expression, [&](std::string_view id) -> Value {
      if (const Measure* measure = catalog_.measure(id)) return report_.measures[static_cast<std::size_t>(measure - catalog_.measures().data())].by_bucket[bucket];
      if (const Kpi* kpi = catalog_.kpi(id)) return report_.kpis[static_cast<std::size_t>(kpi - catalog_.kpis().data())].series[bucket];
      return Undefined{"missing_input", {std::string(id)}};
    });
    const Quantity* q = std::get_if<Quantity>(&value);
    return q == nullptr ? std::nullopt : std::optional(*q);
  }

 private:
  const Expression* formula_of(const std::string& id) const {
    if (catalog_.measure(id) != nullptr) return nullptr;
    const Kpi* kpi = catalog_.kpi(id);
    return kpi == nullptr ? nullptr : report_.kpis[static_cast<std::size_t>(kpi - catalog_.kpis().data())].formula;
  }
  /// What adds up over months: flows and their multiples, sums and differences.
  bool is_sum(const Expression& e) const {
    switch (e.kind) {
      case Kind::kReference: {
        if (const Measure* m = catalog_.measure(e.reference)) {
          return m->is_additive && !m->is_parameter && !m->is_calendar && m->stock == Stock::kNone && m->earlier == Earlier::kNone && m->of.empty();
        }
        const Expression* of = formula_of(e.reference);
        return of != nullptr && is_sum(*of);
      }
      case Kind::kAdd:
      case Kind::kAddKnown:
      case Kind::kSubtract:
        return (is_sum(*e.left) || is_nought(*e.left)) && (is_sum(*e.right) || is_nought(*e.right));
      case Kind::kMultiply:
        return (is_sum(*e.left) && is_fixed(*e.right)) || (is_fixed(*e.left) && is_sum(*e.right));
      default:
        return false;
    }
  }
  static bool is_nought(const Expression& e) { return e.kind == Kind::kNumber && e.number == 0; }
  bool is_fixed(const Expression& e) const {
    if (e.kind == Kind::kNumber) return true;
    const Measure* m = e.kind == Kind::kReference ? catalog_.measure(e.reference) : nullptr;
    return m != nullptr && m->is_parameter;
  }

  const Catalog& catalog_;
  const Report& report_;
};

std::vector<std::size_t> whole_buckets(const Report& report, const KpiResult& result, std::size_t& partial) {
  std::vector<std::size_t> whole;
  for (std::size_t b = 0; b < result.series.size() && b < report.window.buckets.size(); ++b) {
    if (report.window.buckets[b].is_partial) ++partial;
    else whole.push_back(b);
  }
  return whole;
}

const Quantity* known(const KpiResult& result, std::size_t bucket) { return std::get_if<Quantity>(&result.series[bucket]); }

/// False where the KPI is no ratio of two sums that are known from the first month with a value to the last month of both.
bool read_parts(const PartsReader& reader, const KpiResult& result, const std::vector<std::size_t>& whole, const Report& report, ForecastSeries& into) {
  RatioParts parts{RatioKind::kRatio, 1, {}, {}};
  const Expression* division = reader.division(*result.formula, parts.factor);
  if (division == nullptr) return false;
  std::size_t first = 0, last = whole.size();
  while (first < whole.size() && known(result, whole[first]) == nullptr) ++first;
  while (last > first && (!reader.at(*division->left, whole[last - 1]) || !reader.at(*division->right, whole[last - 1]))) --last;
  bool is_part = result.kpi->is_rate && parts.factor == 1;
  ForecastSeries made;
  for (std::size_t i = first; i < last; ++i) {
    const std::optional<Quantity> top = reader.at(*division->left, whole[i]), bottom = reader.at(*division->right, whole[i]);
    if (!top || !bottom || !(top->value >= 0) || !(bottom->value >= 0)) return false;
    const Quantity* value = known(result, whole[i]);
    if ((value != nullptr) != (bottom->value > 0)) return false;
    is_part = is_part && top->value <= bottom->value;
    made.months.push_back(report.window.buckets[whole[i]].first);
    made.values.push_back(value == nullptr ? 0 : value->value);
    made.weights.push_back(bottom->value);
    parts.first.push_back(top->value);
    parts.second.push_back(bottom->value);
    if (value == nullptr) made.gaps.push_back(made.months.back());
  }
  if (is_part) {
    parts.kind = RatioKind::kShare;
    for (std::size_t i = 0; i < parts.first.size(); ++i) parts.second[i] -= parts.first[i];
  }
  into.months = std::move(made.months);
  into.values = std::move(made.values);
  into.weights = std::move(made.weights);
  into.gaps = std::move(made.gaps);
  into.parts = std::move(parts);
  return true;
}

void read_values(const KpiResult& result, const std::vector<std::size_t>& whole, const Report& report, ForecastSeries& into) {
  std::vector<Day> missing;
  std::size_t read = 0;
  for (const std::size_t b : whole) {
    const Quantity* q = known(result, b);
    if (q == nullptr) {
      if (read != 0) missing.push_back(report.window.buckets[b].first);
      continue;
    }
    if (!missing.empty()) {
      into.before_gap = read;
      into.gaps.insert(into.gaps.end(), missing.begin(), missing.end());
      missing.clear();
      into.months.clear();
      into.values.clear();
    }
    ++read;
    into.months.push_back(report.window.buckets[b].first);
    into.values.push_back(q->value);
  }
}

template <class T>
void keep_last(std::vector<T>& list, std::size_t most) {
  if (list.size() > most) list.erase(list.begin(), list.end() - static_cast<std::ptrdiff_t>(most));
}

}  // namespace

ForecastSeries read_forecast_series(const Catalog& catalog, const Report& report, const KpiResult& result, std::size_t most) {
  ForecastSeries series;
  const std::vector<std::size_t> whole = whole_buckets(report, result, series.partial);
  const PartsReader reader(catalog, report);
  if (result.formula == nullptr || !read_parts(reader, result, whole, report, series)) read_values(result, whole, report, series);
  std::vector<std::string_view> currencies;
  for (const std::size_t b : whole) {
    const Quantity* q = known(result, b);
    if (q != nullptr && !q->currency.empty() && std::find(currencies.begin(), currencies.end(), q->currency) == currencies.end()) currencies.push_back(q->currency);
  }
  if (currencies.size() == 1) series.currency = currencies[0];
  if (currencies.size() > 1 && result.kpi->unit.exponent("money") != 0) series.reason = Undefined{"currency_mixed", {result.kpi->id}};
  if (series.months.size() > most) {
    series.cut = series.months.size() - most;
    keep_last(series.months, most);
    keep_last(series.values, most);
    keep_last(series.weights, most);
    if (series.parts) {
      keep_last(series.parts->first, most);
      keep_last(series.parts->second, most);
    }
  }
  return series;
}

}  // namespace kpi
