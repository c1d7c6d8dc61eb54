#include "core/engine/maturity.h"

#include "core/engine/report.h"
#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

void add(CompletionCurve& curve, int age, int lag, int times) {
  for (int i = 0; i < times; ++i) curve.add(age, lag);
}

// The chain ladder by hand: cohorts of age 2 (10, 6, 4 conversions on day 0, 1, 2), age 1 (10, 5) and age 0 (8).
// From day 1 to 2: 20 / 16 = 1.25. From day 0 to 1: (16 + 15) / (10 + 10) = 1.55. So 1 / 1.25 and 1 / 1.25 / 1.55 are complete.
TEST(CompletionCurve, IsTheChainLadder) {
  CompletionCurve curve;
  add(curve, 2, 0, 10), add(curve, 2, 1, 6), add(curve, 2, 2, 4);
  add(curve, 1, 0, 10), add(curve, 1, 1, 5);
  add(curve, 0, 0, 8);
  curve.finish();
  EXPECT_EQ(curve.conversions(), 43u);
  EXPECT_DOUBLE_EQ(curve.completed(2), 1);
  EXPECT_DOUBLE_EQ(curve.completed(9), 1);
  EXPECT_DOUBLE_EQ(curve.completed(1), 1 / 1.25);
  EXPECT_DOUBLE_EQ(curve.completed(0), 1 / 1.25 / 1.55);
}

// Nothing is cut off where every cohort is older than every lag: the share of conversions seen is then the plain share.
TEST(CompletionCurve, IsThePlainShareWhereEverythingHasBeenSeen) {
  CompletionCurve curve;
  for (const int lag : {0, 1, 1, 3, 3, 3, 8, 12}) curve.add(100, lag);
  curve.finish();
  EXPECT_DOUBLE_EQ(curve.completed(0), 1.0 / 8);
  EXPECT_DOUBLE_EQ(curve.completed(1), 3.0 / 8);
  EXPECT_DOUBLE_EQ(curve.completed(2), 3.0 / 8);
  EXPECT_DOUBLE_EQ(curve.completed(3), 6.0 / 8);
  EXPECT_DOUBLE_EQ(curve.completed(11), 7.0 / 8);
  EXPECT_DOUBLE_EQ(curve.completed(12), 1);
}

TEST(CompletionCurve, TakesADateBeforeTheEntryAsTheSameDayAndOneAfterTheLastDayNotAtAll) {
  CompletionCurve curve;
  curve.add(5, -3);
  curve.add(5, 6);
  curve.finish();
  EXPECT_EQ(curve.conversions(), 1u);
  EXPECT_DOUBLE_EQ(curve.completed(0), 1);
}

class CohortMaturityTest : public test::EngineFixture {
 protected:
  /// `old` leads of 2024-01-01, half of them MQLs after 10 days and half after 40; `young` ones of 2024-12-01, MQLs after 10 days. The
  /// last day of the data is 2024-12-21.
  void put(int old, int young) {
    std::vector<std::string> ids, created, mql;
    for (int i = 0; i < old + young; ++i) {
      ids.push_back(std::to_string(i));
      created.emplace_back(i < old ? "2024-01-01" : "2024-12-01");
      mql.emplace_back(i >= old ? "2024-12-11" : i % 2 == 0 ? "2024-01-11" : "2024-02-10");
    }
    created.back() = "2024-12-21";
    mql.back() = "";
    data_->put(TableBuilder("leads", 1).keys("lead_id", ids).dates("created_at", created).dates("mql_at", mql).build());
  }
  KpiResult rate(const ReportRequest& request) {
    Result<Report> made = make_report(*data_, request);
    EXPECT_TRUE(made.ok());
    for (const KpiResult& k : made.value().kpis) {
      if (k.kpi->id == "lead_to_mql_rate") return k;
    }
    return {};
  }
};

// 20 days after December the 1st only those of 10 days can be there: of the old ones that was half. By the chain ladder over the 40 old
// and the 20 young conversions: no conversion between day 10 and day 20, so F(20) = 1 - 20 / 40 = 0.5.
TEST_F(CohortMaturityTest, TellsHowMuchOfAYoungCohortCanBeThere) {
  put(40, 21);
  ReportRequest request;
  request.from = parse_iso_date("2024-12-01");
  request.to = parse_iso_date("2024-12-20");
  const KpiResult k = rate(request);
  ASSERT_TRUE(k.maturity);
  EXPECT_DOUBLE_EQ(number(k.maturity->total), 0.5);
  EXPECT_EQ(k.checks, std::vector<std::string_view>{"cohort_immature"});
  request.from = parse_iso_date("2024-01-01");
  request.to = parse_iso_date("2024-01-31");
  const KpiResult old = rate(request);
  EXPECT_DOUBLE_EQ(number(old.maturity->total), 1);
  EXPECT_TRUE(old.checks.empty());
}

// The same over periods: January 1, December (20 * 0.5 + 1 * 0) / 21, the months between have nobody.
TEST_F(CohortMaturityTest, TellsItForEachPeriod) {
  put(40, 21);
  const KpiResult k = rate({});
  ASSERT_EQ(k.maturity->series.size(), 12u);
  EXPECT_DOUBLE_EQ(number(k.maturity->series[0]), 1);
  EXPECT_EQ(reason(k.maturity->series[1]), "no_rows");
  EXPECT_DOUBLE_EQ(number(k.maturity->series[11]), 10.0 / 21);
  EXPECT_DOUBLE_EQ(number(k.maturity->total), 50.0 / 61);
}

// The stage of today has no date: the day of creation would say that all converted at once, and that every cohort is complete.
TEST_F(CohortMaturityTest, StagesWithoutDatesTellNoCurve) {
  std::vector<std::string> created(40, "2024-01-01"), stages(40, "MQL");
  stages.back() = "Lead";
  data_->put(TableBuilder("leads", 1).dates("created_at", created).texts("lead_stage", stages).build());
  const KpiResult k = rate({});
  EXPECT_DOUBLE_EQ(number(k.value), 39.0 / 40);
  ASSERT_TRUE(k.maturity);
  EXPECT_EQ(reason(k.maturity->total), "too_few_rows");
}

TEST_F(CohortMaturityTest, FewConversionsTellNoCurve) {
  put(10, 9);
  const KpiResult k = rate({});
  ASSERT_TRUE(k.maturity);
  EXPECT_EQ(reason(k.maturity->total), "too_few_rows");
  EXPECT_EQ(reason(k.maturity->series[0]), "too_few_rows");
  EXPECT_TRUE(k.checks.empty());
}

}  // namespace
}  // namespace kpi
