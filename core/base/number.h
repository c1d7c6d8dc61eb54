// Decimal digits to double, the same bits on every target, without locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kpi {

/// mantissa * 10^exponent. Correctly rounded (half to even) for exponents of -27..19 when the mantissa has at most 19 digits; beyond
/// that within a few units of the last place, the same on every target; infinite or 0 where it leaves the range of a double.
double decimal_to_double(std::uint64_t mantissa, int exponent);

/// A plain number: [+-]digits[.digits][(e|E)[+-]digits], the whole of `text`, nothing around it. Anything else, and what is not
/// finite: nothing. Example: "-12.50" -> -12.5.
std::optional<double> parse_number(std::string_view text);

}  // namespace kpi
