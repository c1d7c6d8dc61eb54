// Fisher's exact test of two shares, and the odds ratio that goes with it.
#pragma once

#include <optional>

#include "core/base/undefined.h"
#include "core/models/wilson.h"

namespace kpi {

struct FisherExact {
  double p_two_sided, p_greater, p_less;  // greater: that b has as many or more of the conversions
  // Odds of b over odds of a, by conditional maximum likelihood. Nothing where it is infinite or everything is as likely; 0 is a value.
  std::optional<double> odds_ratio;
  // Exact interval of the odds ratio, two equal tails. No upper bound: it is infinite.
  double odds_ratio_low;
  std::optional<double> odds_ratio_high;
};

/// The chance of the split of all conversions between a and b, given how many there are: hypergeometric. Two-sided: all splits that are
/// no likelier than the one seen (within 1e-7, as R does).
///
/// Shape   Whole counts.
/// Errors  As of compare_proportions; "out_of_range" also for counts that are not whole or a confidence outside 0..1.
/// Source  Fisher 1935, J. R. Stat. Soc. 98, 39-82; interval: Cornfield 1956, Proc. 3rd Berkeley Symp. 4, 135-148.
/// Cost    O(standard deviation of the split) some 40 times: 15 ms for 145 000 visitors each at 12 %, 1 s for 10 million.
Outcome<FisherExact> fisher_exact(const Proportion& a, const Proportion& b, double confidence = 0.95);

}  // namespace kpi
