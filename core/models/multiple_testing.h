// p-values adjusted for the number of questions asked at once.
#pragma once

#include <span>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

/// The first six and Sidak's keep the chance of even one false alarm (family-wise error) below alpha; the false discovery rate methods
/// keep the share of false alarms among all alarms below it.
enum class Adjustment {
  kBonferroni,
  kHolm,               // never worse than Bonferroni, under the same conditions: none
  kHochberg,           // p-values independent or positively dependent
  kHommel,             // likewise, a little sharper
  kBenjaminiHochberg,  // false discovery rate; independent or positively dependent
  kBenjaminiYekutieli, // false discovery rate under any dependence
  kSidak,              // independent
  kHolmSidak,          // independent
};

/// Adjusted p-values in the order given: to reject at alpha is to be at most alpha.
///
/// Errors  "no_rows", "not_finite", "out_of_range" (a p outside 0..1).
/// Source  Holm 1979, Scand. J. Stat. 6, 65-70; Hochberg 1988, Biometrika 75, 800-802; Hommel 1988, Biometrika 75, 383-386;
///         Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57, 289-300; Benjamini and Yekutieli 2001, Ann. Stat. 29, 1165-1188;
///         Sidak 1967, J. Am. Stat. Assoc. 62, 626-633.
/// Cost    O(n log n), Hommel O(n^2).
Outcome<std::vector<double>> adjust_p_values(std::span<const double> p, Adjustment method);

}  // namespace kpi
