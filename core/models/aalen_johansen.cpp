#include "core/models/aalen_johansen.h"

#include <algorithm>
#include <cmath>

#include "core/base/sum.h"

namespace kpi {
namespace {

constexpr std::uint32_t kMostCauses = 1000;

/// Var F(t) = sum over s <= t of (F(t) - F(s))^2 a(s) + b(s) - 2 (F(t) - F(s)) c(s), as sums that do not have to begin anew for each t.
class IncidenceVariance {
 public:
  void add(double a, double b, double c, double incidence) {
    a_.add(a);
    a_times_incidence_.add(a * incidence);
    a_times_square_.add(a * incidence * incidence);
    b_.add(b);
    c_.add(c);
    c_times_incidence_.add(c * incidence);
  }
  double at(double incidence) const {
    Sum v;
    v.add(incidence * incidence * a_.value());
    v.add(-2 * incidence * a_times_incidence_.value());
    v.add(a_times_square_.value());
    v.add(b_.value());
    v.add(-2 * incidence * c_.value());
    v.add(2 * c_times_incidence_.value());
    return std::max(0.0, v.value());
  }

 private:
  Sum a_, a_times_incidence_, a_times_square_, b_, c_, c_times_incidence_;
};

}  // namespace

Outcome<std::vector<IncidenceStep>> aalen_johansen(std::vector<CompetingDuration> durations, std::uint32_t causes) {
  if (durations.empty()) return Undefined{"no_rows", {}};
  if (causes == 0 || causes > kMostCauses) return Undefined{"out_of_range", {"causes"}};
  for (const CompetingDuration& d : durations) {
    if (!std::isfinite(d.time)) return Undefined{"not_finite", {}};
    if (d.time < 0) return Undefined{"out_of_range", {"time"}};
    if (d.cause > causes) return Undefined{"out_of_range", {"causes"}};
  }
  std::sort(durations.begin(), durations.end(), [](const CompetingDuration& a, const CompetingDuration& b) { return a.time < b.time; });
  std::vector<IncidenceStep> steps;
  std::vector<Sum> incidence(causes);
  std::vector<IncidenceVariance> variance(causes);
  std::vector<double> events(causes);
  Sum greenwood;
  double open = 1;
  for (std::size_t first = 0, last; first < durations.size(); first = last) {
    IncidenceStep step{durations[first].time, durations.size() - first, {open, 0}, {}};
    std::fill(events.begin(), events.end(), 0.0);
    double all = 0;
    for (last = first; last < durations.size() && durations[last].time == step.time; ++last) {
      if (durations[last].cause == 0) continue;
      events[durations[last].cause - 1] += 1;
      all += 1;
    }
    const double n = static_cast<double>(step.at_risk);
    // Where everything ends at once nothing changes any more, and the term without a value is not needed.
    const double a = all < n ? all / (n * (n - all)) : 0;
    for (std::size_t k = 0; k < causes; ++k) {
      incidence[k].add(open * events[k] / n);
      const double now = incidence[k].value();
      if (all != 0) variance[k].add(a, open * open * events[k] * (n - events[k]) / (n * n * n), open * events[k] / (n * n), now);
      step.ended.push_back({now, std::sqrt(variance[k].at(now))});
    }
    greenwood.add(a);
    open *= (n - all) / n;
    step.open = {open, open * std::sqrt(greenwood.value())};
    steps.push_back(std::move(step));
  }
  return steps;
}

IncidenceStep incidence_at(const std::vector<IncidenceStep>& steps, double time) {
  const auto next = std::lower_bound(steps.begin(), steps.end(), time, [](const IncidenceStep& s, double t) { return s.time < t; });
  if (next != steps.end() && next->time == time) return *next;
  IncidenceStep step{time, 0, {1, 0}, {}};
  if (next != steps.begin()) step = *(next - 1);
  else if (!steps.empty()) step.ended.assign(steps.front().ended.size(), ShareWithError{0, 0});
  step.time = time;
  step.at_risk = next == steps.end() ? 0 : next->at_risk;
  return step;
}

}  // namespace kpi
