#include "core/engine/dimension.h"

#include <gtest/gtest.h>

#include "core/engine/report.h"
#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

using DimensionTest = test::EngineFixture;

// Found by the differential test: rows without a value are rows; their sum is known to be 0 where nothing fell into the period.
TEST_F(DimensionTest, SumsOfRowsWithoutAMemberAreKnown) {
  data_->put(TableBuilder("ad_spend", 1).texts("channel", {"Email", "", "Email"}).dates("date", {"2024-01-10", "2024-02-10", "2024-03-10"}).numbers("cost", {10, 20, 5}).build());
  ReportRequest request;
  request.from = day_from_civil(2024, 3, 1);
  request.to = day_from_civil(2024, 3, 31);
  request.group_by = "channel";
  const Result<Report> report = make_report(*data_, request);
  ASSERT_TRUE(report.ok());
  const std::int64_t blank = report.value().group->find("");
  ASSERT_EQ(blank, 0);
  bool is_found = false;
  for (std::size_t m = 0; m < catalog_->measures().size(); ++m) {
    if (catalog_->measures()[m].id != "media_spend") continue;
    const Quantity* spend = std::get_if<Quantity>(&report.value().measures[m].by_member[0]);
    ASSERT_NE(spend, nullptr);
    EXPECT_EQ(spend->value, 0);
    is_found = true;
  }
  EXPECT_TRUE(is_found);
}

// Found by the differential test: a file of leads without ids says nothing about the deals.
TEST_F(DimensionTest, DealsTakeNothingFromLeadsWithoutIds) {
  data_->put(TableBuilder("leads", 1).texts("owner", {"Ann", "Ben"}).build());
  data_->put(TableBuilder("opportunities", 2).keys("lead_id", {"L1", "L2"}).texts("deal_stage", {"Closed Won", "Closed Lost"}).build());
  const Dimension owner(*data_, "owner");
  ASSERT_EQ(data_->tables().size(), 2u);
  EXPECT_NE(owner.view(*data_->of_file(1)), nullptr);
  EXPECT_EQ(owner.view(*data_->of_file(2)), nullptr);
}

}  // namespace
}  // namespace kpi
