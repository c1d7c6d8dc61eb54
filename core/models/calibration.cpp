#include "core/models/calibration.h"

#include <algorithm>
#include <cmath>

#include "core/base/sum.h"
#include "core/models/find_root.h"
#include "core/models/logistic_regression.h"
#include "core/models/score_bins.h"
#include "core/models/score_groups.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

constexpr double kLeastChance = 1e-15;

double bounded(double chance) { return std::clamp(chance, kLeastChance, 1 - kLeastChance); }

std::optional<CalibrationLine> fit_line(std::span<const double> chances, std::span<const std::uint8_t> outcomes) {
  std::vector<std::vector<double>> log_odds(1);
  for (const double chance : chances) log_odds[0].push_back(std::log(bounded(chance) / (1 - bounded(chance))));
  const Outcome<LogisticRegression> model = fit_logistic_regression(log_odds, outcomes);
  if (!model.ok()) return std::nullopt;
  // The shift at which as many conversions are expected as were seen.
  const auto surplus = [&](double shift) {
    Sum sum;
    for (std::size_t i = 0; i < outcomes.size(); ++i) sum.add(1 / (1 + std::exp(-(log_odds[0][i] + shift))) - (outcomes[i] != 0 ? 1 : 0));
    return sum.value();
  };
  return CalibrationLine{model.value().features[0].value, model.value().intercept.value, find_root(surplus, -80, 80, 1e-13)};
}

std::optional<ChiSquareTest> hosmer_lemeshow(const std::vector<CalibrationBin>& bins) {
  if (bins.size() < 3) return std::nullopt;
  Sum statistic;
  for (const CalibrationBin& bin : bins) {
    const double spread = bin.mean_predicted * (1 - bin.mean_predicted), distance = bin.observed_rate - bin.mean_predicted;
    if (!(spread > 0)) return std::nullopt;
    statistic.add(static_cast<double>(bin.people) * distance * distance / spread);
  }
  const double freedom = static_cast<double>(bins.size() - 2);
  return ChiSquareTest{statistic.value(), freedom, chi_square_upper(statistic.value(), freedom)};
}

}  // namespace

Outcome<Calibration> calibration(std::span<const double> chances, std::span<const std::uint8_t> outcomes, std::size_t bins) {
  const Outcome<ScoreGroups> people = group_by_score(chances, outcomes);
  if (!people.ok()) return people.reason();
  if (people.value().groups.front().score < 0 || people.value().groups.back().score > 1 || bins == 0) return Undefined{"out_of_range", {}};
  if (chances.size() < bins) return Undefined{"too_few_rows", {}};
  const double n = static_cast<double>(chances.size());
  Sum squares, losses;
  for (std::size_t i = 0; i < chances.size(); ++i) {
    const double error = chances[i] - (outcomes[i] != 0 ? 1 : 0);
    squares.add(error * error);
    losses.add(outcomes[i] != 0 ? -std::log(bounded(chances[i])) : -std::log1p(-bounded(chances[i])));
  }
  Calibration result{};
  result.brier = squares.value() / n;
  result.log_loss = losses.value() / n;
  const std::vector<std::size_t> order = order_by_score(chances, ScoreOrder::kRising);
  Sum distance;
  for (std::size_t k = 0; k < bins; ++k) {
    const std::size_t first = first_of_bin(k, bins, order.size()), end = first_of_bin(k + 1, bins, order.size());
    Sum predicted;
    double converted = 0;
    for (std::size_t i = first; i < end; ++i) {
      predicted.add(chances[order[i]]);
      converted += outcomes[order[i]] != 0 ? 1 : 0;
    }
    const double in_bin = static_cast<double>(end - first);
    result.bins.push_back({end - first, predicted.value() / in_bin, converted / in_bin});
    distance.add(std::fabs(predicted.value() - converted));
  }
  result.expected_error = distance.value() / n;
  result.hosmer_lemeshow = hosmer_lemeshow(result.bins);
  result.line = fit_line(chances, outcomes);
  return result;
}

}  // namespace kpi
