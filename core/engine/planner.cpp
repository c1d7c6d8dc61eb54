#include "core/engine/planner.h"

#include <algorithm>
#include <cmath>

namespace kpi {

std::optional<Interval> plan_rate_interval(double numerator, double denominator, bool is_part) {
  if (!(numerator > 0) || !(denominator > 0)) return std::nullopt;
  if (is_part && numerator <= denominator) return wilson_interval(numerator, denominator);
  constexpr double kZ = 1.959963984540054;  // standard normal quantile at 0.975
  const double reach = std::exp(kZ * std::sqrt(1 / numerator + 1 / denominator));
  const double rate = numerator / denominator;
  return Interval{rate / reach, rate * reach};
}

void PlanPath::add(const PlanRate& rate) {
  const double value = std::get<Quantity>(rate.value).value;
  product_ *= value;
  if (!rate.interval) return;
  // A higher rate needs less: the rate's upper end makes the lower end of what is needed.
  const double below = std::log(std::max(rate.interval->high, value) / value);
  const double above = std::log(value / std::min(rate.interval->low, value));
  below_ += below * below;
  above_ += above * above;
  has_interval_ = true;
}

std::optional<Interval> PlanPath::interval(double goal) const {
  const Interval ends{back(goal) * std::exp(-std::sqrt(below_)), back(goal) * std::exp(std::sqrt(above_))};
  if (!has_interval_ || !std::isfinite(ends.low) || !std::isfinite(ends.high)) return std::nullopt;
  return ends;
}

Value typed_rate(std::string_view id, double typed, std::string_view currency, bool is_share) {
  if (!std::isfinite(typed)) return Undefined{"not_finite", {}};
  if (typed == 0) return Undefined{"denominator_zero", {std::string(id)}};
  if (typed < 0 || (is_share && typed > 1)) return Undefined{"out_of_range", {std::string(id)}};
  return Quantity{typed, currency};
}

}  // namespace kpi
