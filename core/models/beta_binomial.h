// Two conversion rates compared the Bayesian way: what is believed of each is a beta distribution.
#pragma once

#include "core/base/undefined.h"
#include "core/models/wilson.h"

namespace kpi {

/// Beta(alpha, beta): as much as alpha conversions and beta people without one have taught. Beta(1, 1) knows nothing.
struct BetaPrior {
  double alpha = 1, beta = 1;
};

struct BetaBinomial {
  double alpha_a, beta_a, alpha_b, beta_b;      // posteriors
  double mean_a, mean_b;
  Interval credible_a, credible_b;              // equal tails
  Interval credible_difference;                 // of b - a, equal tails
  double probability_b_greater;                 // P(B > A)
  double expected_loss_of_a, expected_loss_of_b;  // E max(B - A, 0), by choosing a; E max(A - B, 0), by choosing b; in rates
};

/// Shape   Whole counts a.k of a.n and b.k of b.n; an arm without anybody is its prior.
/// Errors  "not_finite", "out_of_range" (k below 0 or above n, prior not above 0, prior and counts beyond 0.01 .. 1e9, confidence outside 0..1).
/// How     Gauss-Legendre quadrature in the log-odds of the narrower posterior, where its density is analytic and falls exponentially;
///         cut where the other's distribution has a kink. Within 1e-12 for the probability and the losses, 1e-9 for the bounds.
/// Source  Gelman et al. 2013, Bayesian Data Analysis, 3rd ed., section 2.4; the losses as in Stucchio 2015, Bayesian A/B Testing at VWO.
/// Cost    Some thousand incomplete betas for the probability, ten times that for the interval of the difference: 5 to 50 ms.
Outcome<BetaBinomial> beta_binomial(const Proportion& a, const Proportion& b, const BetaPrior& prior = {}, double confidence = 0.95);

}  // namespace kpi
