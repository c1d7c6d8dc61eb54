#include "core/engine/experiment_visitors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "core/engine/experiment_evidence.h"
#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

class ExperimentVisitorsTest : public test::EngineFixture {
 protected:
  ExperimentCounts counts(const ReportRequest& request = {}) { return count_experiments(*data_, request).value(); }
};

TEST_F(ExperimentVisitorsTest, RowsOfAVisitorAreOneVisitor) {
  data_->put(TableBuilder("experiment_visitors", 1)
                 .dates("date", {"2026-01-03", "2026-01-01", "2026-01-05", "2026-01-02", "2026-01-02"})
                 .texts("variant", {"Control", "control ", "Control", "Variant", "Variant"})
                 .keys("user_id", {"u1", "u1", "u1", "u2", "u3"})
                 .texts("converted", {"no", "", "yes", "0", "1"})
                 .numbers("revenue", {kMissing, 10, 5, kMissing, 7})
                 .build());
  const ExperimentCounts c = counts();
  ASSERT_EQ(c.experiments.size(), 1U);
  const Experiment& e = c.experiments[0];
  ASSERT_EQ(e.arms.size(), 2U);
  EXPECT_TRUE(e.is_of_visitors);
  EXPECT_EQ(e.arms[0].counts.n, 1);
  EXPECT_EQ(e.arms[0].counts.k, 1);
  EXPECT_EQ(e.arms[1].counts.n, 2);
  EXPECT_EQ(e.arms[1].counts.k, 1);
  EXPECT_EQ(e.arms[0].revenue.revenue, (std::vector<double>{15}));
  EXPECT_EQ(e.arms[1].revenue.revenue, (std::vector<double>{0, 7}));  // who did not convert and has no amount brought nothing
  ASSERT_EQ(e.looks.size(), 2U);                                      // days of first exposures
  EXPECT_EQ(e.looks[0].day, parse_iso_date("2026-01-01").value());
  EXPECT_EQ(e.looks[0].so_far[0].k, 1);                               // with all that the visitor did later
  EXPECT_EQ(c.visitor_used, 5U);
}

TEST_F(ExperimentVisitorsTest, AVisitorOfTwoArmsCountsInNone) {
  data_->put(TableBuilder("experiment_visitors", 1)
                 .texts("experiment", {"X", "X", "X", "Y", "X"})
                 .texts("variant", {"A", "B", "A", "B", "B"})
                 .keys("user_id", {"u1", "u1", "u2", "u1", "u3"})
                 .texts("converted", {"yes", "no", "yes", "yes", "no"})
                 .build());
  const ExperimentCounts c = counts();
  ASSERT_EQ(c.experiments.size(), 2U);
  EXPECT_EQ(c.experiments[0].name, "X");
  EXPECT_EQ(c.experiments[0].use.in_several_arms, 1U);
  EXPECT_EQ(c.experiments[0].arms[0].counts.n, 1);
  EXPECT_EQ(c.experiments[0].arms[1].counts.n, 1);
  EXPECT_EQ(c.experiments[1].use.in_several_arms, 0U);  // another experiment's arms are no matter
  EXPECT_EQ(c.experiments[1].arms[0].counts.n, 1);
  EXPECT_EQ(c.in_several_arms, 2U);
  EXPECT_EQ(c.visitor_used, 3U);
}

TEST_F(ExperimentVisitorsTest, EveryRowIsInOnePlace) {
  data_->put(TableBuilder("experiment_visitors", 1)
                 .dates("date", {"2026-01-01", "2026-01-01", "2026-01-01", "2026-01-01", "2026-01-01", "2025-01-01", "2026-01-01", "", "2026-01-01"})
                 .texts("variant", {"A", "A", "", "A", "A", "A", "B", "A", "A"})
                 .keys("user_id", {"u1", "", "u2", "u3", "u4", "u5", "u6", "u7", "u8"})
                 .texts("converted", {"yes", "yes", "yes", "maybe", "yes", "yes", "no", "yes", ""})
                 .numbers("revenue", {1, 1, 1, 1, 1e300, 1, kMissing, 2, kMissing})
                 .build());
  const ExperimentCounts c = counts(between("2026-01-01", "2026-12-31"));
  EXPECT_EQ(c.visitor_rows.rows, 9U);
  EXPECT_EQ(c.visitor_rows.without_visitor, 1U);
  EXPECT_EQ(c.visitor_rows.without_arm, 1U);
  EXPECT_EQ(c.visitor_rows.unreadable, 1U);
  EXPECT_EQ(c.visitor_rows.too_large, 1U);
  EXPECT_EQ(c.visitor_outside, 2U);  // another year, and no day
  EXPECT_EQ(c.without_outcome, 1U);
  EXPECT_EQ(c.visitor_used, 2U);
  EXPECT_EQ(counts().experiments[0].undated, 1U);
}

