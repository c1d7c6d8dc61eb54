#include "core/models/rising_factorial.h"

#include <cmath>

#include "core/base/sum.h"

namespace kpi {

RisingFactorial::RisingFactorial(double c, std::uint32_t most) : log_(most + 1, 0), derivative_(most + 1, 0) {
  Sum logs, reciprocals;
  for (std::uint32_t k = 0; k < most; ++k) {
    logs.add(std::log(c + k));
    reciprocals.add(1 / (c + k));
    log_[k + 1] = logs.value();
    derivative_[k + 1] = reciprocals.value();
  }
}

double log_rising_factorial(double c, std::uint32_t k) {
  Sum logs;
  for (std::uint32_t j = 0; j < k; ++j) logs.add(std::log(c + j));
  return logs.value();
}

}  // namespace kpi
