// What the models of repeat buying know of a customer: how often, how recently, and for how long.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

/// One customer's repeat purchases. Times are in any one unit (weeks as a rule) from the first purchase, which is not counted.
struct RecencyFrequency {
  std::uint32_t frequency = 0;  // x: repeat purchases, not more than kMostRepeats
  double recency = 0;           // t_x: when the last one was; 0 where there is none
  double age = 0;               // T: how long the customer is known

  friend bool operator==(const RecencyFrequency&, const RecencyFrequency&) = default;
};

constexpr std::uint32_t kMostRepeats = 100000;
/// Fewer customers with a repeat purchase than this tell four parameters nothing; some hundred customers are advisable.
constexpr std::uint32_t kLeastRepeaters = 10;

/// Customers whom a model cannot tell apart, counted once.
struct RecencyFrequencyGroup {
  RecencyFrequency pattern;
  double customers = 0;
};

/// Sorted by frequency, recency and age. Exact: a likelihood over the groups is the one over the customers.
/// Errors  "no_rows"; "not_finite"; "out_of_range" unless 0 <= recency <= age, and recency is 0 where frequency is.
/// Cost    O(n log n).
Outcome<std::vector<RecencyFrequencyGroup>> group_customers(std::span<const RecencyFrequency> customers);

}  // namespace kpi
