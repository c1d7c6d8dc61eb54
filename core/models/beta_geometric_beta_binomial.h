// The BG/BB model: repeat buying at set occasions (a yearly fair, a renewal of a donation), at most once each.
//
// At each occasion a customer who is alive buys with probability p ~ Beta(alpha, beta), and leaves for good before it with probability
// theta ~ Beta(gamma, delta).
//
// Source   Fader, Hardie, Shang 2010, Customer-Base Analysis in a Discrete-Time Noncontractual Setting, Marketing Science 29(6), 1086-1108.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/undefined.h"

namespace kpi {

/// All finite and above 0.
struct BgBb {
  double alpha = 0, beta = 0, gamma = 0, delta = 0;
};

constexpr std::uint32_t kMostOccasions = 1000;

/// Customers of one pattern. last: the number of the last occasion bought at, 0 where frequency is.
struct OccasionHistory {
  std::uint32_t frequency = 0, last = 0, occasions = 0;
  double customers = 1;
};

struct BgBbFit {
  BgBb parameters;
  BgBb standard_errors;  // natural scale, by the delta method
  double log_likelihood = 0;
  int iterations = 0;
};

/// Errors  "no_rows"; "out_of_range" {"customers"} unless frequency <= last <= occasions <= kMostOccasions, last is 0 exactly where frequency
///         is, and the number of customers is not negative; "too_few_rows" {"repeat_customers"} below 10 customers who bought; "not_identified"
///         {"alpha", "beta", "gamma" or "delta"}; "not_finite"; "no_convergence".
/// Cost    some 100 passes over the patterns, O(occasions - last) each: merge equal patterns first.
Outcome<BgBbFit> fit_bg_bb(std::span<const OccasionHistory> histories);

// Below, parameters are possible and the history as above; results are finite then.

/// ln of the likelihood of one such customer.
double log_likelihood(const BgBb& model, const OccasionHistory& history);
/// The probability that the customer has not left by the last occasion seen.
double probability_alive(const BgBb& model, const OccasionHistory& history);
/// Purchases expected of one such customer at the next `occasions` occasions. Cost O(occasions).
double expected_purchases(const BgBb& model, const OccasionHistory& history, std::uint32_t occasions);

}  // namespace kpi
