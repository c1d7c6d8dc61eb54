// How much of what will happen has happened by each age: the completion curve of durations that are only seen once they are over.
#pragma once

#include <cstdint>
#include <vector>

#include "core/models/wilson.h"

namespace kpi {

/// The share of conversions that have happened by each age, learnt from conversions of cohorts of all ages.
///
/// Shape   Each conversion has a lag (days from entry to conversion) and the age of its cohort (days from entry to the last day of the
///         data); lags longer than the age are not seen. F(t) = product over s > t of 1 - d(s) / R(s), with d(s) conversions of lag s
///         and R(s) those with lag <= s <= age: the product limit for data truncated on the right, the chain ladder by days.
/// Limits  F is 1 at the longest age seen: what takes longer than the data reach back is unknown. A factor of 0 above the shortest lag (the few
///         cohorts old enough have no quicker conversion) says nothing and is left out, as a link ratio over nothing is.
/// Error   Var(log F(t)) = sum over s > t of d(s) / (R(s) (R(s) - d(s))): Greenwood's formula backwards in time. F(t) of an age at which no
///         conversion has been seen is 0 and has no error of its own.
/// Source  Lynden-Bell 1971, Mon. Not. R. Astron. Soc. 155, 95-118; Lagakos, Barraj, De Gruttola 1988, Biometrika 75, 515-523 (the variance, too);
///         Mack 1993, ASTIN Bulletin 23, 213-225 (the chain ladder and its error).
/// Cost    O(1) to add, O(longest age) to finish.
class CompletionCurve {
 public:
  /// `lag` from 0 to `age`; conversions dated before their entry count as of the same day.
  void add(std::int32_t age, std::int32_t lag);
  void finish();
  /// Share of the conversions that have happened by `age` days; 1 from the longest age on. After finish().
  double completed(std::int32_t age) const;
  /// Variance of the logarithm of completed(age); 0 from the longest age on and where completed() is 0.
  double log_variance(std::int32_t age) const;
  /// completed() less and plus 1.96 errors on the logarithmic scale, at most 1.
  Interval interval(std::int32_t age) const;
  /// The first age by which `share` of the conversions have happened; longest() at most.
  std::int32_t age_of(double share) const;
  /// The longest age of a cohort that a conversion was added of; 0 without any.
  std::int32_t longest() const { return at_lag_.empty() ? 0 : static_cast<std::int32_t>(at_lag_.size()) - 2; }
  std::uint64_t conversions() const { return conversions_; }

 private:
  std::vector<std::int64_t> at_lag_, at_risk_;  // by day; at_risk_ as differences until finish()
  std::vector<double> completed_, log_variance_;
  std::uint64_t conversions_ = 0;
};

}  // namespace kpi
