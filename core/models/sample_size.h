// How many visitors an experiment needs, and what it can see with as many as it has.
#pragma once

#include "core/base/undefined.h"

namespace kpi {

/// The formula has to be named: the usual ones differ by several per cent.
enum class SampleSizeFormula {
  kPooled,      // Fleiss, Levin, Paik 2003, section 4.2: pooled variance under no difference. What a pooled z test needs; the default
  kContinuity,  // the same with continuity correction (4.3): for the exact test or Yates
  kUnpooled,    // the variance of the two rates throughout
  kArcsine,     // Cohen 1988, chapter 6: of 2 asin sqrt(rate)
  kBaseline,    // E. Miller's calculator: the variance of the baseline under no difference; up and down differ
};

struct TestPlan {
  double alpha = 0.05, power = 0.8;
  bool is_two_sided = true;
};

/// Visitors per arm, before rounding up, to tell rate b from rate a.
///
/// Units   Rates 0..1; alpha and power above 0 and below 1, power above alpha.
/// Errors  "out_of_range"; "denominator_zero" where the rates are equal; "not_finite" where they nearly are.
/// Cost    O(1).
/// Example 2 % to 2.5 %, alpha 0.05, power 0.8 -> 13 809 after rounding up, kPooled
Outcome<double> sample_size_of_proportions(double rate_a, double rate_b, const TestPlan& plan = {}, SampleSizeFormula formula = SampleSizeFormula::kPooled);

/// Power of the pooled z test with `visitors` in each arm; `plan.power` is not read. `counts_both_tails`: also the significant results
/// on the wrong side (R's strict). kArcsine is of the arcsine test, every other formula is the pooled one.
/// Errors  "out_of_range".
Outcome<double> power_of_proportions(double rate_a, double rate_b, double visitors, const TestPlan& plan = {}, bool counts_both_tails = false,
                                     SampleSizeFormula formula = SampleSizeFormula::kPooled);

/// The smallest rise of rate a, as a difference of rates, that `visitors` in each arm show with the plan's power (kPooled).
/// Errors  "out_of_range"; "too_few_rows" where no rate up to 1 is enough.
Outcome<double> minimum_detectable_effect(double rate_a, double visitors, const TestPlan& plan = {});

/// Values per arm, before rounding up, to see a difference of means with Student's test of two samples; by the noncentral t.
/// Units   difference not 0 and deviation above 0, in the unit of the values.
/// Errors  "out_of_range", "denominator_zero" (no difference), "not_finite" (more than 1e12 needed).
Outcome<double> sample_size_of_means(double difference, double deviation, const TestPlan& plan = {});
/// The same by the normal distribution: a value or two fewer.
Outcome<double> sample_size_of_means_normal(double difference, double deviation, const TestPlan& plan = {});

}  // namespace kpi
