#include "core/models/recency_frequency.h"

#include <cmath>
#include <tuple>

#include "core/base/order.h"

namespace kpi {

Outcome<std::vector<RecencyFrequencyGroup>> group_customers(std::span<const RecencyFrequency> customers) {
  if (customers.empty()) return Undefined{"no_rows", {"customers"}};
  for (const RecencyFrequency& c : customers) {
    if (!std::isfinite(c.recency) || !std::isfinite(c.age)) return Undefined{"not_finite", {"customers"}};
    const bool is_possible = c.recency >= 0 && c.recency <= c.age && (c.frequency > 0 || c.recency == 0) && c.frequency <= kMostRepeats;
    if (!is_possible) return Undefined{"out_of_range", {"customers"}};
  }
  std::vector<RecencyFrequency> sorted(customers.begin(), customers.end());
  sort_list(sorted, [](const RecencyFrequency& a, const RecencyFrequency& b) {
    return std::tie(a.frequency, a.recency, a.age) < std::tie(b.frequency, b.recency, b.age);
  });
  std::vector<RecencyFrequencyGroup> groups;
  for (const RecencyFrequency& c : sorted) {
    if (groups.empty() || !(groups.back().pattern == c)) groups.push_back({c, 0});
    groups.back().customers += 1;
  }
  return groups;
}

}  // namespace kpi
