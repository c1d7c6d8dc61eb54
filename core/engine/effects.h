// Splits a change into effects that add up to it. Pure numbers: no data, no catalogue.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "core/engine/evaluate.h"

namespace kpi {

/// What one member gives to the numerator and the denominator of a ratio, before and after. 0 where it gives nothing.
struct RatioPart {
  double top_before = 0, bottom_before = 0, top_after = 0, bottom_after = 0;
};

/// The whole ratio of each side: the sums of its parts. The denominators are not 0.
struct RatioTotal {
  double top_before, bottom_before, top_after, bottom_after;
  double before() const { return top_before / bottom_before; }
  double after() const { return top_after / bottom_after; }
  /// What a share of the denominator is worth on average: the mean of both totals. A member changes the mix by being above or below it.
  double reference() const { return (before() + after()) / 2; }
};

struct RatioEffect {
  bool is_split;  // false: something above, nothing below the line on one side, which is no rate; `total` is all that is known
  double rate, mix, total;
};

/// Of w the member's share of the denominator and r its ratio, R the reference:
/// rate = (w0 + w1) / 2 * (r1 - r0), mix = (w1 - w0) * ((r0 + r1) / 2 - R). The totals of all parts add up to after - before, since the
/// shares add up to 1 on both sides. A member that is new or gone has a rate on one side only: all of it is mix.
/// Source  Bennet 1920, J. R. Stat. Soc. 83, 455-462 (the arithmetic mean of both orders), with the mix taken against a reference.
RatioEffect ratio_effect(const RatioPart& part, const RatioTotal& total);

/// Whether the total moves one way and every part with a rate on both sides, at least two, moves the other way.
/// Source  Simpson 1951, J. R. Stat. Soc. B 13, 238-241.
bool is_reversal(const std::vector<RatioPart>& parts, const RatioTotal& total);

/// ln x for x > 0 by arithmetic alone: the same digits on every target, which the C library does not promise. Error below 2e-16 |ln x| + 2e-16.
double natural_log(double x);

/// Effects of positive factors on their product, by the logarithmic mean of the product: L(before, after) * ln(f1 / f0) * exponent.
/// Source  Ang 2005, Energy Policy 33, 867-871 (LMDI I); adds up exactly.
struct Factor {
  double before, after;
  int exponent;  // 1 or -1
};
std::vector<double> log_mean_effects(const std::vector<Factor>& factors, double before, double after);

/// Effects of `count` inputs on any formula: the mean of what each changes over all orders in which they change one after the other.
/// `value_of(after)` is the formula's value with the inputs of the set bits after, the others before. Nothing, and `reason`, where one of
/// these values does not exist.
/// Source  Shapley 1953, A value for n-person games; adds up exactly, whatever the signs and zeros.
/// Cost    2^count evaluations.
std::vector<double> average_effects(std::size_t count, const std::function<Value(unsigned after)>& value_of, Undefined& reason);

}  // namespace kpi
