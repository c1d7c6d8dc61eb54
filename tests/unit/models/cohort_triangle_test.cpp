#include "core/models/cohort_triangle.h"

#include <limits>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

using nlohmann::json;
using test::expect_near;

Day day(std::string_view text) { return *parse_iso_date(text); }

TEST(CohortTriangle, PurchasesOfTheReference) {
  KPI_REFERENCE_CASE(cdnow, "retention.json", "cohorts_cdnow");
  const auto rows = test::reference_rows("data/cdnow_sample_transactions.csv");
  std::vector<CohortActivity> purchases;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const double amount = std::strtod(rows[i][3].c_str(), nullptr);
    purchases.push_back({std::stoull(rows[i][0]), day(rows[i][1]), amount, amount / 2});
  }
  const Day as_of = day("1998-06-30");
  const std::vector<Cohort> by_month = cohort_triangle(purchases, CohortAge::kCalendarMonth, as_of).value();
  const std::vector<Cohort> by_age = cohort_triangle(purchases, CohortAge::kThirtyDays, as_of).value();
  const json& expected = cdnow["expected"];
  ASSERT_EQ(by_month.size(), expected["cohort_size"].size());
  ASSERT_EQ(by_age.size(), by_month.size());
  for (std::size_t c = 0; c < by_month.size(); ++c) {
    const std::string month = period_label(by_month[c].start, Grain::kMonth);
    EXPECT_EQ(by_month[c].customers, expected["cohort_size"][month]);
    ASSERT_EQ(by_month[c].cells.size(), expected["observable_months"][month].get<std::size_t>());
    for (std::size_t age = 0; age < by_month[c].cells.size(); ++age) {
      const CohortCell& cell = by_month[c].cells[age];
      EXPECT_EQ(cell.active, expected["active_by_calendar_month"][month][age]) << month << age;
      expect_near(cell.revenue, expected["revenue_by_calendar_month"][month][age], 0, 0.005);
      expect_near(cell.margin, cell.revenue / 2, 1e-12);
      expect_near(static_cast<double>(cell.active) / static_cast<double>(by_month[c].customers), expected["retention_by_calendar_month"][month][age], 1e-12);
      EXPECT_FALSE(cell.is_immature);  // the data end with a month
    }
    const json& active = expected["active_by_30_day_age"][month];
    for (std::size_t age = 0; age < active.size(); ++age) {
      const std::uint64_t got = age < by_age[c].cells.size() ? by_age[c].cells[age].active : 0;
      EXPECT_EQ(got, active[age]) << month << age;
    }
    EXPECT_TRUE(by_age[c].cells.back().is_immature);
    EXPECT_FALSE(by_age[c].cells.front().is_immature);
  }
}

// Customer 1: 31 January, 1 February, 2 March; customer 2: 10 February, twice, and 11 March. Seen up to 15 March.
std::vector<CohortActivity> two_customers() {
  return {{1, day("2024-01-31"), 10, 5}, {2, day("2024-02-10"), 3, 1}, {2, day("2024-02-10"), 4, 2}, {1, day("2024-02-01"), 20, 8},
          {1, day("2024-03-02"), 1, 1},  {2, day("2024-03-11"), 6, 3}, {2, day("2024-03-20"), 99, 99}};
}

TEST(CohortTriangle, ByCalendarMonth) {
  const std::vector<Cohort> cohorts = cohort_triangle(two_customers(), CohortAge::kCalendarMonth, day("2024-03-15")).value();
  ASSERT_EQ(cohorts.size(), 2U);
  EXPECT_EQ(cohorts[0].start, day("2024-01-01"));
  ASSERT_EQ(cohorts[0].cells.size(), 3U);
  EXPECT_EQ(cohorts[0].cells[1].revenue, 20);
  EXPECT_FALSE(cohorts[0].cells[1].is_immature);
  EXPECT_TRUE(cohorts[0].cells[2].is_immature);  // the diagonal: March is not over
  ASSERT_EQ(cohorts[1].cells.size(), 2U);
  EXPECT_EQ(cohorts[1].cells[0].active, 1U);
  EXPECT_EQ(cohorts[1].cells[0].revenue, 7);
  EXPECT_EQ(cohorts[1].cells[1].margin, 3);  // the 20th is after the last day
  EXPECT_TRUE(cohorts[1].cells[1].is_immature);
  const std::vector<Outcome<double>> rates = retention_by_age(cohorts);
  ASSERT_EQ(rates.size(), 3U);
  EXPECT_EQ(rates[0].value(), 1);
  EXPECT_EQ(rates[1].value(), 1);  // of the January cohort alone
  EXPECT_EQ(rates[2].reason().code, "no_rows");
}

