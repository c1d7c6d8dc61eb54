// How well a model of repeat buying describes the customers it was fitted to, and those after: what a chart of fit shows.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/purchase_history.h"

namespace kpi {

/// Customers by number of repeat purchases: 0, 1, ... and, last, that many and more.
struct FrequencyFit {
  std::vector<double> actual, expected;
};

/// Shape   `probability` is P(X(t) = count) of a new customer; `bins` >= 2, the last one open.
/// Errors  "out_of_range" {"bins"}; those of group_customers; "not_finite" where a probability is not.
/// Cost    `bins` probabilities per different age.
Outcome<FrequencyFit> frequency_fit(std::span<const RecencyFrequency> customers, std::uint32_t bins,
                                    const std::function<double(std::uint32_t count, double t)>& probability);

/// Repeat purchases of all customers up to each time since `origin_day`, cumulated: what happened, and what was to be expected.
struct RepeatTracking {
  std::vector<double> actual, expected;
};

/// Shape   `times` in units; time w covers the days before origin_day + w days_per_unit. `expectation` is E[X(t)] of a new customer, who
///         counts from the first purchase on; orders of one customer on one day are one purchase.
/// Errors  those of merge_same_day; "out_of_range" {"period"} where days_per_unit is not above 0; "not_finite" {"times" or "expectation"}.
/// Cost    O(n log n), and an expectation per time and different first day.
Outcome<RepeatTracking> track_repeats(std::span<const Order> orders, std::int32_t origin_day, std::span<const double> times, double days_per_unit,
                                      const std::function<double(double t)>& expectation);

}  // namespace kpi