TEST_F(ExperimentVisitorsTest, OrdersAndRevenueTellWhoConverted) {
  data_->put(TableBuilder("experiment_visitors", 1)
                 .texts("variant", {"A", "A", "A", "B", "B"})
                 .keys("user_id", {"u1", "u2", "u3", "u4", "u5"})
                 .numbers("revenue", {10, 0, kMissing, -5, 0})
                 .numbers("orders", {kMissing, kMissing, kMissing, 1, 0})
                 .build());
  const Experiment e = counts().experiments[0];
  EXPECT_EQ(e.arms[0].counts.n, 2);
  EXPECT_EQ(e.arms[0].counts.k, 1);
  EXPECT_EQ(e.arms[1].counts.k, 1);  // an order, though more came back
  EXPECT_EQ(e.use.by_amount, 4U);
  EXPECT_EQ(e.use.without_outcome, 1U);
}

TEST_F(ExperimentVisitorsTest, TheSameRowAgainIsTold) {
  TableBuilder twice("experiment_visitors", 1);
  twice.texts("variant", {"A", "A", "A"}).keys("user_id", {"u1", "u1", "u1"}).texts("converted", {"yes", "1", "yes"}).numbers("revenue", {5, 5, 6});
  data_->put(twice.build());
  EXPECT_EQ(counts().same_rows, 1U);
}

TEST_F(ExperimentVisitorsTest, AnExperimentOfBothKindsCountsByItsVisitors) {
  data_->put(TableBuilder("experiments", 1)
                 .texts("experiment", {"x", "x", "Z", "Z"})
                 .texts("variant", {"A", "B", "A", "B"})
                 .numbers("visitors", {100, 100, 10, 20})
                 .numbers("conversions", {10, 12, 1, 2})
                 .build());
  data_->put(TableBuilder("experiment_visitors", 2)
                 .texts("experiment", {"X", "X"})
                 .texts("variant", {"A", "B"})
                 .keys("user_id", {"u1", "u2"})
                 .texts("converted", {"yes", "no"})
                 .build());
  const ExperimentCounts c = counts();
  ASSERT_EQ(c.experiments.size(), 2U);
  EXPECT_EQ(c.experiments[0].arms[0].counts.n, 1);
  EXPECT_EQ(c.experiments[0].use.rows_with_counts, 2U);
  EXPECT_EQ(c.experiments[0].use.with_counts.n, 200);
  EXPECT_EQ(c.experiments[0].use.with_counts.k, 22);
  EXPECT_EQ(c.experiments[1].arms[1].counts.n, 20);
  EXPECT_EQ(c.beside_visitors, 2U);
  EXPECT_EQ(c.used, 2U);
}

// The A/B figures of the catalogue are of the same visitors: in each arm 4, of whom 1 and 2 converted.
TEST_F(ExperimentVisitorsTest, MeasuresCountVisitorsOnce) {
  data_->put(TableBuilder("experiment_visitors", 1)
                 .dates("date", {"2026-01-01", "2026-01-02", "2026-01-01", "2026-01-01", "2026-01-01", "2026-01-01", "2026-01-01", "2026-01-01", "2026-01-01", "2026-01-01", "2026-01-02"})
                 .texts("variant", {"control", "control", "control", "control", "control", "variant", "variant", "variant", "variant", "control", "variant"})
                 .keys("user_id", {"a", "a", "b", "c", "d", "e", "f", "g", "h", "both", "both"})
                 .texts("converted", {"no", "yes", "no", "no", "no", "yes", "yes", "no", "no", "yes", "yes"})
                 .build());
  EXPECT_NEAR(number(kpi_of("ab_uplift").value), (2.0 / 4) / (1.0 / 4) - 1, 1e-12);
  EXPECT_NEAR(number(kpi_of("ab_uplift", between("2026-01-01", "2026-01-01")).value), 1, 1e-12);  // by first exposure
  // Rows with counts come first: nothing is added up twice.
  data_->put(TableBuilder("experiments", 2).texts("variant", {"control", "variant"}).numbers("visitors", {100, 100}).numbers("conversions", {10, 11}).build());
  EXPECT_NEAR(number(kpi_of("ab_uplift").value), 0.1, 1e-12);
}

