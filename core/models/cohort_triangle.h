// Cohorts by month of their customers' first activity, and what is left of them as they grow older: a triangle, as young ones have no late ages.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/date.h"
#include "core/base/undefined.h"

namespace kpi {

/// A purchase or a paid month. The caller decides what counts as activity; amounts are of one currency and may be 0 or negative.
struct CohortActivity {
  std::uint64_t customer;
  Day day;
  double revenue, margin;
};

/// What age 1 means: the calendar month after that of the first activity, or days 30 to 59 after the customer's own first. They differ.
enum class CohortAge : std::uint8_t { kCalendarMonth, kThirtyDays };

struct CohortCell {
  std::uint64_t active;  // customers with an activity at this age
  double revenue, margin;
  bool is_immature;  // not all of its days have passed for all of the cohort's customers
};

/// Ages that have not begun for anybody have no cell: blank, not 0.
struct Cohort {
  Day start;  // first day of the month
  std::uint64_t customers;
  std::vector<CohortCell> cells;  // by age from 0
};

/// Ages after this one are left out.
constexpr std::size_t kMostCohortAges = 240;

/// By start, only months with new customers. Activities after `as_of`, the last day the data tell of, are left out.
/// Undefined: "no_rows", "not_finite". Cost O(n log n + cohorts ages).
Outcome<std::vector<Cohort>> cohort_triangle(std::vector<CohortActivity> activities, CohortAge age, Day as_of);

/// By age: active customers over customers of all cohorts whose cell is mature; "no_rows" for an age that no cohort has completed.
std::vector<Outcome<double>> retention_by_age(const std::vector<Cohort>& cohorts);

/// The first age by whose end the cohort's margin has added up to what it cost to win. Undefined: "not_reached" so far, "out_of_range"
/// (a cost that is negative or not finite). Cost O(ages).
Outcome<std::uint32_t> payback_age(const Cohort& cohort, double acquisition_cost);

}  // namespace kpi
