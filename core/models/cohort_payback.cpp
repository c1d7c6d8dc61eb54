#include "core/models/cohort_payback.h"

#include <algorithm>
#include <cmath>

#include "core/base/sum.h"

namespace kpi {

Outcome<CohortPayback> cohort_payback(const AcquisitionCohort& cohort) { return cohort_payback(std::span<const AcquisitionCohort>(&cohort, 1)); }

Outcome<CohortPayback> cohort_payback(std::span<const AcquisitionCohort> cohorts) {
  if (cohorts.empty()) return Undefined{"no_rows", {"cohorts"}};
  std::size_t months = cohorts.front().margin.size();
  Sum cost;
  for (const AcquisitionCohort& cohort : cohorts) {
    months = std::min(months, cohort.margin.size());
    if (cohort.acquisition_cost < 0) return Undefined{"out_of_range", {"acquisition_cost"}};
    cost.add(cohort.acquisition_cost);
  }
  if (months == 0) return Undefined{"no_rows", {"margin"}};
  if (!std::isfinite(cost.value())) return Undefined{"not_finite", {"acquisition_cost"}};
  CohortPayback out;
  Sum earned;
  for (std::size_t month = 0; month < months; ++month) {
    for (const AcquisitionCohort& cohort : cohorts) earned.add(cohort.margin[month]);
    const double share = cost.value() > 0 ? earned.value() / cost.value() : 0;
    if (!std::isfinite(earned.value()) || !std::isfinite(share)) return Undefined{"not_finite", {"margin"}};
    out.cumulative_margin.push_back(earned.value());
    if (cost.value() > 0) out.share_earned.push_back(share);
    if (!out.payback_month && earned.value() >= cost.value()) out.payback_month = static_cast<std::uint32_t>(month) + 1;
  }
  return out;
}

}  // namespace kpi
