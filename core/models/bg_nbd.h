// The BG/NBD model: customers buy at random while they are active, and may leave for good after any purchase.
//
// Each customer buys as a Poisson process of rate lambda ~ Gamma(r, rate alpha) and leaves after each purchase with probability
// p ~ Beta(a, b). For buying without a contract; subscriptions have a known end and want shifted_beta_geometric.h.
// Two properties to know: a customer without a repeat purchase is alive for sure, as one leaves only after a purchase; and of two
// customers with the same recency the more frequent one may be the less likely alive.
//
// Source   Fader, Hardie, Lee 2005, "Counting Your Customers" the Easy Way, Marketing Science 24(2), 275-284.
#pragma once

#include <cstdint>

#include "core/models/recency_frequency.h"

namespace kpi {

/// All finite and above 0. alpha is in units of time (a rate parameter: a larger one means fewer purchases).
struct BgNbd {
  double r = 0, alpha = 0, a = 0, b = 0;
};

// Below, parameters and customers must be possible (is_possible, group_customers) and times finite and >= 0; results are finite then.

bool is_possible(const BgNbd& model);

/// ln of the likelihood of one customer's purchases. Cost O(frequency).
double log_likelihood(const BgNbd& model, const RecencyFrequency& customer);

/// The probability that the customer has not left, 0..1. 1 where frequency is 0.
double probability_alive(const BgNbd& model, const RecencyFrequency& customer);

/// E[X(t)]: repeat purchases of a new customer in the time t.
/// Method  E = sum over k of P(NB = k) sum over j < k of E[(1 - p)^j], k purchases without leaving, the j-th still made. All terms are
///         positive: nothing cancels, nothing is undefined at a = 1, unlike the paper's equation (9) by 2F1.
/// Cost    O((1 + t / alpha)) terms, 50 to 100 as a rule; where that is long an integral over p of some hundred points.
double expected_purchases(const BgNbd& model, double t);

/// E[Y(t)]: purchases in the time t after `customer.age`, given the past. The paper's equation (10): the probability of being alive times
/// the expectation of a new customer of the updated parameters r + x, alpha + T, a, b + x.
double expected_purchases(const BgNbd& model, const RecencyFrequency& customer, double t);

/// P(X(t) = count) for a new customer. The paper's bracket is a tail of the negative binomial, thus an incomplete beta: no cancellation.
double probability_of_count(const BgNbd& model, std::uint32_t count, double t);

}  // namespace kpi
