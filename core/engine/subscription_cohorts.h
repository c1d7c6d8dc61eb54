// Subscribers by the month in which they began: who stays, what they pay, and when that has paid for winning them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/engine/other_values.h"
#include "core/engine/revenue_bridge.h"
#include "core/models/cohort_triangle.h"

namespace kpi {

/// Fewer customers who could leave at an age say nothing of it: the pooled curve ends before.
constexpr double kLeastAtRisk = 10;

struct SubscriptionRows {
  std::uint64_t rows = 0, used = 0, filtered = 0;
  std::uint64_t later = 0;         // begin after the last day
  std::uint64_t never_active = 0;  // end before or when they begin
  std::uint64_t left_out = 0;      // without a start, a customer or a price, or the same id again
};

struct SubscriptionCohorts {
  std::vector<Cohort> cohorts;  // revenue is the monthly price; margin the same times gross_margin, 0 without it
  bool has_margin = false;
  std::string_view currency;
  Day as_of = kNoDay;
  SubscriptionRows rows;
  std::uint64_t customers = 0, active = 0;  // in all; on the last day
  double mrr = 0;                           // on the last day
  /// By age, all cohorts pooled: customers who could leave, and the share of all who never left until then, the product of the shares
  /// that stayed at each age (Kaplan and Meier). [0] is everybody.
  std::vector<double> at_risk, survival;
  std::vector<Subscription> used;    // in the report's currency; the dataset must live as long
  std::vector<RevenueMonth> months;  // from the first start on, whatever the window's beginning
  Outcome<RevenueRetained> year = Undefined{"no_rows", {}};
};

/// A customer counts at an age with what is active on that calendar month's last day, as the KPIs of recurring revenue count; in the first
/// month, with what was active last in it, so that who came and left within it is not forgotten. Who comes back counts again in the
/// triangle, but not in `survival`. The month that still runs is immature: what is active so far.
/// The last day is the window's, or that of the tables of subscriptions where they end before.
/// Undefined: missing_input {mrr}, not_by_dimension, no_rows, currency_mixed {mrr}, out_of_range {gross_margin}.
/// Cost O(rows log rows + customers months).
Outcome<SubscriptionCohorts> subscription_cohorts(const AggregateScope& scope);

}  // namespace kpi
