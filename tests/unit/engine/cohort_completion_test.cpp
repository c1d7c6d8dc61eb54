// Completion of cohorts by month, by hand.
#include "core/engine/cohort_completion.h"

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

class CohortCompletionTest : public test::EngineFixture {
 protected:
  /// 40 leads of 2024-01-01, half of them MQLs after 10 days and half after 40; 20 of 2024-12-01, 15 of which became MQLs after 10 days. The
  /// last day of the data is 2024-12-21. By the chain ladder over the 55 conversions nothing happens between day 10 and day 39, and on day 40
  /// the 20 of 40 do: F(20) = 1 - 20 / 40 = 1 / 2, with the variance 20 / (40 * 20) = 1 / 40 of its logarithm.
  void put_leads() {
    std::vector<std::string> ids, created, mql;
    for (int i = 0; i < 60; ++i) {
      ids.push_back(std::to_string(i));
      created.emplace_back(i < 40 ? "2024-01-01" : "2024-12-01");
      mql.emplace_back(i >= 55 ? "" : i >= 40 ? "2024-12-11" : i % 2 == 0 ? "2024-01-11" : "2024-02-10");
    }
    ids.emplace_back("last");
    created.emplace_back("");
    mql.emplace_back("");
    data_->put(TableBuilder("leads", 1).keys("lead_id", ids).dates("created_at", created).dates("mql_at", mql).moments("handoff_at", [&] {
      std::vector<std::string> days(ids.size(), "");
      days.back() = "2024-12-21";
      return days;
    }()).build());
  }
  Outcome<CohortCompletion> made(const CompletionStep& step = {}, const ReportRequest& request = {}) {
    const Result<ReportScope> scope = open_scope(*data_, request);
    EXPECT_TRUE(scope.ok());
    return cohort_completion(*data_, scope.value(), StageRule::kReachedOrBeyond, dated_stages(*data_, StageRule::kReachedOrBeyond), step);
  }
};

TEST_F(CohortCompletionTest, TheChainLadderByMonths) {
  put_leads();
  const Outcome<CohortCompletion> result = made();
  ASSERT_TRUE(result.ok());
  const CohortCompletion& c = result.value();
  EXPECT_EQ(c.step.from, LeadStage::kLead);
  EXPECT_EQ(c.step.to, LeadStage::kMql);
  EXPECT_EQ(c.curve.conversions(), 55U);
  EXPECT_EQ(c.undated, 1U);
  EXPECT_EQ(c.rows, 61U);
  EXPECT_EQ(c.earlier.entered, 0U);
  ASSERT_EQ(c.cohorts.size(), 2U);
  const EntryCohort &old = c.cohorts[0], &young = c.cohorts[1];
  EXPECT_DOUBLE_EQ(old.completed, 1);
  EXPECT_DOUBLE_EQ(old.expected.value().count, 40);
  EXPECT_EQ(young.entered, 20U);
  EXPECT_EQ(young.converted, 15U);
  EXPECT_DOUBLE_EQ(young.completed, 0.5);
  EXPECT_DOUBLE_EQ(young.log_variance, 1.0 / 40);
  EXPECT_DOUBLE_EQ(young.expected.value().count, 20) << "30 would be more than have entered";
}

TEST_F(CohortCompletionTest, AWindowChoosesCohortsNotTheCurve) {
  put_leads();
  const Outcome<CohortCompletion> result = made({}, between("2024-12-01", "2024-12-31"));
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.value().outside, 40U);
  EXPECT_EQ(result.value().curve.conversions(), 55U);
  ASSERT_EQ(result.value().cohorts.size(), 1U);
}

