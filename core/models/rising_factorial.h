// Rising factorials (c)_k = c (c + 1) ... (c + k - 1) = gamma(c + k) / gamma(c) for whole k, in logarithms.
#pragma once

#include <cstdint>
#include <vector>

namespace kpi {

/// Sums of logarithms rather than differences of log gamma, which lose all digits where c is large: likelihoods climb along ridges there.
/// Cost    O(most) to make, O(1) to ask.
class RisingFactorial {
 public:
  /// c > 0; k up to `most`.
  RisingFactorial(double c, std::uint32_t most);
  double log(std::uint32_t k) const { return log_[k]; }
  /// Of the logarithm, by c.
  double derivative(std::uint32_t k) const { return derivative_[k]; }

 private:
  std::vector<double> log_, derivative_;
};

/// One logarithm alone.
double log_rising_factorial(double c, std::uint32_t k);

}  // namespace kpi
