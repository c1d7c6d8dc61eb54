#include "core/engine/other_values.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <utility>

namespace kpi {
namespace {

const char* const kLagDays = "lag_days";
const char* const kCycle = "median_cycle_days_from_creation";

std::size_t index_of(const Catalog& catalog, std::string_view measure) {
  return static_cast<std::size_t>(catalog.measure(measure) - catalog.measures().data());
}

/// A value of a measure or, through its formula, of a KPI.
Value value_of(const Catalog& catalog, std::string_view id, const std::function<Value(std::size_t)>& measures) {
  if (catalog.measure(id) != nullptr) return measures(index_of(catalog, id));
  const Kpi* kpi = catalog.kpi(id);
  return evaluate(*kpi->formula, [&](std::string_view part) { return value_of(catalog, part, measures); });
}

void want(const Catalog& catalog, std::string_view id, std::vector<bool>& wanted) {
  if (catalog.measure(id) != nullptr) {
    wanted[index_of(catalog, id)] = true;
    return;
  }
  for (const std::string& part : references(*catalog.kpi(id)->formula)) want(catalog, part, wanted);
}

/// Where the values of another window go.
enum class Part : std::uint8_t { kTotals, kBuckets, kBoth };

class OtherValues {
 public:
  OtherValues(const AggregateScope& scope, std::vector<MeasureResult>& results) : scope_(scope), catalog_(scope.dataset.catalog()), results_(results) {
    for (const auto& t : scope.dataset.tables()) {
      if (t->first_day != kNoDay) data_first_ = data_first_ == kNoDay ? t->first_day : std::min(data_first_, t->first_day);
    }
  }

  void run() {
    for (const Earlier earlier : {Earlier::kNone, Earlier::kPeriod, Earlier::kLag}) {
      std::vector<std::size_t> open;
      for (std::size_t m = 0; m < results_.size(); ++m) {
        const Measure& measure = catalog_.measures()[m];
        if (!measure.of.empty() && measure.earlier == earlier && is_missing(results_[m].total)) open.push_back(m);
      }
      if (open.empty()) continue;
      if (earlier == Earlier::kNone) add_whole(open);
      if (earlier == Earlier::kPeriod) add_periods(open);
      if (earlier == Earlier::kLag) add_lagged(open);
    }
  }

 private:
  static bool is_missing(const Value& value) {
    const Undefined* undefined = std::get_if<Undefined>(&value);
    return undefined != nullptr && undefined->code == "missing_input";
  }

  /// Those whose other value exists at all: without spend no window of spend is looked at. The others say what is missing.
  std::vector<std::size_t> known(const std::vector<std::size_t>& open) {
    std::vector<std::size_t> found;
    for (const std::size_t m : open) {
      const Value now = value_of(catalog_, catalog_.measures()[m].of, [&](std::size_t other) { return results_[other].total; });
      if (is_missing(now)) {
        fill(m, now, Part::kBoth);
      } else {
        found.push_back(m);
      }
    }
    return found;
  }

  void fill(std::size_t m, const Value& value, Part part) {
    MeasureResult& result = results_[m];
    if (part != Part::kBuckets) {
      result.total = value;
      std::fill(result.by_member.begin(), result.by_member.end(), value);
    }
    if (part != Part::kTotals) std::fill(result.by_bucket.begin(), result.by_bucket.end(), value);
  }

  void add_whole(const std::vector<std::size_t>& open) {
    for (const std::size_t m : known(open)) {
      const MeasureResult& other = results_[index_of(catalog_, catalog_.measures()[m].of)];
      MeasureResult& result = results_[m];
      result.total = other.total;
      result.by_bucket = other.by_bucket;
      result.files = other.files;
      std::fill(result.by_member.begin(), result.by_member.end(), other.total);
    }
  }