// Of one month: 30 people of December 1, F = 1/2 with variance V, and 10 of December 15, too young: F(6) = 0. Mean (30 / 2) / 40 = 3 / 8, and
// the logarithm of the mean varies as that of its only part.
TEST_F(CohortCompletionTest, AMonthIsTheMeanOfItsDays) {
  std::vector<std::string> created, mql;
  for (int i = 0; i < 80; ++i) {
    created.emplace_back(i < 40 ? "2024-01-01" : i < 70 ? "2024-12-01" : "2024-12-15");
    mql.emplace_back(i >= 50 ? "" : i >= 40 ? "2024-12-11" : i % 2 == 0 ? "2024-01-11" : "2024-02-10");
  }
  data_->put(TableBuilder("leads", 1).dates("created_at", created).dates("mql_at", mql).dates("sal_at", [&] {
    std::vector<std::string> days(80, "");
    days.front() = "2024-12-21";
    return days;
  }()).build());
  const Outcome<CohortCompletion> result = made({LeadStage::kLead, LeadStage::kMql});
  ASSERT_TRUE(result.ok());
  const EntryCohort& december = result.value().cohorts.back();
  EXPECT_EQ(december.entered, 40U);
  EXPECT_DOUBLE_EQ(december.completed, 3.0 / 8);
  EXPECT_DOUBLE_EQ(december.log_variance, 1.0 / 40);
  EXPECT_DOUBLE_EQ(december.expected.value().count, 10 / (3.0 / 8));
}

// 40 people of June who convert after 40 days, 40 of May of whom nothing is known before July 11: by the curve all of them had converted 40 days
// after May 1. Rate: 40 / 80.
TEST_F(CohortCompletionTest, TellsConversionsThatTheFilesDoNotHave) {
  std::vector<std::string> created, mql;
  for (int i = 0; i < 80; ++i) {
    created.emplace_back(i < 40 ? "2024-05-01" : "2024-06-01");
    mql.emplace_back(i < 40 ? "" : "2024-07-11");
  }
  data_->put(TableBuilder("leads", 1).dates("created_at", created).dates("mql_at", mql).build());
  const Outcome<CohortCompletion> result = made();
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.value().first_converted, *parse_iso_date("2024-07-11"));
  EXPECT_DOUBLE_EQ(result.value().expected_before, 20);
}

TEST_F(CohortCompletionTest, OldMonthsAreOneRow) {
  std::vector<std::string> created, mql;
  for (int month = 0; month < 30; ++month) {
    const std::string first = format_iso_date(*parse_iso_date("2020-01-15") + month * 31);
    created.push_back(first);
    mql.push_back(first);
  }
  data_->put(TableBuilder("leads", 1).dates("created_at", created).dates("mql_at", mql).build());
  const Outcome<CohortCompletion> result = made();
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result.value().cohorts.size(), kMaxCohorts);
  std::uint64_t entered = result.value().earlier.entered;
  EXPECT_GT(entered, 0U);
  for (const EntryCohort& one : result.value().cohorts) {
    EXPECT_GT(one.first, result.value().earlier.last);
    entered += one.entered;
  }
  EXPECT_EQ(entered, 30U);
}

TEST_F(CohortCompletionTest, WithoutWhatItTakes) {
  EXPECT_EQ(made().reason().code, "missing_input");
  data_->put(TableBuilder("leads", 1).dates("created_at", {"2024-01-01"}).build());
  EXPECT_EQ(made().reason().arguments, std::vector<std::string>{"mqls"});
  data_->put(TableBuilder("leads", 1).dates("created_at", {"2024-01-01"}).dates("mql_at", {"2024-01-01"}).build());
  EXPECT_EQ(made().reason().code, "too_few_rows");
  EXPECT_EQ(made({LeadStage::kLead, LeadStage::kSql}).reason().code, "out_of_range");
  EXPECT_EQ(made({LeadStage::kMql, LeadStage::kUnknown}).reason().code, "out_of_range");
  EXPECT_EQ(made({LeadStage::kMql, LeadStage::kMql}).reason().code, "out_of_range");
}

}  // namespace
}  // namespace kpi
