#include "core/models/auc.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

using Scores = std::vector<double>;
using Outcomes = std::vector<std::uint8_t>;

// Catalogue section 6: 0.825. By hand: those who converted beat 1, 1, 0.7 and 0.6 of the others (variance 0.0425 of 4), the others
// are beaten by 0.5, 0.625, 1, 1 and 1 (variance 0.059375 of 5); 0.0425 / 4 + 0.059375 / 5 = 0.0225, whose root is 0.15.
TEST(Auc, OfTheCatalogueWithATie) {
  const Scores scores = {90, 80, 55, 40, 70, 55, 30, 20, 10};
  const Outcomes outcomes = {1, 1, 1, 1, 0, 0, 0, 0, 0};
  const Outcome<Auc> auc = area_under_curve(scores, outcomes);
  ASSERT_TRUE(auc.ok());
  EXPECT_NEAR(auc.value().value, 0.825, 1e-15);
  EXPECT_NEAR(auc.value().gini, 0.65, 1e-15);
  ASSERT_TRUE(auc.value().standard_error && auc.value().interval);
  EXPECT_NEAR(*auc.value().standard_error, 0.15, 1e-15);
  EXPECT_NEAR(auc.value().interval->low, 0.825 - 1.959963984540054 * 0.15, 1e-14);
  EXPECT_EQ(auc.value().interval->high, 1);
}

// scikit-learn roc_auc_score: 7 of 9 pairs.
TEST(Auc, SmallWithTies) {
  const Outcome<Auc> auc = area_under_curve(Scores{0.1, 0.4, 0.4, 0.8, 0.8, 0.9}, Outcomes{0, 0, 1, 0, 1, 1});
  ASSERT_TRUE(auc.ok());
  EXPECT_NEAR(auc.value().value, 7.0 / 9, 1e-15);
}

TEST(Auc, FixtureCasesOfPlainScores) {
  KPI_FIXTURE_CASES(cases, "lead_scoring");
  const auto ties = test::fixture_case(cases, "auc_small_with_ties");
  const Outcome<Auc> small = area_under_curve(ties["inputs"]["score"].get<Scores>(), ties["inputs"]["y"].get<Outcomes>());
  ASSERT_TRUE(small.ok());
  test::expect_fixture(small.value().value, ties["expected"]["auc"], ties["tolerance"], "auc");
  const auto separated = test::fixture_case(cases, "perfect_separation");
  const Outcome<Auc> one = area_under_curve(separated["inputs"]["x"].get<Scores>(), separated["inputs"]["y"].get<Outcomes>());
  ASSERT_TRUE(one.ok());
  EXPECT_EQ(one.value().value, separated["expected"]["auc"].get<double>());
}

TEST(Auc, WithoutOverlapThereIsNoSpreadToTellOf) {
  const Outcome<Auc> auc = area_under_curve(Scores{1, 2, 3, 4}, Outcomes{0, 0, 1, 1});
  ASSERT_TRUE(auc.ok());
  EXPECT_EQ(auc.value().value, 1);
  EXPECT_FALSE(auc.value().interval);
  EXPECT_FALSE(auc.value().standard_error);
  const Outcome<Auc> single = area_under_curve(Scores{1, 2, 3}, Outcomes{0, 1, 0});
  ASSERT_TRUE(single.ok());
  EXPECT_EQ(single.value().value, 0.5);
  EXPECT_FALSE(single.value().interval);
}

TEST(Auc, EqualScoresSayNothing) {
  const Outcome<Auc> auc = area_under_curve(Scores(10, 3.5), Outcomes{0, 1, 0, 1, 0, 1, 0, 1, 0, 1});
  ASSERT_TRUE(auc.ok());
  EXPECT_EQ(auc.value().value, 0.5);
}

TEST(Auc, Degenerate) {
  EXPECT_EQ(area_under_curve(Scores{}, Outcomes{}).reason().code, "no_rows");
  EXPECT_EQ(area_under_curve(Scores{1}, Outcomes{0}).reason().code, "no_conversions");
  EXPECT_EQ(area_under_curve(Scores{1, 2}, Outcomes{1, 1}).reason().code, "all_converted");
  EXPECT_EQ(area_under_curve(Scores{1, std::nan("")}, Outcomes{1, 0}).reason().code, "not_finite");
  EXPECT_EQ(area_under_curve(Scores{1, 2}, Outcomes{1}).reason().code, "out_of_range");
  EXPECT_EQ(area_under_curve(Scores{1, 2}, Outcomes{1, 0}, 1).reason().code, "out_of_range");
}

// Against the definition, pair by pair; turned round, the curve is turned round.
TEST(Auc, IsTheShareOfPairs) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    std::uint64_t state = seed;
    const auto next = [&state] { return static_cast<unsigned>((state = state * 6364136223846793005U + 1442695040888963407U) >> 33); };
    const std::size_t n = 5 + next() % 60;
    Scores scores(n), negated(n);
    Outcomes outcomes(n);
    for (std::size_t i = 0; i < n; ++i) {
      scores[i] = static_cast<double>(next() % 12);
      negated[i] = -scores[i];
      outcomes[i] = static_cast<std::uint8_t>(next() % 2);
    }
    outcomes[0] = 0;
    outcomes[1] = 1;
    double wins = 0, pairs = 0;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (outcomes[i] == 0 || outcomes[j] != 0) continue;
        pairs += 1;
        wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
      }
    }
    const Outcome<Auc> auc = area_under_curve(scores, outcomes), turned = area_under_curve(negated, outcomes);
    ASSERT_TRUE(auc.ok() && turned.ok()) << "seed " << seed;
    EXPECT_NEAR(auc.value().value, wins / pairs, 1e-14) << "seed " << seed;
    EXPECT_NEAR(turned.value().value, 1 - auc.value().value, 1e-14) << "seed " << seed;
    ASSERT_EQ(auc.value().standard_error.has_value(), turned.value().standard_error.has_value()) << "seed " << seed;
    EXPECT_NEAR(auc.value().standard_error.value_or(0), turned.value().standard_error.value_or(0), 1e-14) << "seed " << seed;
  }
}

}  // namespace
}  // namespace kpi
