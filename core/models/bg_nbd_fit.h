// BG/NBD by maximum likelihood.
#pragma once

#include <span>

#include "core/models/bg_nbd.h"

namespace kpi {

struct BgNbdFit {
  BgNbd parameters;
  /// Standard errors on the natural scale, from the Hessian of the logarithms by the delta method; at the maximum the two agree exactly.
  BgNbd standard_errors;
  double log_likelihood = 0;  // over all customers, times as they were given: other units of time shift it
  int iterations = 0;
};

/// Shape   One row per customer, those without a repeat purchase included: without them the rate of buying is far too high.
/// Errors  "too_few_rows" {"repeat_customers"} below kLeastRepeaters; "not_identified" {"r", "alpha", "a" or "b"}: the likelihood rises
///         without end, as when nobody seems to leave or all are alike; "no_convergence"; those of group_customers.
/// Source  Fader, Hardie, Lee 2005, equation (6).
/// Cost    O(n log n), then some 40 passes over the different customers, about 60 ns each.
Outcome<BgNbdFit> fit_bg_nbd(std::span<const RecencyFrequency> customers);

}  // namespace kpi
