// The part of the Pareto/NBD likelihood that has no elementary form: a customer who left between the last purchase and the end.
#pragma once

#include "core/models/pareto_nbd.h"

namespace kpi {

/// The logarithm of s * integral over tau from t_x to T of
/// ((alpha + T) / (alpha + tau))^(r + x) * ((beta + T) / (beta + tau))^s / (beta + tau), that is of P(left) / P(alive), and its derivatives.
///
/// Method  The paper's A0, a difference of two 2F1, is this integral. It is taken as such: positive everywhere, so that nothing cancels where
///         t_x is close to T, and alpha = beta is no special case. Gauss-Legendre in ln(min(alpha, beta) + tau), in pieces over which the
///         integrand falls by e^10 at most, relative to its value at t_x; about 14 digits.
/// Shape   `with_derivatives`: those by r, alpha, s, beta (natural scale). -infinity and zeros where t_x = T.
/// Cost    8 to 12 nodes as a rule, three transcendental functions each.
struct LogOddsOfLeaving {
  double value = 0;
  double by_r = 0, by_alpha = 0, by_s = 0, by_beta = 0;
};
LogOddsOfLeaving log_odds_of_leaving(const ParetoNbd& model, const RecencyFrequency& customer, bool with_derivatives);

}  // namespace kpi
