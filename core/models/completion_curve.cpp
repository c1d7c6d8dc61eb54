#include "core/models/completion_curve.h"

#include <algorithm>
#include <cmath>

#include "core/base/sum.h"

namespace kpi {

void CompletionCurve::add(std::int32_t age, std::int32_t lag) {
  lag = std::max(lag, 0);
  if (age < lag) return;
  const std::size_t room = static_cast<std::size_t>(age) + 2;
  if (at_lag_.size() < room) {
    at_lag_.resize(room, 0);
    at_risk_.resize(room, 0);
  }
  ++conversions_;
  ++at_lag_[static_cast<std::size_t>(lag)];
  ++at_risk_[static_cast<std::size_t>(lag)];
  --at_risk_[static_cast<std::size_t>(age) + 1];
}

void CompletionCurve::finish() {
  for (std::size_t s = 1; s < at_risk_.size(); ++s) at_risk_[s] += at_risk_[s - 1];
  completed_.assign(at_lag_.size(), 1);
  log_variance_.assign(at_lag_.size(), 0);
  double completed = 1;
  Sum log_variance;
  const auto first = static_cast<std::size_t>(std::find_if(at_lag_.begin(), at_lag_.end(), [](std::int64_t n) { return n != 0; }) - at_lag_.begin());
  for (std::size_t s = at_lag_.size(); s-- > 0;) {
    completed_[s] = completed;
    log_variance_[s] = completed > 0 ? log_variance.value() : 0;
    if (at_lag_[s] == 0) continue;
    const double d = static_cast<double>(at_lag_[s]), r = static_cast<double>(at_risk_[s]);
    if (d == r && s > first) continue;  // nobody to compare with, though others converted sooner
    completed *= 1 - d / r;
    if (d < r) log_variance.add(d / (r * (r - d)));
  }
}

double CompletionCurve::completed(std::int32_t age) const {
  const std::size_t day = static_cast<std::size_t>(std::max(age, 0));
  return day < completed_.size() ? completed_[day] : 1;
}

double CompletionCurve::log_variance(std::int32_t age) const {
  const std::size_t day = static_cast<std::size_t>(std::max(age, 0));
  return day < log_variance_.size() ? log_variance_[day] : 0;
}

Interval CompletionCurve::interval(std::int32_t age) const {
  const double share = completed(age), factor = std::exp(kNormal95 * std::sqrt(log_variance(age)));
  return {share / factor, std::min(1.0, share * factor)};
}

std::int32_t CompletionCurve::age_of(double share) const {
  const auto first = std::find_if(completed_.begin(), completed_.end(), [share](double at) { return at >= share; });
  return std::min(static_cast<std::int32_t>(first - completed_.begin()), longest());
}

}  // namespace kpi
