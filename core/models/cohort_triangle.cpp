#include "core/models/cohort_triangle.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/sum.h"

namespace kpi {
namespace {

std::int64_t month_number(Day day) {
  const CivilDate date = civil_from_day(day);
  return std::int64_t{date.year} * 12 + date.month - 1;
}

struct CellSums {
  std::uint64_t active = 0;
  Sum revenue, margin;
};

struct CohortSums {
  std::uint64_t customers = 0;
  Day first = kNoDay, last = kNoDay;  // first activities of its earliest and its latest customer
  std::vector<CellSums> cells;
};

std::int64_t age_of(CohortAge kind, Day first, Day day) {
  if (kind == CohortAge::kThirtyDays) return (std::int64_t{day} - first) / 30;
  return month_number(day) - month_number(first);
}

/// How many ages have begun for the cohort's earliest customer, and been completed by its latest.
std::size_t ages_begun(CohortAge kind, const CohortSums& c, Day as_of) {
  return static_cast<std::size_t>(std::min<std::int64_t>(age_of(kind, c.first, as_of) + 1, static_cast<std::int64_t>(kMostCohortAges)));
}
std::int64_t ages_completed(CohortAge kind, const CohortSums& c, Day as_of) {
  if (kind == CohortAge::kThirtyDays) return (std::int64_t{as_of} - c.last + 1) / 30;
  const bool is_month_over = next_period_start(as_of, Grain::kMonth) == as_of + 1;
  return age_of(kind, c.last, as_of) + (is_month_over ? 1 : 0);
}

}  // namespace

Outcome<std::vector<Cohort>> cohort_triangle(std::vector<CohortActivity> activities, CohortAge kind, Day as_of) {
  activities.erase(std::remove_if(activities.begin(), activities.end(), [&](const CohortActivity& a) { return a.day == kNoDay || a.day > as_of; }),
                   activities.end());
  if (activities.empty()) return Undefined{"no_rows", {}};
  for (const CohortActivity& a : activities) {
    if (!std::isfinite(a.revenue) || !std::isfinite(a.margin)) return Undefined{"not_finite", {}};
  }
  std::stable_sort(activities.begin(), activities.end(), [](const CohortActivity& a, const CohortActivity& b) {
    return a.customer != b.customer ? a.customer < b.customer : a.day < b.day;
  });
  std::map<Day, CohortSums> sums;
  for (std::size_t i = 0, next; i < activities.size(); i = next) {
    const Day first = activities[i].day;
    CohortSums& cohort = sums[period_start(first, Grain::kMonth)];
    ++cohort.customers;
    cohort.first = cohort.first == kNoDay ? first : std::min(cohort.first, first);
    cohort.last = std::max(cohort.last, first);
    std::int64_t last_age = -1;
    for (next = i; next < activities.size() && activities[next].customer == activities[i].customer; ++next) {
      const std::int64_t age = age_of(kind, first, activities[next].day);
      if (age >= static_cast<std::int64_t>(kMostCohortAges)) continue;
      const std::size_t at = static_cast<std::size_t>(age);
      if (cohort.cells.size() <= at) cohort.cells.resize(at + 1);
      CellSums& cell = cohort.cells[at];
      cell.active += age != last_age ? 1 : 0;
      cell.revenue.add(activities[next].revenue);
      cell.margin.add(activities[next].margin);
      last_age = age;
    }
  }
  std::vector<Cohort> cohorts;
  for (auto& [start, c] : sums) {
    Cohort cohort{start, c.customers, {}};
    c.cells.resize(ages_begun(kind, c, as_of));
    const std::int64_t completed = ages_completed(kind, c, as_of);
    for (std::size_t age = 0; age < c.cells.size(); ++age) {
      const CellSums& cell = c.cells[age];
      if (!std::isfinite(cell.revenue.value()) || !std::isfinite(cell.margin.value())) return Undefined{"not_finite", {}};
      cohort.cells.push_back({cell.active, cell.revenue.value(), cell.margin.value(), static_cast<std::int64_t>(age) >= completed});
    }
    cohorts.push_back(std::move(cohort));
  }
  return cohorts;
}

std::vector<Outcome<double>> retention_by_age(const std::vector<Cohort>& cohorts) {
  std::size_t ages = 0;
  for (const Cohort& c : cohorts) ages = std::max(ages, c.cells.size());
  std::vector<Outcome<double>> rates;
  for (std::size_t age = 0; age < ages; ++age) {
    double active = 0, customers = 0;
    for (const Cohort& c : cohorts) {
      if (age >= c.cells.size() || c.cells[age].is_immature) continue;
      active += static_cast<double>(c.cells[age].active);
      customers += static_cast<double>(c.customers);
    }
    if (customers == 0) rates.push_back(Undefined{"no_rows", {}});
    else rates.push_back(active / customers);
  }
  return rates;
}

Outcome<std::uint32_t> payback_age(const Cohort& cohort, double acquisition_cost) {
  if (!(acquisition_cost >= 0) || std::isinf(acquisition_cost)) return Undefined{"out_of_range", {"acquisition_cost"}};
  Sum margin;
  for (std::size_t age = 0; age < cohort.cells.size(); ++age) {
    margin.add(cohort.cells[age].margin);
    if (margin.value() >= acquisition_cost) return static_cast<std::uint32_t>(age);
  }
  return Undefined{"not_reached", {}};
}

}  // namespace kpi
