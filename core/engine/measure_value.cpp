#include "core/engine/measure_value.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/engine/observed_values.h"

namespace kpi {
namespace {

MeasureResult same_everywhere(const MeasureScope& scope, const Value& value) {
  MeasureResult result;
  result.total = value;
  result.by_bucket.assign(scope.window.buckets.size(), value);
  result.by_member.assign(scope.group == nullptr ? 0 : scope.group->members().size(), value);
  return result;
}

MeasureResult parameter_value(const MeasureScope& scope, const Measure& measure) {
  const auto it = scope.parameters.find(measure.id);
  // Not as one conditional expression: GCC 12 loses the strings of an initializer list inside one.
  if (it != scope.parameters.end()) return same_everywhere(scope, Quantity{it->second, {}});
  if (measure.standard) return same_everywhere(scope, Quantity{*measure.standard, {}});
  return same_everywhere(scope, Undefined{"missing_input", {measure.id}});
}

Value days_between(const Measure& measure, Day first, Day last) {
  if (first == kNoDay) return Undefined{"no_date", {measure.id}};
  return Quantity{static_cast<double>(last - first + 1), {}};
}

MeasureResult calendar_value(const MeasureScope& scope, const Measure& measure) {
  if (measure.standard) return same_everywhere(scope, Quantity{*measure.standard, {}});
  MeasureResult result = same_everywhere(scope, days_between(measure, scope.window.first, scope.window.last));
  for (std::size_t b = 0; b < scope.window.buckets.size(); ++b) {
    result.by_bucket[b] = days_between(measure, scope.window.buckets[b].first, scope.window.buckets[b].last);
  }
  return result;
}

class Finish {
 public:
  Finish(const MeasureScope& scope, const Accumulator& a) : scope_(scope), a_(a) {}

  /// `observed`: the cell's median or number of different keys, where the measure is one.
  Value value(const Cell& cell, bool is_known, const double* observed) const {
    const std::string& id = a_.measure->id;
    if (!a_.has_source) return Undefined{"missing_input", {id}};
    if (!a_.knows_filters) return Undefined{"not_by_dimension", filter_ids()};
    if (!scope_.window.is_unbounded && !a_.is_dated && !a_.is_stock) return Undefined{"no_date", {id}};
    if (cell.has_spanning) return Undefined{"total_spans_period", {id}};
    const std::uint64_t parts = cell.rows + cell.typed;
    const bool is_median_of_none = observed != nullptr && (a_.is_median || a_.is_auc);
    if (parts == 0 && (!is_known || cell.has_blank || is_median_of_none || a_.is_typed_only)) return Undefined{"no_rows", {id}};
    if (cell.currency == kMixed) return Undefined{"currency_mixed", {id}};
    const bool adds_up = a_.measure->is_additive || a_.measure->stock != Stock::kNone || a_.is_count;
    const bool is_observed = observed != nullptr && cell.typed == 0;
    const bool is_state_twice = a_.measure->stock != Stock::kNone && cell.rows > 0 && cell.typed > 0;
    if (is_state_twice || (a_.has_mixed_kinds && parts > 0)) return Undefined{"not_additive", {id}};
    if (!adds_up && !is_observed && parts > 1) return Undefined{"not_additive", {id}};
    const std::string_view currency = scope_.currencies.code(cell.currency);
    if (is_observed && std::isnan(*observed)) return Undefined{"too_few_rows", {id}};
    if (is_observed) return Quantity{*observed, currency};
    const double value = cell.sum.value() + (a_.is_count ? static_cast<double>(cell.rows) : 0);
    if (!std::isfinite(value)) return Undefined{"not_finite", {id}};
    return Quantity{value, currency};
  }

 private:
  std::vector<std::string> filter_ids() const {
    std::vector<std::string> ids;
    for (const Filter& f : scope_.filters) ids.push_back(f.dimension->id());
    return ids;
  }

  const MeasureScope& scope_;
  const Accumulator& a_;
};

/// All periods together. A state counts once, as it was at its end of the window.
Cell window_total(const Accumulator& a) {
  Cell total;
  if (a.measure->stock != Stock::kNone) {
    total.add(a.by_slot.back());
    total.add(a.at_edge);
    return total;
  }
  for (const Cell& cell : a.by_slot) total.add(cell);
  total.has_spanning = a.is_window_spanned;
  return total;
}

}  // namespace

MeasureResult finish_measure(const MeasureScope& scope, Accumulator& a) {
  if (a.measure->is_parameter) return parameter_value(scope, *a.measure);
  if (a.measure->is_calendar) return calendar_value(scope, *a.measure);
  MeasureResult result;
  result.files = std::move(a.files);
  result.is_stock = a.is_stock;
  const Window& window = scope.window;
  const Finish finish(scope, a);
  const bool is_observed = a.is_median || a.is_unique || a.is_auc;
  const ObservedValues values = is_observed ? observed_values(a) : ObservedValues();
  const auto covers = [&](Day first, Day last) { return a.first_day != kNoDay && first <= a.last_day && last >= a.first_day; };
  const bool is_window_known = window.is_unbounded || a.is_stock || window.buckets.empty() || covers(window.first, window.last);
  result.total = finish.value(window_total(a), is_window_known, is_observed ? &values.all : nullptr);
  for (std::size_t b = 0; b < window.buckets.size(); ++b) {
    const bool is_known = covers(window.buckets[b].first, window.buckets[b].last);
    if (!a.is_dated && a.has_source && a.knows_filters) {
      result.by_bucket.push_back(Undefined{"no_date", {a.measure->id}});
    } else {
      result.by_bucket.push_back(finish.value(a.by_slot[b], is_known, is_observed ? &values.slots[b] : nullptr));
    }
  }
  for (std::size_t m = 0; m < a.by_member.size(); ++m) {
    if (a.has_source && !a.knows_group) {
      result.by_member.push_back(Undefined{"not_by_dimension", {scope.group->id()}});
      continue;
    }
    // No row at all for the member: nothing is known about its sums, but there were certainly no events to count.
    const bool is_known = is_window_known && (a.is_count || a.member_has_rows[m]);
    result.by_member.push_back(finish.value(a.by_member[m], is_known, is_observed ? &values.members[m] : nullptr));
  }
  return result;
}

}  // namespace kpi
