// Orders of the files id,date,...,amount of ../shared/fixtures.
#pragma once

#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/models/purchase_history.h"
#include "tests/support/reference_customers.h"

namespace kpi::test {

inline std::int32_t day_of(const std::string& iso) { return parse_iso_date(iso).value_or(kNoDay); }

inline std::vector<Order> reference_orders(const std::string& file) {
  std::vector<Order> orders;
  const auto rows = reference_rows(file);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    orders.push_back({static_cast<std::uint32_t>(number_of(rows[i][0])), day_of(rows[i][1]), number_of(rows[i].back())});
  }
  return orders;
}

}  // namespace kpi::test
