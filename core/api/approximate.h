// Numbers of models as they leave the core: without the last digits, in which exp and log differ from one platform to the next.
#pragma once

#include "core/api/json.h"

namespace kpi {

constexpr int kModelDigits = 10;

/// The nearest number of so many significant decimal digits, half away from zero; infinities and NaN as they are.
/// Example: rounded_to_digits(0.12345678912345, 10) is 0.1234567891.
double rounded_to_digits(double value, int digits = kModelDigits);

/// The same as JSON; null where the value is not finite.
Json approximate(double value);

}  // namespace kpi