  void add_periods(const std::vector<std::size_t>& open) {
    const std::vector<std::size_t> measures = known(open);
    if (measures.empty()) return;
    const Undefined undated{"no_date", {catalog_.measures()[measures[0]].of}};
    const std::optional<Window> before = scope_.window.is_unbounded ? std::nullopt : compare_window(scope_.window, CompareKind::kPreviousPeriod);
    // The data seldom begin on the first of a month: the period in which they begin counts as theirs.
    const Day earliest = scope_.window.calendar.start(data_first_, scope_.window.grain);
    if (before && before->first >= earliest) {
      take(measures, *before, Part::kTotals, earliest);
    } else {
      for (const std::size_t m : measures) fill(m, undated, Part::kTotals);
    }
    Window shifted = scope_.window;
    if (shifted.buckets.empty()) return;
    const Bucket first = shifted.buckets.front();
    std::rotate(shifted.buckets.rbegin(), shifted.buckets.rbegin() + 1, shifted.buckets.rend());
    const Day start = shifted.calendar.start(first.first - 1, shifted.grain);
    shifted.buckets.front() = {start, first.first - 1, false};
    shifted.first = start;
    shifted.last = shifted.buckets.back().last;
    shifted.is_unbounded = false;
    take(measures, shifted, Part::kBuckets, earliest);
  }

  void add_lagged(const std::vector<std::size_t>& open) {
    const std::vector<std::size_t> measures = known(open);
    if (measures.empty()) return;
    const auto typed = scope_.parameters.find(kLagDays);
    const Quantity* cycle = std::get_if<Quantity>(&results_[index_of(catalog_, kCycle)].total);
    if (typed == scope_.parameters.end() && cycle == nullptr) {
      for (const std::size_t m : measures) fill(m, Undefined{"missing_input", {kLagDays}}, Part::kBoth);
      return;
    }
    const double days = std::round(typed != scope_.parameters.end() ? typed->second : cycle->value);
    const bool is_usable = days >= 0 && days < 36500 && !scope_.window.is_unbounded && scope_.window.first - static_cast<Day>(days) >= data_first_;
    if (!is_usable) {
      for (const std::size_t m : measures) fill(m, Undefined{"no_date", {catalog_.measures()[m].of}}, Part::kBoth);
      return;
    }
    Window shifted = scope_.window;
    const Day lag = static_cast<Day>(days);
    shifted.first -= lag;
    shifted.last -= lag;
    for (Bucket& bucket : shifted.buckets) {
      bucket.first -= lag;
      bucket.last -= lag;
    }
    take(measures, shifted, Part::kBoth, data_first_);
  }

  /// Buckets that begin before `earliest` get no value.
  void take(const std::vector<std::size_t>& measures, const Window& window, Part part, Day earliest) {
    std::vector<bool> wanted(results_.size(), false);
    for (const std::size_t m : measures) want(catalog_, catalog_.measures()[m].of, wanted);
    const std::vector<MeasureResult> there =
        aggregate(scope_.dataset, window, scope_.filters, scope_.group, scope_.parameters, scope_.stages, {std::string(scope_.currency)}, &wanted);
    for (const std::size_t m : measures) {
      const std::string& of = catalog_.measures()[m].of;
      MeasureResult& result = results_[m];
      const bool is_stock = catalog_.measure(of) != nullptr && there[index_of(catalog_, of)].is_stock;
      if (is_stock) {
        fill(m, Undefined{"no_date", {of}}, part);
        continue;
      }
      if (part != Part::kBuckets) {
        result.total = value_of(catalog_, of, [&](std::size_t other) { return there[other].total; });
        for (std::size_t member = 0; member < result.by_member.size(); ++member) {
          result.by_member[member] = value_of(catalog_, of, [&](std::size_t other) { return there[other].by_member[member]; });
        }
        if (catalog_.measure(of) != nullptr) result.files = there[index_of(catalog_, of)].files;
      }
      if (part == Part::kTotals) continue;
      for (std::size_t b = 0; b < result.by_bucket.size() && b < window.buckets.size(); ++b) {
        result.by_bucket[b] = value_of(catalog_, of, [&](std::size_t other) { return there[other].by_bucket[b]; });
        if (window.buckets[b].first < earliest) result.by_bucket[b] = Undefined{"no_date", {of}};
      }
    }
  }

  const AggregateScope& scope_;
  const Catalog& catalog_;
  std::vector<MeasureResult>& results_;
  Day data_first_ = kNoDay;
};

}  // namespace

void add_other_values(const AggregateScope& scope, std::vector<MeasureResult>& results) { OtherValues(scope, results).run(); }

}  // namespace kpi
