// Pareto/NBD by maximum likelihood.
#pragma once

#include <span>

#include "core/models/pareto_nbd.h"

namespace kpi {

struct ParetoNbdFit {
  ParetoNbd parameters;
  /// Standard errors on the natural scale, from the Hessian of the logarithms by the delta method; at the maximum the two agree exactly.
  ParetoNbd standard_errors;
  double log_likelihood = 0;  // over all customers, times as they were given: other units of time shift it
  int iterations = 0;
};

/// Shape   One row per customer, those without a repeat purchase included.
/// Errors  "too_few_rows" {"repeat_customers"} below kLeastRepeaters; "not_identified" {"r", "alpha", "s" or "beta"}: the likelihood rises
///         without end (a flat ridge in s and beta is frequent: everybody leaves at the same rate, or nobody does); "no_convergence"; those
///         of group_customers.
/// Source  Fader, Hardie 2005, A Note on Deriving the Pareto/NBD Model.
/// Cost    O(n log n), then some 40 passes over the different customers, about 0.4 us each.
Outcome<ParetoNbdFit> fit_pareto_nbd(std::span<const RecencyFrequency> customers);

}  // namespace kpi