// Ages of 30 days: customer 1 is at age 0 on 1 February (1 day), at age 1 on 2 March (31 days); customer 2 at age 1 on 11 March (30 days).
TEST(CohortTriangle, ByThirtyDays) {
  const std::vector<Cohort> cohorts = cohort_triangle(two_customers(), CohortAge::kThirtyDays, day("2024-03-15")).value();
  ASSERT_EQ(cohorts[0].cells.size(), 2U);  // 44 days
  EXPECT_EQ(cohorts[0].cells[0].revenue, 30);
  EXPECT_EQ(cohorts[0].cells[0].active, 1U);
  EXPECT_EQ(cohorts[0].cells[1].revenue, 1);
  EXPECT_FALSE(cohorts[0].cells[0].is_immature);
  EXPECT_TRUE(cohorts[0].cells[1].is_immature);
  ASSERT_EQ(cohorts[1].cells.size(), 2U);
  EXPECT_EQ(cohorts[1].cells[1].revenue, 6);
}

TEST(CohortTriangle, Payback) {
  const Cohort cohort{0, 10, {{10, 0, 40, false}, {8, 0, 35, false}, {6, 0, 30, true}}};
  EXPECT_EQ(payback_age(cohort, 75).value(), 1U);
  EXPECT_EQ(payback_age(cohort, 75.5).value(), 2U);
  EXPECT_EQ(payback_age(cohort, 0).value(), 0U);
  EXPECT_EQ(payback_age(cohort, 106).reason().code, "not_reached");
  EXPECT_EQ(payback_age(cohort, -1).reason().code, "out_of_range");
}

TEST(CohortTriangle, NothingIsLost) {
  std::uint64_t state = 5;  // the seed
  std::vector<CohortActivity> activities;
  double revenue = 0;
  for (int i = 0; i < 5000; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    activities.push_back({state >> 55, static_cast<Day>(19000 + (state >> 35) % 700), static_cast<double>((state >> 20) % 100), 0});
    revenue += activities.back().revenue;
  }
  for (const CohortAge kind : {CohortAge::kCalendarMonth, CohortAge::kThirtyDays}) {
    double got = 0;
    std::uint64_t customers = 0;
    const std::vector<Cohort> cohorts = cohort_triangle(activities, kind, 19699).value();
    for (const Cohort& cohort : cohorts) {
      customers += cohort.customers;
      EXPECT_EQ(cohort.cells[0].active, cohort.customers) << "seed 5";
      for (const CohortCell& cell : cohort.cells) {
        got += cell.revenue;
        EXPECT_LE(cell.active, cohort.customers) << "seed 5";
      }
    }
    EXPECT_EQ(customers, 512U) << "seed 5";
    EXPECT_NEAR(got, revenue, 1e-6) << "seed 5";
  }
}

TEST(CohortTriangle, Degenerate) {
  EXPECT_EQ(cohort_triangle({}, CohortAge::kCalendarMonth, 0).reason().code, "no_rows");
  EXPECT_EQ(cohort_triangle({{1, 5, 1, 1}}, CohortAge::kCalendarMonth, 4).reason().code, "no_rows");
  EXPECT_EQ(cohort_triangle({{1, 5, std::numeric_limits<double>::quiet_NaN(), 1}}, CohortAge::kThirtyDays, 9).reason().code, "not_finite");
  // Centuries apart: late ages are left out, not stored.
  EXPECT_EQ(cohort_triangle({{1, -100000, 1, 1}, {1, 100000, 1, 1}}, CohortAge::kThirtyDays, 100000).value()[0].cells.size(), kMostCohortAges);
  EXPECT_TRUE(retention_by_age({}).empty());
}

}  // namespace
}  // namespace kpi
