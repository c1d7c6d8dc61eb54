// Integrals of smooth functions.
#pragma once

#include "core/base/sum.h"

namespace kpi {

/// Calls visit(point, weight) for the 16 points of the rule on one panel: exact for polynomials to degree 31.
/// Source  Abramowitz and Stegun 1964, table 25.4.
template <class Visit>
void gauss_legendre_points(double low, double high, Visit&& visit) {
  constexpr double kNodes[] = {0.0950125098376374402, 0.2816035507792589132, 0.4580167776572273863, 0.6178762444026437484,
                               0.7554044083550030339, 0.8656312023878317439, 0.9445750230732325761, 0.9894009349916499326};
  constexpr double kWeights[] = {0.1894506104550684963, 0.1826034150449235889, 0.1691565193950025382, 0.1495959888165767321,
                                 0.1246289712555338721, 0.0951585116824927848, 0.0622535239386478929, 0.0271524594117540949};
  const double centre = 0.5 * (low + high), half = 0.5 * (high - low);
  for (int i = 0; i < 8; ++i) {
    visit(centre - half * kNodes[i], half * kWeights[i]);
    visit(centre + half * kNodes[i], half * kWeights[i]);
  }
}

/// The integral of a function over one panel.
template <class Function>
double gauss_legendre(Function&& f, double low, double high) {
  Sum sum;
  gauss_legendre_points(low, high, [&](double point, double weight) { sum.add(weight * f(point)); });
  return sum.value();
}

}  // namespace kpi
