// Subscriptions: which are active on a day, and what each customer's changes add up to.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/catalog/catalog.h"
#include "core/engine/dataset.h"

namespace kpi {

/// One row of a `subscriptions` table with a start, a customer and a monthly price. Active on a day when start <= day and end is
/// none or later: the end is the first day without it.
struct Subscription {
  const FileTable* table;
  std::size_t row;
  std::uint64_t customer;
  Day start, end;  // end == kNoDay: still running
  double mrr;
  std::string_view currency;  // ISO code, or empty
  bool is_active(Day day) const { return start <= day && (end == kNoDay || end > day); }
};

/// What a customer's changes within one calendar month come to, all of its subscriptions together, from the end of one month to the
/// end of the next: one that ends in the month in which another begins is no churn but the difference of the two.
struct SubscriptionChange {
  const Subscription* subscription;  // that caused it: its row says channel, product ...
  Day day;                           // of the last such cause in the month
  Movement movement;
  double amount;  // of monthly price, not negative
  bool is_mixed;  // the prices before and after are in different currencies: their difference means nothing
};

/// A subscription begins or ends.
struct SubscriptionEdge {
  const Subscription* subscription;
  Day day;
  bool is_start;
};

/// Rows that lack a start, a customer or a price, and repeats of an id, are left out. Cost O(rows).
std::vector<Subscription> subscriptions(const Dataset& dataset);

/// Begins and ends, in the order of the rows; subscriptions that end before they begin have none.
std::vector<SubscriptionEdge> subscription_edges(const std::vector<Subscription>& all);

/// By customer, then by month. From the end of a month to the end of a later one, the price of what is active changes by exactly
/// new + reactivation + expansion - contraction - churn in between.
/// Cost O(rows log rows).
std::vector<SubscriptionChange> subscription_changes(const std::vector<Subscription>& all);

}  // namespace kpi
