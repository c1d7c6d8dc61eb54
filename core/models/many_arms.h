// An experiment with three arms or more: do they differ at all, and which.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/multiple_testing.h"
#include "core/models/two_proportions.h"

namespace kpi {

enum class ArmPairs { kAgainstFirst, kAll };  // the first arm is the control

struct ArmPair {
  std::size_t a, b;   // indexes of the arms, a before b
  double difference;  // b - a
  double p;           // of the pooled z test, or of Fisher's where an expected count is below 5; 1 where nothing varies
  bool is_exact;
  double p_adjusted;
};

struct ManyArms {
  ChiSquareTest overall;
  bool is_approximation_poor;  // an expected count is below 5: chi-square is not to be trusted
  std::vector<ArmPair> pairs;
};

/// Shape   Whole counts per arm, 2 arms or more.
/// Errors  "too_few_rows" (fewer than 2 arms), "denominator_zero" (all or none converted everywhere), and as of compare_proportions.
/// Source  Pearson 1900; Cochran 1954, Biometrics 10, 417-451, for the least expected count.
/// Cost    O(pairs).
Outcome<ManyArms> compare_arms(std::span<const Proportion> arms, ArmPairs pairs = ArmPairs::kAgainstFirst, Adjustment adjustment = Adjustment::kHolm);

}  // namespace kpi
