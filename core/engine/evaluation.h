// Values of all KPIs over one set of measure values: each KPI once, after those it needs.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "core/base/order.h"
#include "core/engine/evaluate.h"
#include "core/engine/formulas.h"

namespace kpi {

/// Positions in a list by id.
class IdIndex {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  template <class T>
  explicit IdIndex(const std::vector<T>& items) {
    order_ = sorted_order(items.size(), [&](std::size_t a, std::size_t b) { return items[a].id < items[b].id; });
    for (const std::size_t i : order_) ids_.push_back(items[i].id);
  }
  std::size_t find(std::string_view id) const;

 private:
  std::vector<std::size_t> order_;
  std::vector<std::string_view> ids_;
};

class Evaluation {
 public:
  /// References both; `formulas` may change between runs.
  Evaluation(const Catalog& catalog, const Formulas& formulas);
  /// `measure` gives the value of measure number m. Values by KPI, until the next run.
  const std::vector<Value>& run(const std::function<const Value&(std::size_t)>& measure);
  /// After run(): the value of any measure or KPI.
  Lookup make_lookup(const std::function<const Value&(std::size_t)>& measure) const;

 private:
  const Catalog& catalog_;
  const Formulas& formulas_;
  std::vector<Value> values_;
  IdIndex measures_, kpis_;
};

}  // namespace kpi
