// How complete young cohorts are: part of those who will convert have not had the time yet.
#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/aggregate.h"

namespace kpi {

/// The share of conversions that have happened by each age, learnt from conversions of cohorts of all ages.
///
/// Shape   Each conversion has a lag (days from entry to conversion) and the age of its cohort (days from entry to the last day of the
///         data); lags longer than the age are not seen. F(t) = product over s > t of 1 - d(s) / R(s), with d(s) conversions of lag s
///         and R(s) those with lag <= s <= age: the product limit for data truncated on the right, the chain ladder by days.
/// Limits  F is 1 at the longest age seen: what takes longer than the data reach back is unknown.
/// Source  Lynden-Bell 1971, Mon. Not. R. Astron. Soc. 155, 95-118; Lagakos, Barraj, De Gruttola 1988, Biometrika 75, 515-523.
/// Cost    O(1) to add, O(longest age) to finish.
class CompletionCurve {
 public:
  /// `lag` from 0 to `age`; conversions dated before their entry count as of the same day.
  void add(std::int32_t age, std::int32_t lag);
  void finish();
  /// Share of the conversions that have happened by `age` days; 1 from the longest age on. After finish().
  double completed(std::int32_t age) const;
  std::uint64_t conversions() const { return conversions_; }

 private:
  std::vector<std::int64_t> at_lag_, at_risk_;  // by day; at_risk_ as differences until finish()
  std::vector<double> completed_;
  std::uint64_t conversions_ = 0;
};

/// Fewer conversions than this tell no curve.
constexpr std::uint64_t kLeastConversions = 20;
/// A cohort is young while less than this share of its conversions can have happened.
constexpr double kMature = 0.95;

/// Shares 0..1: of the window's cohort and of each period's. Undefined: "too_few_rows" {measure} with fewer than kLeastConversions dated
/// conversions, "no_rows" for a period without anybody.
struct Maturity {
  Value total;
  std::vector<Value> series;
};

/// Of a rate on cohort basis, whose formula is a measure of those who came further over a measure of those who entered.
/// The curve is learnt from all periods under the same filters, the ages run to the last day of the leads and deals.
/// Cost    O(rows) of the numerator's tables.
Maturity cohort_maturity(const Dataset& dataset, const Window& window, const std::vector<Filter>& filters, const Expression& cohort, StageRule stages);

}  // namespace kpi
