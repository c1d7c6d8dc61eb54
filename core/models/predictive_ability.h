// Whether one way of forecasting is better than another beyond chance, from few errors that hang together.
#pragma once

#include <vector>

#include "core/base/undefined.h"

namespace kpi {

struct PredictiveAbility {
  double mean_gain;
  double standard_error;      // of the mean, with the dependence of neighbours in it
  double degrees_of_freedom;
  double p;                   // one-sided: of such a mean or more where neither way is better
};

/// `gains`: by origin, in their order, by how much less the first way erred over all steps ahead (average predictive ability: Quaedvlieg 2021,
/// Multi-Horizon Forecast Comparison, J. Business & Economic Statistics 39, 40-53). The test is Diebold and Mariano's, with the variance of the
/// mean from the lowest m frequencies of the periodogram and Student's t of 2 m degrees of freedom.
///
/// m = 1. The source takes the cube root of n, which is 1 to 2 for up to 26 origins; where gains are a moving sum over half of 12 origins, 2
/// finds a difference at 10 % in 25 % of cases without one, 1 in 16 % (and a plain t test in more than 30 %).
///
/// Why not the correction of Harvey, Leybourne, Newbold 1997 (Int. J. Forecasting 13, 281-291): origins a month apart that look h months ahead
/// overlap in h - 1 months. With 7 origins and h = 6 its sum of autocovariances may be negative and its factor is 0.2: it would never find
/// anything. The periodogram is never negative, and its test keeps its size in samples as small as these.
///
/// Undefined: "too_few_rows" (less than 3), "not_finite". Where all gains are the same p is 0 or 1.
/// Source  Coroneo and Iacone 2020, Comparing predictive accuracy in small samples using fixed-smoothing asymptotics, J. Applied Econometrics
///         35, 391-409 (weighted periodogram). Cost O(n).
Outcome<PredictiveAbility> predictive_ability(const std::vector<double>& gains);

}  // namespace kpi
