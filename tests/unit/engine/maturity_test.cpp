#include "core/engine/maturity.h"

#include "core/engine/report.h"
#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

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
