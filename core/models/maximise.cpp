#include "core/models/maximise.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "core/base/order.h"

namespace kpi {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kDifference = 1e-4;  // of the central differences: its square and the rounding over it are both about 1e-8
constexpr double kLongestStep = 2;
constexpr int kMostHalvings = 40;
constexpr double kSameMaximum = 0.05;

struct Point {
  VectorXd at, gradient;
  double value = 0;
  bool is_finite() const { return std::isfinite(value) && gradient.allFinite(); }
};

Point evaluate(const Objective& objective, const VectorXd& at) {
  Parameters gradient(static_cast<std::size_t>(at.size()), 0);
  Point p{at, at, 0};
  p.value = objective(Parameters(at.begin(), at.end()), gradient);
  p.gradient = Eigen::Map<const VectorXd>(gradient.data(), at.size());
  return p;
}

MatrixXd hessian(const Objective& objective, const VectorXd& at) {
  const Index n = at.size();
  MatrixXd h(n, n);
  for (Index i = 0; i < n; ++i) {
    VectorXd above = at, below = at;
    above[i] += kDifference;
    below[i] -= kDifference;
    h.col(i) = (evaluate(objective, above).gradient - evaluate(objective, below).gradient) / (above[i] - below[i]);
  }
  return 0.5 * (h + h.transpose());
}

struct Climb {
  enum class End { kMaximum, kEdge, kLost, kKnown };
  End end = End::kLost;
  Point top;
  MatrixXd covariance;
  Index edge = 0;
  int iterations = 0;
};

/// Towards higher values along every axis of the Hessian; `is_peak` where that is Newton's own step.
VectorXd newton_step(const Eigen::SelfAdjointEigenSolver<MatrixXd>& axes, const VectorXd& gradient, bool& is_peak) {
  const VectorXd& curvature = axes.eigenvalues();
  const double least = 1e-12 * curvature.cwiseAbs().maxCoeff();
  is_peak = curvature.maxCoeff() < -least;
  VectorXd along = axes.eigenvectors().transpose() * gradient;
  for (Index i = 0; i < along.size(); ++i) along[i] /= std::max({std::fabs(curvature[i]), least, 1e-300});
  return axes.eigenvectors() * along;
}

/// A point that is higher, by halving; rounding of the sum counts as no loss.
std::optional<Point> higher(const Objective& objective, const Point& from, const VectorXd& step) {
  const double slope = from.gradient.dot(step);
  const double rounding = 1e-13 * (1 + std::fabs(from.value));
  double share = 1;
  for (int i = 0; i < kMostHalvings; ++i, share *= 0.5) {
    Point next = evaluate(objective, from.at + share * step);
    if (next.is_finite() && next.value >= from.value + 1e-4 * share * slope - rounding) return next;
  }
  return std::nullopt;
}

Climb climb(const Objective& objective, Point from, const std::vector<Climb>& known) {
  Climb c;
  const VectorXd start = from.at;
  c.top = std::move(from);
  for (c.iterations = 1; c.iterations <= kMostIterations; ++c.iterations) {
    for (const Climb& k : known) {
      if (k.end != Climb::End::kMaximum || (c.top.at - k.top.at).cwiseAbs().maxCoeff() > kSameMaximum) continue;
      c.end = Climb::End::kKnown;
      return c;
    }
    const MatrixXd h = hessian(objective, c.top.at);
    if (!h.allFinite()) return c;
    const Eigen::SelfAdjointEigenSolver<MatrixXd> axes(h);
    bool is_peak = false;
    VectorXd step = newton_step(axes, c.top.gradient, is_peak);
    const double length = step.cwiseAbs().maxCoeff();
    if (!std::isfinite(length)) return c;
    if (is_peak && length <= kStepAtMaximum) {
      const Point last = evaluate(objective, c.top.at + step);
      if (last.is_finite() && last.value >= c.top.value) c.top = last;
      const VectorXd variance = (-axes.eigenvalues()).cwiseInverse();
      c.covariance = axes.eigenvectors() * variance.asDiagonal() * axes.eigenvectors().transpose();
      c.end = Climb::End::kMaximum;
      return c;
    }
    if (length > kLongestStep) step *= kLongestStep / length;
    std::optional<Point> next = higher(objective, c.top, step);
    if (!next) return c;
    c.top = std::move(*next);
    if ((c.top.at - start).cwiseAbs().maxCoeff(&c.edge) > kReach) {
      c.end = Climb::End::kEdge;
      return c;
    }
  }
  return c;
}

}  // namespace

Outcome<Maximum> maximise(const Objective& objective, const std::vector<Parameters>& starts, const std::vector<std::string_view>& names) {
  std::vector<Point> points;
  for (const Parameters& start : starts) {
    Point p = evaluate(objective, Eigen::Map<const VectorXd>(start.data(), static_cast<Index>(start.size())));
    if (p.is_finite()) points.push_back(std::move(p));
  }
  if (points.empty()) return Undefined{"not_finite", {}};
  sort_list(points, [](const Point& a, const Point& b) { return a.value > b.value; });
  std::vector<Climb> climbs;
  for (Point& p : points) climbs.push_back(climb(objective, std::move(p), climbs));

  const Climb* best = nullptr;
  const Climb* edge = nullptr;
  for (const Climb& c : climbs) {
    if (c.end == Climb::End::kMaximum && (best == nullptr || c.top.value > best->top.value)) best = &c;
    if (c.end == Climb::End::kEdge && (edge == nullptr || c.top.value > edge->top.value)) edge = &c;
  }
  // A ridge that ends above the maximum is where the likelihood is highest, if only at infinity.
  if (edge != nullptr && (best == nullptr || edge->top.value > best->top.value + 1e-6)) {
    return Undefined{"not_identified", {std::string(names[static_cast<std::size_t>(edge->edge)])}};
  }
  if (best == nullptr) return Undefined{"no_convergence", {}};
  const MatrixXd& covariance = best->covariance;  // symmetric: by rows and by columns are the same
  return Maximum{{best->top.at.begin(), best->top.at.end()}, best->top.value, {covariance.data(), covariance.data() + covariance.size()}, best->iterations};
}

NaturalEstimates natural_estimates(const Maximum& maximum) {
  NaturalEstimates out;
  for (std::size_t i = 0; i < maximum.at.size(); ++i) {
    out.at.push_back(std::exp(maximum.at[i]));
    out.standard_errors.push_back(out.at[i] * std::sqrt(maximum.covariance[i * (maximum.at.size() + 1)]));
  }
  return out;
}

}  // namespace kpi
