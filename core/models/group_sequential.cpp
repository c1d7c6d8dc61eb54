#include "core/models/group_sequential.h"

#include <cmath>

#include "core/models/find_root.h"
#include "core/models/gauss_legendre.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

double normal_density(double x) { return 0.3989422804014326779 * std::exp(-0.5 * x * x); }

/// A point of the sum's range with the probability that belongs to it.
struct Mass {
  double sum, probability;
};

/// Points and weights over -bound..bound; an increment has deviation 1, so panels of width 2 resolve it.
std::vector<Mass> points(double bound) {
  const int panels = static_cast<int>(std::ceil(bound));
  std::vector<Mass> grid;
  for (int i = 0; i < panels; ++i) {
    const double width = 2 * bound / panels, low = -bound + i * width;
    gauss_legendre_points(low, low + width, [&grid](double point, double weight) { grid.push_back({point, weight}); });
  }
  return grid;
}

std::vector<double> bounds_of(GroupSequentialDesign design, int looks, double constant) {
  std::vector<double> bounds;
  for (int k = 1; k <= looks; ++k) {
    bounds.push_back(design == GroupSequentialDesign::kPocock ? constant : constant * std::sqrt(static_cast<double>(looks) / k));
  }
  return bounds;
}

/// The chance that |z| stays within the bounds at all looks when there is no difference.
double stays_within(const std::vector<double>& bounds) {
  const auto bound_of_sum = [&bounds](std::size_t look) { return bounds[look] * std::sqrt(static_cast<double>(look + 1)); };
  std::vector<Mass> before = {{0, 1}};
  for (std::size_t look = 0; look + 1 < bounds.size(); ++look) {
    std::vector<Mass> now = points(bound_of_sum(look));
    for (Mass& to : now) {
      double density = 0;
      for (const Mass& from : before) density += from.probability * normal_density(to.sum - from.sum);
      to.probability *= density;
    }
    before = std::move(now);
  }
  const double last = bound_of_sum(bounds.size() - 1);
  double within = 0;
  for (const Mass& from : before) within += from.probability * (normal_cdf(last - from.sum) - normal_cdf(-last - from.sum));
  return within;
}

}  // namespace

Outcome<GroupSequential> group_sequential(GroupSequentialDesign design, int looks, double alpha) {
  if (looks < 1 || looks > 50 || !(alpha >= 1e-6 && alpha <= 0.5)) return Undefined{"out_of_range", {}};
  const auto excess = [&](double constant) { return 1 - stays_within(bounds_of(design, looks, constant)) - alpha; };
  // One look alone asks for the least; each look on its own with its part of alpha for the most (Bonferroni).
  const double least = normal_quantile(1 - alpha / 2), most = normal_quantile(1 - alpha / (2.0 * looks)) + 1e-6;
  GroupSequential result;
  result.constant = looks == 1 ? least : find_root(excess, least, most, 1e-10);
  result.bounds = bounds_of(design, looks, result.constant);
  for (const double bound : result.bounds) result.levels.push_back(2 * normal_upper(bound));
  return result;
}

}  // namespace kpi
