#include "core/models/purchase_history.h"

#include <cmath>
#include <tuple>

#include "core/base/order.h"
#include "core/base/sum.h"

namespace kpi {

Outcome<std::vector<Order>> merge_same_day(std::span<const Order> orders) {
  if (orders.empty()) return Undefined{"no_rows", {"orders"}};
  std::vector<Order> sorted(orders.begin(), orders.end());
  for (const Order& order : sorted) {
    if (!std::isfinite(order.amount)) return Undefined{"not_finite", {"amount"}};
  }
  sort_list(sorted, [](const Order& a, const Order& b) { return std::tie(a.customer, a.day) < std::tie(b.customer, b.day); });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < sorted.size(); ++kept) {
    Order day = sorted[i];
    Sum amount;
    for (; i < sorted.size() && sorted[i].customer == day.customer && sorted[i].day == day.day; ++i) amount.add(sorted[i].amount);
    day.amount = amount.value();
    if (!std::isfinite(day.amount)) return Undefined{"not_finite", {"amount"}};
    sorted[kept] = day;
  }
  sorted.resize(kept);
  return sorted;
}

Outcome<PurchaseHistories> purchase_histories(std::span<const Order> orders, const CalibrationPeriod& period) {
  if (!(period.days_per_unit > 0) || !std::isfinite(period.days_per_unit) || period.holdout_last_day < period.last_day) {
    return Undefined{"out_of_range", {"period"}};
  }
  const Outcome<std::vector<Order>> merged = merge_same_day(orders);
  if (!merged.ok()) return merged.reason();
  const std::vector<Order>& days = merged.value();
  const auto units = [&period](std::int32_t from, std::int32_t to) { return (static_cast<double>(to) - from) / period.days_per_unit; };
  PurchaseHistories out;
  for (std::size_t i = 0; i < days.size();) {
    const Order& first = days[i];
    PurchaseHistory history{first.customer, first.day, {0, 0, units(first.day, period.last_day)}, 0, 0};
    Sum spend;
    for (++i; i < days.size() && days[i].customer == first.customer; ++i) {
      if (days[i].day > period.last_day) {
        history.holdout_purchases += days[i].day <= period.holdout_last_day ? 1 : 0;
        continue;
      }
      ++history.pattern.frequency;
      history.pattern.recency = units(first.day, days[i].day);
      spend.add(days[i].amount);
    }
    if (first.day > period.last_day) {
      ++out.later_customers;
      continue;
    }
    if (history.pattern.frequency > 0) history.mean_repeat_spend = spend.value() / history.pattern.frequency;
    if (!std::isfinite(history.mean_repeat_spend)) return Undefined{"not_finite", {"amount"}};
    out.customers.push_back(history);
  }
  if (out.customers.empty()) return Undefined{"no_rows", {"customers"}};
  return out;
}

}  // namespace kpi
