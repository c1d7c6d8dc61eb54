// Recurring revenue month by month: what was won, came back, grew, shrank and was lost, from one month's end to the next.
#pragma once

#include <vector>

#include "core/engine/subscriptions.h"
#include "core/models/recurring_revenue.h"

namespace kpi {

/// `movements.period` counts months from year 0. closing = opening + gained + reactivation + expansion - contraction - churn, and the
/// closing of a month is the opening of the next, in money as in customers.
struct RevenueMonth {
  Day start;
  bool is_running;  // the last day lies within it: what moved so far, which is no month's rate
  RevenueMovements movements;
};

/// From the month of the first start to that of `last_day`. Prices must be of one currency, and nothing may start after `last_day`; an end
/// after it has not happened yet. The changes are those of subscription_changes, so that a month that is over says what the KPIs say of it;
/// where all prices are above 0 they are revenue_movements of the prices at the months' ends.
/// Cost O(n log n + months).
std::vector<RevenueMonth> revenue_bridge(std::vector<Subscription> all, Day last_day);

/// Several months together: sums over sums, so that large months count for more.
struct MeanMonth {
  std::size_t months = 0;  // that are over and began with customers
  Day first = kNoDay, last = kNoDay;  // days
  Outcome<double> customer_churn = Undefined{"no_rows", {}};        // customers lost / customers at the starts
  Outcome<double> revenue_churn = Undefined{"no_rows", {}};         // contraction and churn / revenue at the starts
  Outcome<double> net_revenue_retention = Undefined{"no_rows", {}}; // as of a month
};

/// Of the last `count` months of `months` that are over.
MeanMonth mean_month(const std::vector<RevenueMonth>& months, std::size_t count);

/// Of those who paid at the end of the month twelve months before the last one that is over: what is left of them.
/// Undefined: too_few_rows {months} where there are fewer than 13 months, those of revenue_retained.
Outcome<RevenueRetained> retained_over_year(const std::vector<Subscription>& all, const std::vector<RevenueMonth>& months);

/// What a rate of loss a month comes to in a year: 1 - (1 - m)^12. 5 % a month are 46 % a year, not 60 %.
double yearly_loss(double monthly);

}  // namespace kpi
