#include "core/api/approximate.h"

#include <cmath>
#include <string>

#include "core/base/number.h"

namespace kpi {

double rounded_to_digits(double value, int digits) {
  if (!std::isfinite(value) || value == 0) return value;
  // The shortest text that means the number, taken apart: digits, and the power of ten of the first one.
  const std::string text = Json(std::fabs(value)).dump();
  const std::size_t e = text.find_first_of("eE");
  int exponent = e == std::string::npos ? 0 : static_cast<int>(*parse_number(text.substr(e + 1)));
  std::string all;
  bool is_behind_point = false;
  for (const char c : text.substr(0, e)) {
    if (c == '.') {
      is_behind_point = true;
      continue;
    }
    all.push_back(c);
    exponent -= is_behind_point ? 1 : 0;
  }
  all.erase(0, all.find_first_not_of('0'));
  const std::size_t kept = static_cast<std::size_t>(digits);
  if (all.size() <= kept) return value;
  const bool is_up = all[kept] >= '5';
  exponent += static_cast<int>(all.size() - kept);
  std::uint64_t mantissa = 0;
  for (std::size_t i = 0; i < kept; ++i) mantissa = mantissa * 10 + static_cast<std::uint64_t>(all[i] - '0');
  const double rounded = decimal_to_double(mantissa + (is_up ? 1 : 0), exponent);
  return value < 0 ? -rounded : rounded;
}

Json approximate(double value) { return std::isfinite(value) ? Json(rounded_to_digits(value)) : Json(); }

}  // namespace kpi
