#include "core/engine/stage_dates.h"

#include <gtest/gtest.h>

namespace kpi {
namespace {

TEST(StageDates, InTheirOrderAndFoundByStageAndId) {
  for (std::size_t s = 0; s < kStageDates.size(); ++s) {
    const StageDate& one = kStageDates[s];
    EXPECT_EQ(stage_date(one.stage), &one);
    EXPECT_EQ(stage_from_id(stage_id(one.stage)), one.stage);
    if (s > 0) {
      EXPECT_GT(one.stage, kStageDates[s - 1].stage);
    }
  }
  EXPECT_EQ(kStageDates[kFirstReached].stage, LeadStage::kMql);
  EXPECT_EQ(stage_date(LeadStage::kDisqualified), nullptr);
  EXPECT_EQ(stage_id(LeadStage::kUnknown), "");
  EXPECT_EQ(stage_from_id("disqualified"), LeadStage::kUnknown);
  EXPECT_EQ(stage_from_id(""), LeadStage::kUnknown);
}

}  // namespace
}  // namespace kpi
