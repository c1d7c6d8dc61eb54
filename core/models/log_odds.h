// From logarithms of odds to probabilities without overflow.
#pragma once

#include <cmath>

namespace kpi {

/// ln(1 + e^x); x may be minus infinity.
inline double softplus(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }

/// 1 / (1 + e^-x): the probability of these odds.
inline double logistic(double x) { return x > 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x)); }

}  // namespace kpi
