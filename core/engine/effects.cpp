#include "core/engine/effects.h"

#include <algorithm>
#include <cmath>

#include "core/base/sum.h"

namespace kpi {
namespace {

constexpr double kLn2 = 0.6931471805599453;
constexpr double kSqrt2 = 1.4142135623730951;

/// atanh(s) / s for |s| < 0.18: 13 terms leave less than the last digit.
double atanh_over(double s) {
  double sum = 0;
  for (int k = 25; k > 0; k -= 2) sum = sum * s * s + 1.0 / k;
  return sum;
}

/// (after - before) / ln(after / before), also where both are nearly the same.
double log_mean(double before, double after) {
  const double ratio = after / before;
  if (ratio > 1 / kSqrt2 && ratio < kSqrt2) return before * (ratio + 1) / 2 / atanh_over((ratio - 1) / (ratio + 1));
  return (after - before) / natural_log(ratio);
}

/// -1, 0 or 1; what rounding makes different is the same.
int direction(double before, double after) {
  if (std::fabs(after - before) <= 1e-12 * std::max(std::fabs(before), std::fabs(after))) return 0;
  return after > before ? 1 : -1;
}

}  // namespace

RatioEffect ratio_effect(const RatioPart& p, const RatioTotal& total) {
  const double before = p.bottom_before / total.bottom_before, after = p.bottom_after / total.bottom_after;  // shares of the denominator
  const double reference = total.reference();
  const bool has_before = p.bottom_before != 0, has_after = p.bottom_after != 0;
  // Not as the sum of both effects: a share of a millionth with a huge ratio makes them huge, and lost digits with them.
  const double whole = p.top_after / total.bottom_after - p.top_before / total.bottom_before - reference * (after - before);
  if ((!has_before && p.top_before != 0) || (!has_after && p.top_after != 0)) return {false, 0, 0, whole};
  if (!has_before && !has_after) return {true, 0, 0, 0};
  double first = has_before ? p.top_before / p.bottom_before : 0;
  double last = has_after ? p.top_after / p.bottom_after : 0;
  if (!has_before) first = last;
  if (!has_after) last = first;
  const double rate = (before + after) / 2 * (last - first);
  const double mix = (after - before) * ((first + last) / 2 - reference);
  return {true, rate, mix, whole};
}

bool is_reversal(const std::vector<RatioPart>& parts, const RatioTotal& total) {
  const int whole = direction(total.before(), total.after());
  std::size_t against = 0;
  for (const RatioPart& p : parts) {
    if (p.bottom_before == 0 || p.bottom_after == 0) continue;
    if (direction(p.top_before / p.bottom_before, p.top_after / p.bottom_after) != -whole) return false;
    ++against;
  }
  return whole != 0 && against > 1;
}

double natural_log(double x) {
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);
  if (mantissa < 1 / kSqrt2) {
    mantissa *= 2;
    --exponent;
  }
  const double s = (mantissa - 1) / (mantissa + 1);
  return exponent * kLn2 + 2 * s * atanh_over(s);
}

std::vector<double> log_mean_effects(const std::vector<Factor>& factors, double before, double after) {
  const double mean = log_mean(before, after);
  std::vector<double> effects;
  for (const Factor& f : factors) effects.push_back(f.after == f.before ? 0 : mean * natural_log(f.after / f.before) * f.exponent);
  return effects;
}

std::vector<double> average_effects(std::size_t count, const std::function<Value(unsigned)>& value_of, Undefined& reason) {
  const unsigned sets = 1U << count;
  std::vector<double> values;
  for (unsigned set = 0; set < sets; ++set) {
    const Value value = value_of(set);
    if (const Undefined* undefined = std::get_if<Undefined>(&value)) {
      reason = *undefined;
      return {};
    }
    values.push_back(std::get<Quantity>(value).value);
  }
  // Of all orders, those in which just `size` inputs change before this one: 1 / (count * choose(count - 1, size)).
  std::vector<double> weights(count, 1.0 / static_cast<double>(count));
  for (std::size_t size = 1; size < count; ++size) {
    weights[size] = weights[size - 1] * static_cast<double>(size) / static_cast<double>(count - size);
  }
  std::vector<double> effects;
  for (std::size_t i = 0; i < count; ++i) {
    Sum effect;
    for (unsigned set = 0; set < sets; ++set) {
      if ((set >> i & 1U) != 0) continue;
      std::size_t size = 0;
      for (unsigned rest = set; rest != 0; rest &= rest - 1) ++size;
      effect.add(weights[size] * (values[set | 1U << i] - values[set]));
    }
    effects.push_back(effect.value());
  }
  return effects;
}

}  // namespace kpi
