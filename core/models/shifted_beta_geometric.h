// The shifted beta-geometric model of retention under contract: who renews, period by period, and what a customer is still worth.
//
// At each renewal a customer leaves with a probability theta of one's own, theta ~ Beta(alpha, beta). Retention rises with age because
// the loyal remain, not because anybody changes.
//
// Source   Fader, Hardie 2007, How to Project Customer Retention, Journal of Interactive Marketing 21(1), 76-90; the same 2010,
//          Customer-Base Valuation in a Contractual Setting, Marketing Science 29(1), 85-93 (discounted lifetimes).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

/// Both finite and above 0.
struct ShiftedBetaGeometric {
  double alpha = 0, beta = 0;
};

constexpr std::uint32_t kMostPeriods = 10000;

struct ShiftedBetaGeometricFit {
  ShiftedBetaGeometric parameters;
  ShiftedBetaGeometric standard_errors;  // natural scale, by the delta method
  double log_likelihood = 0;
  int iterations = 0;
};

/// Shape   `survivors[t]`: customers of one cohort still there after t renewals, [0] those who began; not rising, fractions allowed.
/// Errors  "too_few_rows" {"periods"} below three figures; "out_of_range" {"survivors"} where they rise, are negative or begin at 0;
///         "not_identified" {"alpha" or "beta"} where nobody leaves, all leave at once, or all leave at the same rate; "not_finite";
///         "no_convergence".
/// Cost    some 50 passes over the periods.
Outcome<ShiftedBetaGeometricFit> fit_shifted_beta_geometric(std::span<const double> survivors);

struct RetentionCurve {
  std::vector<double> survival;   // S(t), t = 0..periods: the share still there after t renewals
  std::vector<double> retention;  // S(t) / S(t - 1), t = 1..periods
  std::vector<double> churn;      // S(t - 1) - S(t), t = 1..periods: the share that leaves at the t-th renewal
};

/// Errors  "out_of_range" {"parameters" or "periods"}.
Outcome<RetentionCurve> project_retention(const ShiftedBetaGeometric& model, std::uint32_t periods);

/// E[theta] = alpha / (alpha + beta): the share that leaves at the first renewal.
double mean_churn(const ShiftedBetaGeometric& model);

/// Expected payments of a new customer, each discounted by `discount` per period, the first one at once and in full (DEL). Without
/// discount the expected lifetime, (alpha + beta - 1) / (alpha - 1).
/// Errors  "out_of_range" {"parameters" or "discount"} (discount < 0); "mean_infinite" {"lifetime"}: no discount and alpha <= 1.
/// Method  2F1(1, beta; alpha + beta; 1 / (1 + d)) by Gauss's continued fraction, which is fast near 1, where the series is not.
/// Cost    about 20 / sqrt(discount) steps at most.
Outcome<double> discounted_lifetime(const ShiftedBetaGeometric& model, double discount);

/// The same for one who is about to decide on the n-th renewal, n >= 1, after n payments: the payments to come, that renewal's in full if it
/// comes (DERL).
/// Errors  as above, and "out_of_range" {"renewal"} for n = 0.
Outcome<double> discounted_residual_lifetime(const ShiftedBetaGeometric& model, std::uint32_t renewal, double discount);

}  // namespace kpi
