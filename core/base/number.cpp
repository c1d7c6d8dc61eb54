#include "core/base/number.h"

#include <array>
#include <cmath>
#include <cstdlib>

namespace kpi {
namespace {

using Wide = unsigned __int128;

constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr int kLargestExactPower = 22;

int bit_width(Wide value) {
  const auto high = static_cast<std::uint64_t>(value >> 64);
  if (high != 0) return 128 - __builtin_clzll(high);
  const auto low = static_cast<std::uint64_t>(value);
  return low == 0 ? 0 : 64 - __builtin_clzll(low);
}

/// value * 2^exponent rounded half to even; `sticky`: something non-zero lies below the last bit of value.
double round_to_double(Wide value, int exponent, bool sticky) {
  const int width = bit_width(value);
  if (width <= 53) return std::ldexp(static_cast<double>(static_cast<std::uint64_t>(value)), exponent);
  const int drop = width - 53;
  const Wide half = Wide{1} << (drop - 1);
  const Wide rest = value & ((Wide{1} << drop) - 1);
  auto kept = static_cast<std::uint64_t>(value >> drop);
  if (rest > half || (rest == half && (sticky || (kept & 1U) != 0))) ++kept;
  return std::ldexp(static_cast<double>(kept), exponent + drop);
}

Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

/// mantissa / 10^exponent for exponents of 1..27: long division, bit by bit below the integer part.
double divide_exactly(std::uint64_t mantissa, int exponent) {
  const Wide divisor = power_of_ten(exponent);
  Wide quotient = mantissa / divisor;
  Wide rest = mantissa % divisor;
  int shift = 0;
  while (bit_width(quotient) < 64 && rest != 0 && shift < 200) {
    rest <<= 1;
    quotient <<= 1;
    if (rest >= divisor) {
      rest -= divisor;
      quotient |= 1;
    }
    ++shift;
  }
  return round_to_double(quotient, -shift, rest != 0);
}

/// An integer of many 32-bit digits, the lowest first: room for 10^370 and 128 bits more.
class LongInteger {
 public:
  LongInteger(std::uint64_t value, std::size_t shifted_digits) : size_(shifted_digits + 2) {
    digits_[shifted_digits] = static_cast<std::uint32_t>(value);
    digits_[shifted_digits + 1] = static_cast<std::uint32_t>(value >> 32);
  }
  void multiply(std::uint32_t factor) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      carry += std::uint64_t{digits_[i]} * factor;
      digits_[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0 && size_ < digits_.size()) digits_[size_++] = static_cast<std::uint32_t>(carry);
  }
  /// Drops the fraction; true when there was one.
  bool divide(std::uint32_t divisor) {
    std::uint64_t rest = 0;
    for (std::size_t i = size_; i-- > 0;) {
      rest = rest << 32 | digits_[i];
      digits_[i] = static_cast<std::uint32_t>(rest / divisor);
      rest %= divisor;
    }
    return rest != 0;
  }
  /// The value times 2^exponent.
  double rounded(int exponent, bool sticky) const {
    std::size_t top = size_;
    while (top > 0 && digits_[top - 1] == 0) --top;
    const std::size_t bottom = top > 4 ? top - 4 : 0;
    Wide kept = 0;
    for (std::size_t i = top; i-- > bottom;) kept = kept << 32 | digits_[i];
    for (std::size_t i = 0; i < bottom; ++i) sticky = sticky || digits_[i] != 0;
    return round_to_double(kept, exponent + 32 * static_cast<int>(bottom), sticky);
  }

 private:
  std::array<std::uint32_t, 64> digits_{};
  std::size_t size_;
};

/// Any exponent. Far numbers are rare: cost does not matter, digits do.
double far_decimal(std::uint64_t mantissa, int exponent) {
  if (exponent > 330) return HUGE_VAL;
  if (exponent < -370) return 0;
  constexpr std::uint32_t kStep = 1000000000;
  constexpr int kStepDigits = 9;
  const std::size_t shifted = exponent < 0 ? 46 : 0;  // 10^370 has 1,230 bits, and 128 more are kept
  LongInteger value(mantissa, shifted);
  bool sticky = false;
  for (int left = std::abs(exponent); left > 0; left -= kStepDigits) {
    const std::uint32_t factor = left >= kStepDigits ? kStep : static_cast<std::uint32_t>(kPowers[left]);
    if (exponent > 0) {
      value.multiply(factor);
    } else {
      sticky = value.divide(factor) || sticky;
    }
  }
  return value.rounded(-32 * static_cast<int>(shifted), sticky);
}

}  // namespace

double decimal_to_double(std::uint64_t mantissa, int exponent) {
  if (mantissa == 0) return 0;
  if (mantissa <= (std::uint64_t{1} << 53)) {
    if (exponent == 0) return static_cast<double>(mantissa);
    if (exponent < 0 && exponent >= -kLargestExactPower) return static_cast<double>(mantissa) / kPowers[-exponent];
    if (exponent > 0 && exponent <= kLargestExactPower) return static_cast<double>(mantissa) * kPowers[exponent];
  }
  if (exponent >= 0 && exponent <= 19) return round_to_double(Wide{mantissa} * power_of_ten(exponent), 0, false);
  if (exponent < 0 && exponent >= -27) return divide_exactly(mantissa, -exponent);
  return far_decimal(mantissa, exponent);
}

std::optional<double> parse_number(std::string_view text) {
  std::size_t i = 0;
  const auto digit = [&text](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  const bool is_negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) ++i;
  std::uint64_t mantissa = 0;
  int kept = 0, exponent = 0;
  bool has_digits = false, after_point = false;
  for (; i < text.size(); ++i) {
    if (text[i] == '.' && !after_point) {
      after_point = true;
      continue;
    }
    if (!digit(i)) break;
    has_digits = true;
    const auto value = static_cast<std::uint64_t>(text[i] - '0');
    if (kept < 19) {
      mantissa = mantissa * 10 + value;
      if (mantissa != 0) ++kept;
      if (after_point) --exponent;
    } else if (!after_point && exponent < 100000) {
      ++exponent;
    }
  }
  if (!has_digits) return std::nullopt;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    const bool is_small = i < text.size() && text[i] == '-';
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    if (!digit(i)) return std::nullopt;
    int power = 0;
    for (; digit(i); ++i) power = power < 100000 ? power * 10 + (text[i] - '0') : power;
    exponent += is_small ? -power : power;
  }
  if (i != text.size()) return std::nullopt;
  const double value = decimal_to_double(mantissa, exponent);
  if (!std::isfinite(value)) return std::nullopt;
  return is_negative ? -value : value;
}

}  // namespace kpi
