#include "core/models/penalty_choice.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/models/logistic_regression.h"
#include "core/models/seeded_random.h"

namespace kpi {
namespace {

using Columns = std::vector<std::vector<double>>;
using Outcomes = std::vector<std::uint8_t>;

constexpr std::array<double, 4> kGrid = {0.1, 1, 10, 100};

/// `told` features that make the outcome likelier, the others noise.
void make(SeededRandom& random, int rows, int told, int noise, Columns& x, Outcomes& y) {
  x.assign(static_cast<std::size_t>(told + noise), {});
  for (int i = 0; i < rows; ++i) {
    double log_odds = -0.5;
    for (std::size_t j = 0; j < x.size(); ++j) {
      x[j].push_back(random.unit() < 0.5 ? 1 : 0);
      if (j < static_cast<std::size_t>(told)) log_odds += 3 * (x[j].back() - 0.5);
    }
    y.push_back(random.unit() < 1 / (1 + std::exp(-log_odds)) ? 1 : 0);
  }
}

// The losses are recalculated here from fits of their own.
TEST(PenaltyChoice, IsTheLeastLossOfWhatComesNext) {
  SeededRandom random(5);
  Columns x;
  Outcomes y;
  make(random, 240, 2, 3, x, y);
  const std::vector<std::size_t> cuts = {120, 180};
  const auto choice = choose_penalty(x, y, cuts, kGrid);
  ASSERT_TRUE(choice.ok());
  EXPECT_EQ(choice.value().foretold, 120U);
  ASSERT_EQ(choice.value().tried.size(), kGrid.size());
  double least = 1e9, best = 0;
  for (std::size_t k = 0; k < kGrid.size(); ++k) {
    double loss = 0;
    for (std::size_t c = 0; c < cuts.size(); ++c) {
      const std::size_t end = c + 1 < cuts.size() ? cuts[c + 1] : y.size();
      Columns before;
      for (const auto& column : x) before.emplace_back(column.begin(), column.begin() + static_cast<std::ptrdiff_t>(cuts[c]));
      LogisticOptions options;
      options.l2 = kGrid[k];
      const auto m = fit_logistic_regression(before, Outcomes(y.begin(), y.begin() + static_cast<std::ptrdiff_t>(cuts[c])), options);
      ASSERT_TRUE(m.ok());
      for (std::size_t i = cuts[c]; i < end; ++i) {
        std::vector<double> values;
        for (const auto& column : x) values.push_back(column[i]);
        const double p = predict(m.value(), values);
        loss -= std::log(y[i] != 0 ? p : 1 - p);
      }
    }
    EXPECT_NEAR(choice.value().tried[k].log_loss, loss / 120, 1e-12);
    if (loss < least) least = loss, best = kGrid[k];
  }
  EXPECT_EQ(choice.value().l2, best);
}

TEST(PenaltyChoice, NoiseIsPenalisedMoreThanWhatTells) {
  SeededRandom random(6);
  Columns noise, told;
  Outcomes of_noise, of_told;
  make(random, 150, 0, 12, noise, of_noise);
  make(random, 600, 3, 0, told, of_told);
  const auto strong = choose_penalty(noise, of_noise, std::vector<std::size_t>{75, 110}, kGrid), weak = choose_penalty(told, of_told, std::vector<std::size_t>{300, 450}, kGrid);
  ASSERT_TRUE(strong.ok() && weak.ok()) << "seed 6";
  EXPECT_GT(strong.value().l2, weak.value().l2) << "seed 6";
}

TEST(PenaltyChoice, SeparatedDataStillChoose) {
  Columns x(1);
  Outcomes y;
  for (int i = 0; i < 40; ++i) x[0].push_back(i % 2), y.push_back(i % 2 != 0 ? 1 : 0);
  const auto choice = choose_penalty(x, y, std::vector<std::size_t>{20}, kGrid);
  ASSERT_TRUE(choice.ok());
  EXPECT_EQ(choice.value().l2, 0.1);  // what separates once separates again: the weakest penalty foretells best
}

TEST(PenaltyChoice, AConstantFeatureIsLeftOutBeforeItVaries) {
  Columns x(2);
  Outcomes y;
  for (int i = 0; i < 60; ++i) x[0].push_back(i % 3 == 0 ? 1 : 0), x[1].push_back(i < 30 ? 0 : i % 2), y.push_back(i % 3 == 0 || i % 7 == 0 ? 1 : 0);
  EXPECT_TRUE(choose_penalty(x, y, std::vector<std::size_t>{30}, kGrid).ok());
}

TEST(PenaltyChoice, ReasonsForNone) {
  const Columns x = {{0, 1, 0, 1, 0, 1}};
  const Outcomes y = {0, 1, 0, 1, 1, 0};
  const std::vector<std::size_t> cut = {4}, beyond = {6}, falling = {4, 2}, none;
  EXPECT_EQ(choose_penalty(x, y, none, kGrid).reason().code, "out_of_range");
  EXPECT_EQ(choose_penalty(x, y, beyond, kGrid).reason().code, "out_of_range");
  EXPECT_EQ(choose_penalty(x, y, falling, kGrid).reason().code, "out_of_range");
  EXPECT_EQ(choose_penalty(x, y, cut, std::array<double, 1>{0}).reason().code, "out_of_range");
  EXPECT_EQ(choose_penalty(Columns{}, y, cut, kGrid).reason().code, "out_of_range");
  EXPECT_EQ(choose_penalty(x, Outcomes{0, 0, 0, 0, 1, 0}, cut, kGrid).reason().code, "too_few_rows");
}

}  // namespace
}  // namespace kpi
