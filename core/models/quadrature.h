// Gauss-Legendre nodes for integrals of smooth positive functions.
#pragma once

#include <array>
#include <span>

namespace kpi {

struct QuadratureNode {
  double at, weight;  // on 0..1; weights add up to 1
};

/// 8 or 12 nodes. The error for e^(-c t) on 0..1 is below 1e-13 of the integral up to c = 2 and c = 10.
std::span<const QuadratureNode> short_rule();
std::span<const QuadratureNode> long_rule();

}  // namespace kpi
