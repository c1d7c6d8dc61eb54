// The root of a continuous function between two points of different sign.
#pragma once

#include <cmath>
#include <limits>
#include <utility>

namespace kpi {

/// Where f is zero between `low` and `high`, to the last digits; f(low) and f(high) have different signs, or the nearer end is given.
/// Source  Brent 1973, Algorithms for Minimization without Derivatives, chapter 4.
/// Cost    Some ten calls of f where it is smooth, at most 200.
template <class Function>
double find_root(Function&& f, double low, double high, double tolerance = 0) {
  double a = low, b = high, fa = f(a), fb = f(b);
  if (fa == 0) return a;
  if (fb == 0 || (fa > 0) == (fb > 0)) return std::fabs(fa) < std::fabs(fb) ? a : b;
  double c = a, fc = fa, step = b - a, before = step;
  for (int i = 0; i < 200; ++i) {
    if ((fb > 0) == (fc > 0)) {
      c = a, fc = fa;
      step = before = b - a;
    }
    if (std::fabs(fc) < std::fabs(fb)) {
      a = b, fa = fb;
      std::swap(b, c);
      std::swap(fb, fc);
      if (a != c) c = a, fc = fa;
    }
    const double least = 2 * std::numeric_limits<double>::epsilon() * std::fabs(b) + 0.5 * tolerance;
    const double half = 0.5 * (c - b);
    if (std::fabs(half) <= least || fb == 0) return b;
    if (std::fabs(before) < least || std::fabs(fa) <= std::fabs(fb)) {
      step = before = half;
    } else {
      const double s = fb / fa;
      double p, q;
      if (a == c) {
        p = 2 * half * s;
        q = 1 - s;
      } else {
        const double t = fa / fc, r = fb / fc;
        p = s * (2 * half * t * (t - r) - (b - a) * (r - 1));
        q = (t - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      p = std::fabs(p);
      if (2 * p < 3 * half * q - std::fabs(least * q) && p < std::fabs(0.5 * before * q)) {
        before = step;
        step = p / q;
      } else {
        step = before = half;
      }
    }
    a = b, fa = fb;
    b += std::fabs(step) > least ? step : std::copysign(least, half);
    fb = f(b);
  }
  return b;
}

}  // namespace kpi
