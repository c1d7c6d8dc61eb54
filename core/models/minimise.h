// The minimum of a function within bounds, without derivatives: the simplex of Nelder and Mead. For the few parameters of smoothing models.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace kpi {

/// Each in the order of the coordinates; lower <= start <= upper, step > 0 where lower < upper.
struct SearchBox {
  std::vector<double> start, lower, upper, step;
};

struct Minimum {
  std::vector<double> point;
  double value;
  std::size_t evaluations;
  bool has_converged;  // two searches in a row, the second begun anew at the end of the first, agree to 1e-9 of the value
};

/// Points outside the box are moved to its edge. `function` may answer infinity for what is not allowed, not at the start. The search
/// begins anew where it ends, until that brings nothing or `most_evaluations` are used. Deterministic.
/// Source  Nelder and Mead 1965, Computer J. 7, 308-313; coefficients by dimension: Gao and Han 2012, Comput. Optim. Appl. 51, 259-277.
Minimum minimise(const std::function<double(const std::vector<double>&)>& function, const SearchBox& box, std::size_t most_evaluations);

}  // namespace kpi
