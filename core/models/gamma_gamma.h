// The Gamma-Gamma model of spend: what a customer spends per purchase, drawn towards the mean of all the less is known.
//
// Each customer's purchases are Gamma(p, rate nu) with nu ~ Gamma(q, rate gamma) over the customers. Needs that spend does not depend on
// how often one buys: say so with correlation_with_frequency.
//
// Source   Fader, Hardie, Lee 2005, RFM and CLV, Journal of Marketing Research 42(4), 415-430; Fader, Hardie 2013, note 025.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/undefined.h"

namespace kpi {

/// All finite and above 0. gamma is in units of money ("v" in some packages).
struct GammaGamma {
  double p = 0, q = 0, gamma = 0;
};

/// What a customer spent on the repeat purchases, the first one left out.
struct RepeatSpend {
  std::uint32_t frequency = 0;
  double mean = 0;  // per purchase; without meaning where frequency is 0
};

struct GammaGammaFit {
  GammaGamma parameters;
  GammaGamma standard_errors;  // natural scale, by the delta method
  double log_likelihood = 0;
  int iterations = 0;
  std::uint32_t customers = 0;             // with a repeat purchase and spend above 0: those the fit is of
  std::uint32_t without_positive_spend = 0;  // with a repeat purchase, set aside: the model knows no refunds
};

/// Errors  "too_few_rows" {"repeat_customers"} below kLeastRepeaters; "not_identified" {"p", "q" or "gamma"}, as when all spend the same;
///         "no_convergence"; "not_finite"; "out_of_range" for a frequency above kMostRepeats.
/// Limits  p, q and gamma are nearly collinear: other software may differ in them and agree in likelihood and mean.
/// Cost    some 50 passes over the customers with repeat purchases, about 20 ns each; special functions per different frequency.
Outcome<GammaGammaFit> fit_gamma_gamma(std::span<const RepeatSpend> customers);

/// ln of the likelihood of one customer's mean. frequency > 0, mean > 0.
double log_likelihood(const GammaGamma& model, const RepeatSpend& customer);

/// The mean spend per purchase over all customers, p gamma / (q - 1). "mean_infinite" where q <= 1.
Outcome<double> expected_spend(const GammaGamma& model);

/// The mean spend per purchase of one customer, given the past: a mix of the own mean and that of all. Without repeat purchases, or with
/// such that are not above 0, that of all. "mean_infinite" where p frequency + q <= 1.
Outcome<double> expected_spend(const GammaGamma& model, const RepeatSpend& customer);

/// Pearson's correlation of frequency and mean spend over the customers the fit is of: the check of independence. Above about 0.3 in
/// absolute value the model misstates the value of frequent buyers. "too_few_rows" below 2, "denominator_zero" where either is constant.
Outcome<double> correlation_with_frequency(std::span<const RepeatSpend> customers);

}  // namespace kpi
