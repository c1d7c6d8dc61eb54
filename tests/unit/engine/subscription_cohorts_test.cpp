// Subscribers by cohort, by hand.
#include "core/engine/subscription_cohorts.h"

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

class SubscriptionCohortsTest : public test::EngineFixture {
 protected:
  /// a: from January, a second one from March. b: January until 10 March, back in May. c: only within February. d: from April.
  void put() {
    data_->put(TableBuilder("subscriptions", 1)
                   .keys("customer_id", {"a", "a", "b", "b", "c", "d", "e"})
                   .dates("start_at", {"2024-01-05", "2024-03-01", "2024-01-20", "2024-05-02", "2024-02-03", "2024-04-15", "2024-03-09"})
                   .dates("end_at", {"", "", "2024-03-10", "", "2024-02-20", "", "2024-03-09"})
                   .numbers("mrr", {100, 50, 80, 90, 30, 70, 10})
                   .texts("country", {"France", "France", "Spain", "Spain", "Spain", "France", "France"})
                   .build());
  }
  Outcome<SubscriptionCohorts> read(const ReportRequest& request = {}) {
    const Result<ReportScope> made = open_scope(*data_, request);
    EXPECT_TRUE(made.ok());
    return subscription_cohorts({*data_, made.value().window, made.value().filters, nullptr, request.parameters, request.stages, request.currency});
  }
};

TEST_F(SubscriptionCohortsTest, CountsWhatIsActiveAtTheEndOfEachMonth) {
  put();
  ReportRequest request = between("2024-01-01", "2024-05-31");
  request.parameters["gross_margin"] = 0.5;
  data_->put(TableBuilder("subscriptions", 2).keys("customer_id", {"z"}).dates("start_at", {"2024-06-10"}).numbers("mrr", {1}).texts("country", {"Spain"}).build());
  const Outcome<SubscriptionCohorts> made = read(request);
  ASSERT_TRUE(made.ok());
  const SubscriptionCohorts& data = made.value();
  EXPECT_EQ(data.rows.rows, 8U);
  EXPECT_EQ(data.rows.used, 6U);
  EXPECT_EQ(data.rows.later, 1U);
  EXPECT_EQ(data.rows.never_active, 1U);
  EXPECT_EQ(data.customers, 4U);
  EXPECT_EQ(data.active, 3U);
  EXPECT_DOUBLE_EQ(data.mrr, 100 + 50 + 90 + 70);
  ASSERT_EQ(data.cohorts.size(), 3U);
  const Cohort& january = data.cohorts[0];
  EXPECT_EQ(january.customers, 2U);
  ASSERT_EQ(january.cells.size(), 5U);
  const std::uint64_t active[] = {2, 2, 1, 1, 2};
  const double revenue[] = {180, 180, 150, 150, 240};
  for (std::size_t age = 0; age < 5; ++age) {
    EXPECT_EQ(january.cells[age].active, active[age]) << age;
    EXPECT_DOUBLE_EQ(january.cells[age].revenue, revenue[age]) << age;
    EXPECT_DOUBLE_EQ(january.cells[age].margin, revenue[age] / 2) << age;
    EXPECT_FALSE(january.cells[age].is_immature);
  }
  const Cohort& february = data.cohorts[1];  // came and left within it: not forgotten
  EXPECT_EQ(february.cells[0].active, 1U);
  EXPECT_DOUBLE_EQ(february.cells[0].revenue, 30);
  EXPECT_EQ(february.cells[1].active, 0U);
}

TEST_F(SubscriptionCohortsTest, AMonthThatStillRunsIsImmature) {
  put();
  const Outcome<SubscriptionCohorts> made = read(between("2024-01-01", "2024-04-20"));
  ASSERT_TRUE(made.ok());
  const Cohort& january = made.value().cohorts[0];
  ASSERT_EQ(january.cells.size(), 4U);
  EXPECT_FALSE(january.cells[2].is_immature);
  EXPECT_TRUE(january.cells[3].is_immature);
  EXPECT_EQ(january.cells[3].active, 1U) << "so far";
  EXPECT_FALSE(made.value().has_margin);
}

TEST_F(SubscriptionCohortsTest, PoolsWhoNeverLeftOverTheCohorts) {
  std::vector<std::string> customers, starts, ends;
  for (int i = 0; i < 12; ++i) {  // 3 leave in the second month, 3 of the rest in the third
    customers.push_back("a" + std::to_string(i));
    starts.emplace_back("2024-01-05");
    ends.emplace_back(i < 3 ? "2024-02-10" : i < 6 ? "2024-03-10" : "");
  }
  for (int i = 0; i < 8; ++i) {  // a month later: 2 leave in the second month
    customers.push_back("b" + std::to_string(i));
    starts.emplace_back("2024-02-05");
    ends.emplace_back(i < 2 ? "2024-03-10" : "");
  }
  data_->put(TableBuilder("subscriptions", 1).keys("customer_id", customers).dates("start_at", starts).dates("end_at", ends).numbers("mrr", std::vector<double>(20, 10.0)).build());
  const Outcome<SubscriptionCohorts> made = read(between("2024-01-01", "2024-03-31"));
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made.value().as_of, *parse_iso_date("2024-03-10")) << "the tables tell of no later day";
  // February is over for those of January only: 9 of 12 stayed. March still runs.
  EXPECT_EQ(made.value().at_risk, (std::vector<double>{20, 12}));
  EXPECT_EQ(made.value().survival, (std::vector<double>{1, 0.75}));
  data_->put(TableBuilder("subscriptions", 2).keys("customer_id", {"z"}).dates("start_at", {"2024-03-31"}).numbers("mrr", {10}).build());
  const Outcome<SubscriptionCohorts> longer = read(between("2024-01-01", "2024-03-31"));
  ASSERT_TRUE(longer.ok());
  // 12 + 8 could leave at age 1 and 5 did; at age 2 only 9 could, too few to tell.
  EXPECT_EQ(longer.value().at_risk, (std::vector<double>{21, 20}));
  EXPECT_EQ(longer.value().survival, (std::vector<double>{1, 0.75}));
}

TEST_F(SubscriptionCohortsTest, FiltersAndReasons) {
  EXPECT_EQ(read().reason().code, "missing_input");
  put();
  ReportRequest request;
  request.filters = {{"country", {"spain"}}};
  const Outcome<SubscriptionCohorts> spain = read(request);
  ASSERT_TRUE(spain.ok());
  EXPECT_EQ(spain.value().customers, 2U);
  EXPECT_EQ(spain.value().rows.filtered, 4U);
  request.filters = {{"country", {"nowhere"}}};
  EXPECT_EQ(read(request).reason().code, "no_rows");
  request = {};
  request.parameters["gross_margin"] = -1;
  EXPECT_EQ(read(request).reason().code, "out_of_range");
}

}  // namespace
}  // namespace kpi
