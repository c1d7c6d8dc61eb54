// The Pareto/NBD model: customers buy at random while they are active, and may leave for good at any time.
//
// Each customer buys as a Poisson process of rate lambda ~ Gamma(r, rate alpha) and stays for an exponential time of rate
// mu ~ Gamma(s, rate beta). Unlike BG/NBD, a customer without a repeat purchase may have left.
//
// Source   Schmittlein, Morrison, Colombo 1987, Management Science 33(1), 1-24; Fader, Hardie 2005, A Note on Deriving the Pareto/NBD Model
//          and Related Expressions; Fader, Hardie, Lee 2005, RFM and CLV, Journal of Marketing Research 42(4) (discounted transactions).
#pragma once

#include <cstdint>

#include "core/models/recency_frequency.h"

namespace kpi {

/// All finite and above 0. alpha and beta are in units of time (rate parameters).
struct ParetoNbd {
  double r = 0, alpha = 0, s = 0, beta = 0;
};

// Below, parameters and customers must be possible (is_possible, group_customers) and times finite and >= 0; results are finite then.

bool is_possible(const ParetoNbd& model);

/// ln of the likelihood of one customer's purchases. Cost O(frequency).
double log_likelihood(const ParetoNbd& model, const RecencyFrequency& customer);

/// The probability that the customer has not left, 0..1.
double probability_alive(const ParetoNbd& model, const RecencyFrequency& customer);

/// E[X(t)]: repeat purchases of a new customer in the time t.
double expected_purchases(const ParetoNbd& model, double t);

/// E[Y(t)]: purchases in the time t after `customer.age`, given the past.
double expected_purchases(const ParetoNbd& model, const RecencyFrequency& customer, double t);

/// P(X(t) = count) for a new customer. Cost O(count).
double probability_of_count(const ParetoNbd& model, std::uint32_t count, double t);

/// DERT: expected purchases in all the future after `customer.age`, each discounted to then at the continuous rate `discount` > 0 per
/// unit of time (ln(1 + yearly rate) / 52 for weeks). The paper's Psi(s, s; discount (beta + T)) is taken as the integral that it is.
double discounted_expected_purchases(const ParetoNbd& model, const RecencyFrequency& customer, double discount);

}  // namespace kpi
