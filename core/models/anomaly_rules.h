// Which values of a sample stand out, by the rules in common use.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

struct Fences {
  double lower, upper;
};

/// Rules that cannot say anything are undefined by themselves: "denominator_zero" where nothing (or less than half) differs,
/// "too_few_rows" for the z rule of 10 values or fewer, of which none can be 3 standard deviations from the mean.
struct AnomalyRules {
  Outcome<std::vector<double>> z;         // (value - mean) / standard deviation
  Outcome<std::vector<double>> robust_z;  // (value - median) / (1.4826 median absolute deviation)
  double lower_quartile, upper_quartile;  // type 7
  Fences inner, outer;                    // 1.5 and 3 interquartile ranges beyond the quartiles
};

/// Undefined: "no_rows", "not_finite".
/// Source  Tukey 1977, Exploratory Data Analysis; Iglewicz and Hoaglin 1993, How to Detect and Handle Outliers (3.5 for the robust z, which
/// has the factor 0.6745 in front). Cost O(n log n).
Outcome<AnomalyRules> anomaly_rules(const std::vector<double>& values);

/// Indexes, upwards, of those beyond the limit to either side; of those outside the fences.
std::vector<std::size_t> beyond(const std::vector<double>& scores, double limit);
std::vector<std::size_t> outside(const std::vector<double>& values, Fences fences);

/// The limits that go with the scores.
constexpr double kZLimit = 3, kRobustZLimit = 3.5;

}  // namespace kpi
