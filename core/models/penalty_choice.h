// How strong the penalty of a logistic regression should be, out of the data: the one that would have foretold the rows that came next best.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

struct TriedPenalty {
  double l2;
  double log_loss;  // mean over all rows foretold
};

struct PenaltyChoice {
  double l2;
  std::vector<TriedPenalty> tried;  // in the order of the candidates; those with which nothing could be fitted are left out
  std::size_t foretold = 0;         // rows that a penalty was tried on
};

/// For each cut the rows before it are fitted to and the rows from it to the next cut (or the end) foretold, so that no row is foretold from later ones.
/// The penalty of the least mean logarithmic loss wins; of losses alike to 9 digits the strongest penalty. Features that are constant before a cut are
/// left out of that fit.
///
/// Shape   A column per feature as in fit_logistic_regression, rows in the order of time; rising cuts above 0 and below the number of rows; penalties above 0.
/// Errors  "out_of_range" (no cut or candidate, cuts or lengths that do not fit), "too_few_rows" (no cut has both outcomes before it, or nothing to fit).
/// Source  Hyndman and Athanasopoulos 2021, Forecasting: Principles and Practice, 3rd ed., section 5.10 (evaluation on a rolling origin).
/// Cost    A fit for each cut and candidate.
Outcome<PenaltyChoice> choose_penalty(std::span<const std::vector<double>> features, std::span<const std::uint8_t> outcomes, std::span<const std::size_t> cuts,
                                      std::span<const double> candidates);

}  // namespace kpi
