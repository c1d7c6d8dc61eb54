#include "core/engine/experiment_evidence.h"

#include <gtest/gtest.h>

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

class ExperimentEvidenceTest : public test::EngineFixture {
 protected:
  ExperimentCounts counts(const ReportRequest& request = {}) { return count_experiments(*data_, request).value(); }
  /// Two arms of one experiment on two days: 10 000 with 200, 10 000 with 250 in all.
  void put_two(const char* control = "Control") {
    data_->put(TableBuilder("experiments", 1)
                   .dates("date", {"2026-01-01", "2026-01-01", "2026-01-08", "2026-01-08"})
                   .texts("experiment", {"Form", "form ", "Form", "Form"})
                   .texts("variant", {"Long", control, control, "long"})
                   .numbers("visitors", {4000, 5000, 5000, 6000})
                   .numbers("conversions", {100, 90, 110, 150})
                   .build());
  }
};

TEST_F(ExperimentEvidenceTest, RowsAddUpAndTheControlStandsFirst) {
  put_two();
  const ExperimentCounts c = counts();
  ASSERT_EQ(c.experiments.size(), 1U);
  const Experiment& e = c.experiments[0];
  ASSERT_EQ(e.arms.size(), 2U);
  EXPECT_EQ(e.arms[0].name, "Control");
  EXPECT_FALSE(e.is_control_assumed);
  EXPECT_EQ(e.arms[0].counts.n, 10000);
  EXPECT_EQ(e.arms[0].counts.k, 200);
  EXPECT_EQ(e.arms[1].counts.n, 10000);
  EXPECT_EQ(e.arms[1].counts.k, 250);
  ASSERT_EQ(e.looks.size(), 2U);
  EXPECT_EQ(e.looks[0].so_far[1].k, 100);
  EXPECT_EQ(e.looks[1].so_far[1].k, 250);
}

TEST_F(ExperimentEvidenceTest, TwoArmsAreJudged) {
  put_two();
  const ExperimentCounts c = counts();
  const std::vector<ExperimentEvidence> all = weigh_experiments(c, {});
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].verdict, "better");
  EXPECT_NEAR(all[0].p, 0.017126, 1e-6);  // compare_proportions' example
  EXPECT_FALSE(all[0].p_of_many);
  EXPECT_EQ(all[0].looks, 2U);
  ASSERT_TRUE(all[0].reach);
  EXPECT_EQ(all[0].reach->visitors_needed, 13809);  // sample_size' example: 2 % to 2.5 %
  ExperimentSettings planned;
  planned.visitors_per_arm = 20000;
  EXPECT_EQ(weigh_experiments(c, planned)[0].verdict, "not_planned_size");
  ExperimentSettings split;
  split.split = {3, 1};
  EXPECT_EQ(weigh_experiments(c, split)[0].verdict, "srm_alarm");
}

TEST_F(ExperimentEvidenceTest, AControlThatNobodyNamesIsTheFirstByName) {
  put_two("Short");
  const ExperimentCounts c = counts();
  EXPECT_TRUE(c.experiments[0].is_control_assumed);
  EXPECT_EQ(c.experiments[0].arms[0].name, "Long");
}

TEST_F(ExperimentEvidenceTest, ImpossibleRowsAreRefusedAndCounted) {
  data_->put(TableBuilder("experiments", 1)
                 .texts("variant", {"A", "B", "B", "B", "B", "", "B"})
                 .numbers("visitors", {100, 100, -1, 10.5, 10, 10, 1e15})
                 .numbers("conversions", {10, 12, 0, 1, 11, 1, kMissing})
                 .build());
  const ExperimentCounts c = counts();
  EXPECT_EQ(c.refused.negative, 1U);
  EXPECT_EQ(c.refused.not_whole, 1U);
  EXPECT_EQ(c.refused.more_conversions, 1U);
  EXPECT_EQ(c.refused.incomplete, 2U);
  EXPECT_EQ(c.used, 2U);
  EXPECT_EQ(c.experiments[0].arms[1].counts.k, 12);
  EXPECT_EQ(c.experiments[0].undated, 2U);
  ReportRequest year;
  year.from = parse_iso_date("2026-01-01");
  EXPECT_EQ(counts(year).outside, 7U);  // rows without a day are in no window
}

TEST_F(ExperimentEvidenceTest, ThreeArmsAreSetAgainstTheControlWithHolm) {
  data_->put(TableBuilder("experiments", 1)
                 .texts("variant", {"Control", "B", "C"})
                 .numbers("visitors", {1000, 1000, 1000})
                 .numbers("conversions", {100, 150, 105})
                 .build());
  const ExperimentCounts c = counts();
  const ExperimentEvidence e = weigh_experiments(c, {})[0];
  EXPECT_EQ(e.verdict, "arms_differ");
  ASSERT_TRUE(e.many);
  ASSERT_EQ(e.many->pairs.size(), 2U);
  EXPECT_NEAR(e.many->pairs[0].p_adjusted, 2 * e.many->pairs[0].p, 1e-12);  // the smaller of two
  EXPECT_NEAR(e.many->pairs[1].p_adjusted, e.many->pairs[1].p, 1e-12);
  EXPECT_EQ(e.benjamini_hochberg.size(), 2U);
}

TEST_F(ExperimentEvidenceTest, SeveralExperimentsAreAdjustedTogether) {
  data_->put(TableBuilder("experiments", 1)
                 .texts("experiment", {"X", "X", "Y", "Y", "Z"})
                 .texts("variant", {"A", "B", "A", "B", "A"})
                 .numbers("visitors", {10000, 10000, 1000, 1000, 10})
                 .numbers("conversions", {200, 250, 100, 100, 1})
                 .build());
  const ExperimentCounts c = counts();
  const std::vector<ExperimentEvidence> all = weigh_experiments(c, {});
  ASSERT_EQ(all.size(), 3U);
  EXPECT_NEAR(all[0].p_of_many.value_or(0), 2 * 0.017126, 2e-6);
  EXPECT_EQ(all[1].verdict, "no_difference_shown");
  EXPECT_EQ(all[2].reason.code, "too_few_rows");  // one arm only
}

}  // namespace
}  // namespace kpi
