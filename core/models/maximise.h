// Maximum likelihood: the top of a smooth function of a few parameters, and how flat it is there.
//
// Why not a library: Boost.Math 1.74 has no optimiser in several variables, Eigen's is in its unsupported part, and what the models need is
// small: two to four parameters, an analytic gradient, the Hessian anyway for standard errors, and the truth about ridges.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "core/base/undefined.h"

namespace kpi {

/// The value at a point; sets the gradient, of the same size. Both may be not finite where the function is not defined.
using Parameters = std::vector<double>;
using Objective = std::function<double(const Parameters& at, Parameters& gradient)>;

struct Maximum {
  Parameters at;
  double value = 0;
  /// Inverse of the negated Hessian: the covariance of the estimates where the function is a log-likelihood. Row by row.
  std::vector<double> covariance;
  int iterations = 0;
};

/// The best maximum that is found from the starts.
///
/// Method  Newton's, with the Hessian by central differences of the gradient; curvature that is not of a maximum is turned over, steps are
///         capped and halved until the value rises. A point is a maximum when the Hessian says so and the whole Newton step is below
///         kStepAtMaximum: unlike a bound on the gradient this does not take an endless ridge for one (there every step stays long).
/// Shape   Unbounded parameters, logarithms of the natural ones as a rule: a step of 1 is then a factor e. All starts have one size, that
///         of `names`. The highest start goes first; another one stops where it comes close to a maximum already found.
/// Errors  "not_identified" {name}: this parameter runs beyond kReach of the start, the data do not bound it. "no_convergence": no top
///         within kMostIterations. "not_finite": the function is not at any start.
/// Source  Nocedal, Wright 2006, Numerical Optimization, 3.4 (modified Newton by eigenvalues).
/// Cost    (2 size + 1) evaluations per iteration; 5 to 15 iterations as a rule.
Outcome<Maximum> maximise(const Objective& objective, const std::vector<Parameters>& starts, const std::vector<std::string_view>& names);

/// For a log-likelihood by the logarithms of its parameters: these themselves and their standard errors by the delta method, at * sqrt(variance).
struct NaturalEstimates {
  Parameters at, standard_errors;
};
NaturalEstimates natural_estimates(const Maximum& maximum);

constexpr double kStepAtMaximum = 1e-6;
constexpr double kReach = 14;  // a factor of a million for the natural parameter
constexpr int kMostIterations = 60;

}  // namespace kpi
