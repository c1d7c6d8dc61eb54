// Orders to what the models of repeat buying need: frequency, recency, age and mean spend of each customer.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/recency_frequency.h"

namespace kpi {

/// Every order counts as a purchase, whatever its amount: leave refunds and cancelled orders out.
struct Order {
  std::uint32_t customer = 0;  // any key
  std::int32_t day = 0;        // days from any origin
  double amount = 0;
};

/// Sorted by customer and day, orders of one customer on one day merged and their amounts added.
/// Errors  "no_rows"; "not_finite" {"amount"}.
/// Cost    O(n log n).
Outcome<std::vector<Order>> merge_same_day(std::span<const Order> orders);

/// The days that models learn from and, later, are tested with. Both ends are included.
struct CalibrationPeriod {
  std::int32_t last_day = 0;
  std::int32_t holdout_last_day = 0;  // last_day where nothing is held out
  double days_per_unit = 7;           // of recency and age: 7 for weeks
};

struct PurchaseHistory {
  std::uint32_t customer = 0;
  std::int32_t first_day = 0;
  RecencyFrequency pattern;             // age = (last_day - first_day) / days_per_unit: a customer of the last day has age 0
  double mean_repeat_spend = 0;         // the first purchase left out; 0 where there is no other
  std::uint32_t holdout_purchases = 0;  // days with a purchase after last_day, up to holdout_last_day
};

struct PurchaseHistories {
  std::vector<PurchaseHistory> customers;  // sorted by key; those who bought by last_day
  std::uint32_t later_customers = 0;       // whose first purchase is after last_day: nothing to learn from
};

/// Errors  those of merge_same_day; "no_rows" {"customers"} where nobody bought by last_day; "out_of_range" {"period"} where it ends before
///         last_day or days_per_unit is not above 0.
/// Source  Fader, Hardie 2005, the RFM summary of the papers; a slip of one day in last_day moves every age.
Outcome<PurchaseHistories> purchase_histories(std::span<const Order> orders, const CalibrationPeriod& period);

}  // namespace kpi
