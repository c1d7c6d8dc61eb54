// The orders of a report as models of repeat buying take them: customers by number, days, and what is left of each order.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/engine/other_values.h"
#include "core/models/purchase_history.h"

namespace kpi {

/// What an order's amount is: less its own cost of goods, times the margin that was typed, or neither, the whole amount.
enum class OrderBasis : std::uint8_t { kCosts, kCostsAndShare, kShare, kRevenue };

/// Rows of all tables of orders: `used` and the others add up to `rows`.
struct OrderRows {
  std::uint64_t rows = 0, used = 0;
  std::uint64_t repeated = 0, filtered = 0, later = 0;  // the same order again, by the filters, after the last day
  std::uint64_t undated = 0, without_customer = 0, without_amount = 0;
  std::uint64_t not_positive = 0;                       // refunds and free orders: no purchase
};

/// Where an order stands: the text of its customer is in the file alone.
struct OrderPlace {
  const FileTable* table;
  std::size_t row;
  Day day;
};

struct CustomerOrders {
  std::vector<Order> orders;          // customers numbered from 0 as they appear
  std::vector<std::uint32_t> member;  // by customer: the grouping's, of the first order; empty without grouping
  std::vector<OrderPlace> last_order;  // by customer: the latest, of several on that day the last read
  OrderBasis basis = OrderBasis::kRevenue;
  std::uint64_t with_costs = 0;       // orders with an own cost of goods
  std::string_view currency;          // ISO code, or empty
  Day first_day = kNoDay, last_day = kNoDay;
  OrderRows rows;
};

/// All orders up to the window's end; its beginning does not count, for without the first purchase nobody's age is known.
/// `last_day` is the window's last day, or the orders' own where they end before: other tables may go on for longer.
/// Where some orders have a cost of goods and others not, those take the setting gross_margin; without it all count with their amount, as
/// margins and amounts must not be mixed.
/// Undefined: missing_input {ordering_customers}, not_by_dimension, no_rows, currency_mixed {order_revenue}, out_of_range {gross_margin}.
/// Cost O(rows).
Outcome<CustomerOrders> customer_orders(const AggregateScope& scope);

}  // namespace kpi
