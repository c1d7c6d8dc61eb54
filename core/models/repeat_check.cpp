#include "core/models/repeat_check.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/sum.h"

namespace kpi {

Outcome<FrequencyFit> frequency_fit(std::span<const RecencyFrequency> customers, std::uint32_t bins,
                                    const std::function<double(std::uint32_t count, double t)>& probability) {
  if (bins < 2 || bins > kMostRepeats) return Undefined{"out_of_range", {"bins"}};
  const auto grouped = group_customers(customers);
  if (!grouped.ok()) return grouped.reason();
  FrequencyFit fit;
  fit.actual.assign(bins, 0);
  std::map<double, double> customers_by_age;
  for (const RecencyFrequencyGroup& g : grouped.value()) {
    fit.actual[std::min(g.pattern.frequency, bins - 1)] += g.customers;
    customers_by_age[g.pattern.age] += g.customers;
  }
  double before_last = 0;
  for (std::uint32_t count = 0; count + 1 < bins; ++count) {
    Sum sum;
    for (const auto& [age, people] : customers_by_age) sum.add(people * probability(count, age));
    fit.expected.push_back(sum.value());
    before_last += sum.value();
  }
  fit.expected.push_back(static_cast<double>(customers.size()) - before_last);
  if (!std::isfinite(before_last)) return Undefined{"not_finite", {"expectation"}};
  return fit;
}

Outcome<RepeatTracking> track_repeats(std::span<const Order> orders, std::int32_t origin_day, std::span<const double> times, double days_per_unit,
                                      const std::function<double(double t)>& expectation) {
  if (!(days_per_unit > 0) || !std::isfinite(days_per_unit)) return Undefined{"out_of_range", {"period"}};
  const auto merged = merge_same_day(orders);
  if (!merged.ok()) return merged.reason();
  const std::vector<Order>& days = merged.value();
  const auto time_of = [&](std::int32_t day) { return (static_cast<double>(day) - origin_day) / days_per_unit; };
  std::map<std::int32_t, double> starts, repeats;  // by day
  for (std::size_t i = 0; i < days.size(); ++i) {
    const bool is_first = i == 0 || days[i].customer != days[i - 1].customer;
    (is_first ? starts : repeats)[days[i].day] += 1;
  }
  RepeatTracking tracking;
  for (const double time : times) {
    if (!std::isfinite(time)) return Undefined{"not_finite", {"times"}};
    double actual = 0;
    for (const auto& [day, count] : repeats) actual += time_of(day) < time ? count : 0;
    Sum expected;
    for (const auto& [day, count] : starts) {
      if (const double since = time - time_of(day); since > 0) expected.add(count * expectation(since));
    }
    if (!std::isfinite(expected.value())) return Undefined{"not_finite", {"expectation"}};
    tracking.actual.push_back(actual);
    tracking.expected.push_back(expected.value());
  }
  return tracking;
}

}  // namespace kpi
