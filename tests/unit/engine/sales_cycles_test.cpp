// Sales cycles with open and lost deals in them, by hand.
#include "core/engine/sales_cycles.h"

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

class SalesCyclesTest : public test::EngineFixture {
 protected:
  Outcome<DealCycles> deals(const ReportRequest& request = {}) {
    const Result<ReportScope> scope = open_scope(*data_, request);
    EXPECT_TRUE(scope.ok());
    return deal_cycles(*data_, scope.value(), scope.value().group.get());
  }
};

// Five deals of January 1: won after 10 and 30 days, lost after 20, open at the end of the data, which is January 31 (30 days), and one
// that was closed before it was created. Shares of the four: a quarter won after 10 days; after 20 days a quarter lost; after 30 days
// two are at risk, half of the half that was open is won. Lost for censored: 1 - 3/4 * 1/2 = 5/8.
TEST_F(SalesCyclesTest, LostDealsCanNoLongerBeWon) {
  data_->put(TableBuilder("opportunities", 1)
                 .keys("opportunity_id", {"1", "2", "3", "4", "5", "6"})
                 .dates("created_at", {"2024-01-01", "2024-01-01", "2024-01-01", "2024-01-01", "2024-01-05", ""})
                 .dates("closed_at", {"2024-01-11", "2024-01-31", "2024-01-21", "2024-06-30", "2024-01-02", "2024-01-09"})
                 .texts("deal_status", {"won", "won", "lost", "open", "won", "won"})
                 .build());
  const Outcome<DealCycles> read = deals();
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().out_of_order, 1U);
  EXPECT_EQ(read.value().undated, 1U);
  const Outcome<SalesCycles> made = sales_cycles(read.value(), 1);
  ASSERT_TRUE(made.ok());
  const SalesCycles& cycles = made.value();
  EXPECT_EQ(cycles.all.won, 2U);
  EXPECT_EQ(cycles.all.lost, 1U);
  EXPECT_EQ(cycles.all.open, 1U);
  EXPECT_DOUBLE_EQ(cycles.all.won_by[0].value().share, 0.5);
  EXPECT_EQ(cycles.all.won_by[1].reason().code, "not_reached") << "nobody was watched for 60 days";
  EXPECT_DOUBLE_EQ(cycles.all.median.value(), 30);
  EXPECT_DOUBLE_EQ(cycles.all.naive_mean.value(), 20);
  EXPECT_DOUBLE_EQ(cycles.all.naive_median.value(), 20);
  ASSERT_EQ(cycles.points.size(), 3U);
  EXPECT_DOUBLE_EQ(cycles.points[2].won_censored, 0.625);
  EXPECT_DOUBLE_EQ(cycles.points[2].lost, 0.25);
  EXPECT_DOUBLE_EQ(cycles.points[2].won + cycles.points[2].lost + cycles.points[2].open, 1);
  EXPECT_EQ(cycles.difference.reason().code, "too_few_rows") << "one group";
  EXPECT_EQ(deals(between("2024-01-05", "2024-01-31")).value().outside, 4U);
}

TEST_F(SalesCyclesTest, WithoutDeals) {
  EXPECT_EQ(deals().reason().code, "missing_input");
  EXPECT_EQ(sales_cycles({}, 1).reason().code, "no_rows");
}

}  // namespace
}  // namespace kpi
