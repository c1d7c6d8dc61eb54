// Recurring revenue from one period's end to the next: what was won, grew, shrank and was lost, and the retention that follows.
//
// For figures of customers by period as a billing export has them. Changes by day are in core/engine/subscriptions.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

/// What a customer pays at the end of a period. Periods are numbered by whole numbers in a row; no snapshot means 0, several add up.
struct RevenueSnapshot {
  std::uint64_t customer;
  std::int32_t period;
  double amount;  // not negative
};

/// closing = opening + gained + reactivation + expansion - contraction - churn; all are amounts of one currency, not negative.
struct RevenueMovements {
  std::int32_t period;
  double opening, gained, reactivation, expansion, contraction, churn, closing;
  std::uint64_t customers_opening, customers_gained, customers_reactivated, customers_churned, customers_closing;
};

/// From the first period with a snapshot to the last, those without any too; in the first everything is new. A customer who starts and
/// leaves within a period is not seen. At most 6000 periods.
/// Undefined: "no_rows", "not_finite", "out_of_range" (a negative amount, too many periods).
/// Source  Definitions of ChartMogul's help centre (MRR movements). Cost O(n log n + periods).
Outcome<std::vector<RevenueMovements>> revenue_movements(std::vector<RevenueSnapshot> snapshots);

/// Shares 0..1 (net ones may be above 1), each undefined as "denominator_zero" by itself.
struct RetentionRates {
  Outcome<double> gross_revenue_retention;        // (opening - contraction - churn) / opening
  Outcome<double> net_revenue_retention;          // (opening + expansion - contraction - churn) / opening
  Outcome<double> net_with_reactivation;          // the same and reactivation; 1 - net MRR churn as ChartMogul counts it
  Outcome<double> customer_churn;                 // churned / customers_opening
  Outcome<double> customer_churn_with_new;        // churned / (opening + gained + reactivated customers), as Stripe counts it
  Outcome<double> quick_ratio;                    // (gained + reactivation + expansion) / (contraction + churn)
  Outcome<double> average_revenue_per_customer;   // closing / customers_closing
};
RetentionRates retention_rates(const RevenueMovements& movements);

/// Of the customers of the period `then`, what is left of them in the period `now`. The product of the rates in between is another figure.
struct RevenueRetained {
  double net;        // their amount now / their amount then
  double gross;      // the same, each customer's growth left out
  double customers;  // share of them who still pay
};

/// Undefined: as revenue_movements, "denominator_zero" (nobody paid then). Cost O(n log n).
Outcome<RevenueRetained> revenue_retained(std::vector<RevenueSnapshot> snapshots, std::int32_t then, std::int32_t now);

}  // namespace kpi
