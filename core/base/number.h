// Decimal digits to double, the same bits on every target, without locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kpi {

/// mantissa * 10^exponent. Correctly rounded (half to even) for mantissas of at most 19 digits, numbers below the smallest normal one
/// apart; infinite or 0 where it leaves the range of a double.
/// Cost  a few operations for exponents of -27..19, thousands for others.
double decimal_to_double(std::uint64_t mantissa, int exponent);

/// A plain number: [+-]digits[.digits][(e|E)[+-]digits], the whole of `text`, nothing around it. Anything else, and what is not
/// finite: nothing. Example: "-12.50" -> -12.5.
std::optional<double> parse_number(std::string_view text);

}  // namespace kpi
