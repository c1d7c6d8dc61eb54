// The chance of converting as a function of what is known of a lead, fitted to leads whose outcome is known.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/wilson.h"

namespace kpi {

struct LogisticOptions {
  /// Penalty lambda / 2 x sum of squared coefficients of the standardised features; the intercept is free. 0: maximum likelihood.
  double l2 = 0;
  double confidence = 0.95;
  int most_iterations = 100;
};

/// Of a feature in its own unit. With a penalty the error is that of the penalised curvature: too small for a test, so take no p from it.
struct Coefficient {
  double value, standard_error, z, p;
  Interval interval;  // Wald
  std::optional<double> odds_ratio;  // by which one unit more multiplies the odds; nothing where that overflows (an intercept far from the data)
};

struct LogisticRegression {
  Coefficient intercept;
  std::vector<Coefficient> features;
  double log_likelihood, null_log_likelihood;  // without the penalty; of the rate alone
  double deviance, null_deviance, aic, bic, mcfadden_r2;
  double likelihood_ratio, likelihood_ratio_p;  // chi-square with a degree of freedom per feature
  int iterations;
};

/// Newton's method (iteratively reweighted least squares) on standardised features, with halved steps where one overshoots.
///
/// Shape   A column per feature, all as long as `outcomes` (1 converted, 0 not). Categories as columns of 0 and 1, one of them left out.
/// Errors  "no_rows", "out_of_range" (lengths differ, l2 below 0), "not_finite", "too_few_rows" (not more rows than coefficients),
///         "no_conversions", "all_converted", "constant_feature" {index}, "collinear_features" (without a penalty),
///         "perfect_separation" (without a penalty a rule tells the two sides apart, or almost: coefficients would be infinite),
///         "no_convergence".
/// Source  McCullagh and Nelder 1989, Generalized Linear Models, 2nd ed., chapter 4; separation: Albert and Anderson 1984, Biometrika 71, 1-10.
/// Cost    O(rows x features^2) per iteration, 5 to 10 of them: 15 ms for 4 600 x 11, 0.5 s for 100 000 x 11.
Outcome<LogisticRegression> fit_logistic_regression(std::span<const std::vector<double>> features, std::span<const std::uint8_t> outcomes,
                                                    const LogisticOptions& options = {});

/// The chance of a lead with these values, one per feature.
double predict(const LogisticRegression& model, std::span<const double> values);
/// Of all rows of the columns.
std::vector<double> predict_all(const LogisticRegression& model, std::span<const std::vector<double>> features);

}  // namespace kpi