TEST_F(ExperimentVisitorsTest, AmountsAreConvertedOrMixed) {
  data_->put(TableBuilder("experiment_visitors", 1)
                 .dates("date", {"2026-01-05", "2026-01-05", "2026-01-05"})
                 .texts("variant", {"A", "B", "B"})
                 .keys("user_id", {"u1", "u2", "u3"})
                 .numbers("revenue", {10, 20, 0})
                 .texts("currency", {"EUR", "USD", "GBP"})  // nothing is nothing in any currency
                 .build());
  EXPECT_TRUE(counts().experiments[0].is_currency_mixed);
  data_->put(TableBuilder("fx_rates", 2).dates("date", {"2026-01-01"}).texts("from_currency", {"USD"}).texts("to_currency", {"EUR"}).numbers("rate", {0.5}).build());
  ReportRequest euros;
  euros.currency = "EUR";
  const Experiment e = counts(euros).experiments[0];
  EXPECT_FALSE(e.is_currency_mixed);
  EXPECT_EQ(e.currency, "EUR");
  EXPECT_EQ(e.arms[1].revenue.revenue, (std::vector<double>{10, 0}));
}

// Rows of a visitor split, told in another order or in two files: nothing changes.
TEST_F(ExperimentVisitorsTest, SplittingRowsChangesNothing) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    struct Line {
      std::string arm, user, converted;
      double revenue, orders;
    };
    std::vector<Line> whole, split;
    for (int i = 0; i < 60; ++i) {
      const double revenue = static_cast<double>(random() % 200), orders = static_cast<double>(random() % 4);
      const Line line{random() % 2 == 0 ? "A" : "B", "u" + std::to_string(i), random() % 3 == 0 ? "yes" : "no", revenue, orders};
      whole.push_back(line);
      const double part = static_cast<double>(random() % 50);
      split.push_back({line.arm, line.user, "no", part, orders});
      split.push_back({line.arm, line.user, line.converted, revenue - part, 0});
    }
    std::shuffle(split.begin(), split.end(), random);
    const auto put = [&](const std::vector<Line>& lines, int file) {
      std::vector<std::string> arms, users, converted;
      std::vector<double> revenue, orders;
      for (const Line& line : lines) {
        arms.push_back(line.arm), users.push_back(line.user), converted.push_back(line.converted);
        revenue.push_back(line.revenue), orders.push_back(line.orders);
      }
      data_->put(TableBuilder("experiment_visitors", file).texts("variant", arms).keys("user_id", users).texts("converted", converted).numbers("revenue", revenue).numbers("orders", orders).build());
    };
    put(whole, 1);
    data_->remove(2);
    const std::vector<Experiment> one = counts().experiments;
    const std::size_t middle = split.size() / 2;
    put({split.begin(), split.begin() + static_cast<std::ptrdiff_t>(middle)}, 1);
    put({split.begin() + static_cast<std::ptrdiff_t>(middle), split.end()}, 2);
    const std::vector<Experiment> two = counts().experiments;
    ASSERT_EQ(one[0].arms.size(), two[0].arms.size());
    for (std::size_t a = 0; a < one[0].arms.size(); ++a) {
      EXPECT_EQ(one[0].arms[a].counts.n, two[0].arms[a].counts.n);
      EXPECT_EQ(one[0].arms[a].counts.k, two[0].arms[a].counts.k);
      std::vector<double> left = one[0].arms[a].revenue.revenue, right = two[0].arms[a].revenue.revenue;
      std::sort(left.begin(), left.end()), std::sort(right.begin(), right.end());
      EXPECT_EQ(left, right);
    }
  }
}

}  // namespace
}  // namespace kpi
