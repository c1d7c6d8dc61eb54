#include "core/models/log_rank.h"

#include <limits>
#include <map>

#include "tests/support/crm_deals.h"
#include "tests/unit/models/remission_times.h"

namespace kpi {
namespace {

using test::expect_near;

void expect_test(const LogRank& got, const nlohmann::json& expected) {
  expect_near(got.chi_square, expected["chisq"], 1e-9);
  expect_near(got.p, expected["p"], 1e-9);
  ASSERT_EQ(got.observed.size(), expected["observed"].size());
  for (std::size_t g = 0; g < got.observed.size(); ++g) {
    EXPECT_EQ(got.observed[g], expected["observed"][g]);
    expect_near(got.expected[g], expected["expected"][g], 1e-9);
  }
}

TEST(LogRank, ProductsOfTheReference) {
  KPI_REFERENCE_CASE(products, "sales_cycle.json", "crm_logrank_product");
  std::map<std::string, std::uint32_t> group;
  for (const auto& name : products["expected"]["groups"]) group.emplace(name, static_cast<std::uint32_t>(group.size()));
  std::vector<Duration> durations;
  std::vector<std::uint32_t> group_of;
  for (const test::CrmDeal& deal : test::crm_deals()) {
    durations.push_back({deal.days, deal.outcome != 0});
    group_of.push_back(group.at(deal.product));
  }
  const Outcome<LogRank> got = log_rank(durations, group_of, 7);
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(got.value().degrees_of_freedom, products["expected"]["df"]);
  expect_test(got.value(), products["expected"]);
}

TEST(LogRank, LungBySexOfTheReference) {
  KPI_REFERENCE_CASE(lung, "sales_cycle.json", "lung_km");
  std::vector<Duration> durations;
  std::vector<std::uint32_t> group_of;
  for (std::size_t i = 0; i < lung["inputs"]["time"].size(); ++i) {
    durations.push_back({lung["inputs"]["time"][i], lung["inputs"]["status"][i] == 1});
    group_of.push_back(lung["inputs"]["sex"][i].get<std::uint32_t>() - 1);
  }
  expect_test(log_rank(durations, group_of, 2).value(), lung["expected"]["logrank_sex"]);
}

// chi-square 16.79 with observed 9 and 21, expected 19.25 and 10.75: Kleinbaum and Klein 2012, Survival Analysis, chapter 2.
TEST(LogRank, RemissionTimes) {
  std::vector<Duration> durations = test::remission_treated();
  std::vector<std::uint32_t> group_of(durations.size(), 0);
  for (const Duration& d : test::remission_placebo()) durations.push_back(d);
  group_of.resize(durations.size(), 1);
  const LogRank got = log_rank(durations, group_of, 2).value();
  EXPECT_NEAR(got.chi_square, 16.793, 5e-4);
  EXPECT_EQ(got.degrees_of_freedom, 1U);
  EXPECT_EQ(got.observed, (std::vector<double>{9, 21}));
  EXPECT_NEAR(got.expected[0], 19.25, 5e-3);
  EXPECT_NEAR(got.expected[1], 10.75, 5e-3);
  // A group without anybody changes nothing.
  EXPECT_NEAR(log_rank(durations, group_of, 3).value().chi_square, got.chi_square, 1e-12);
}

TEST(LogRank, EqualGroupsDoNotDiffer) {
  std::vector<Duration> durations;
  std::vector<std::uint32_t> group_of;
  for (std::uint32_t g = 0; g < 3; ++g) {
    for (const Duration& d : test::remission_treated()) durations.push_back(d), group_of.push_back(g);
  }
  const LogRank got = log_rank(durations, group_of, 3).value();
  EXPECT_NEAR(got.chi_square, 0, 1e-12);
  EXPECT_NEAR(got.p, 1, 1e-12);
}

TEST(LogRank, Degenerate) {
  EXPECT_EQ(log_rank({}, {}, 2).reason().code, "no_rows");
  EXPECT_EQ(log_rank({{1, true}}, {0}, 1).reason().code, "too_few_rows");
  EXPECT_EQ(log_rank({{1, false}, {2, false}}, {0, 1}, 2).reason().code, "too_few_rows");
  EXPECT_EQ(log_rank({{1, true}}, {2}, 2).reason().code, "out_of_range");
  EXPECT_EQ(log_rank({{1, true}, {2, true}}, {0}, 2).reason().code, "out_of_range");
  EXPECT_EQ(log_rank({{-1, true}, {2, true}}, {0, 1}, 2).reason().code, "out_of_range");
  EXPECT_EQ(log_rank({{std::numeric_limits<double>::quiet_NaN(), true}, {2, true}}, {0, 1}, 2).reason().code, "not_finite");
  EXPECT_EQ(log_rank({{1, true}, {1, true}}, {0, 1}, 2).reason().code, "denominator_zero");  // all have the event at once: no variance
}

}  // namespace
}  // namespace kpi
