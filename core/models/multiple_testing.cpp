#include "core/models/multiple_testing.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace kpi {
namespace {

/// 1 - (1 - p)^n without loss of digits for small p.
double sidak(double p, double n) { return p >= 1 ? 1 : -std::expm1(n * std::log1p(-p)); }

/// By rising p; what each step gives may not fall from one p to the next.
void step_down(std::vector<double>& p, const std::function<double(double p, double left)>& adjusted) {
  double most = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    most = std::max(most, std::min(adjusted(p[i], static_cast<double>(p.size() - i)), 1.0));
    p[i] = most;
  }
}

/// By falling p; may not rise. `rank` is 1 for the smallest.
void step_up(std::vector<double>& p, const std::function<double(double p, double rank)>& adjusted) {
  double least = 1;
  for (std::size_t i = p.size(); i-- > 0;) {
    least = std::min(least, adjusted(p[i], static_cast<double>(i + 1)));
    p[i] = least;
  }
}

/// Wright 1992, Biometrics 48, 1005-1013, appendix: for every size of an intersection the least of its Simes p-values.
void hommel(std::vector<double>& p) {
  const std::size_t n = p.size();
  double least = 1;
  for (std::size_t i = 0; i < n; ++i) least = std::min(least, static_cast<double>(n) * p[i] / static_cast<double>(i + 1));
  std::vector<double> adjusted(n, least), simes(n, least);
  for (std::size_t size = n - 1; size >= 2; --size) {
    const std::size_t first = n - size + 1;  // the last size - 1 are compared rank by rank
    double of_size = 1;
    for (std::size_t i = first; i < n; ++i) of_size = std::min(of_size, static_cast<double>(size) * p[i] / static_cast<double>(i - first + 2));
    for (std::size_t i = 0; i < first; ++i) simes[i] = std::min(static_cast<double>(size) * p[i], of_size);
    for (std::size_t i = first; i < n; ++i) simes[i] = simes[n - size];
    for (std::size_t i = 0; i < n; ++i) adjusted[i] = std::max(adjusted[i], simes[i]);
  }
  for (std::size_t i = 0; i < n; ++i) p[i] = std::max(adjusted[i], p[i]);
}

void adjust(std::vector<double>& p, Adjustment method) {
  const double n = static_cast<double>(p.size());
  switch (method) {
    case Adjustment::kBonferroni:
      for (double& value : p) value = std::min(n * value, 1.0);
      return;
    case Adjustment::kSidak:
      for (double& value : p) value = sidak(value, n);
      return;
    case Adjustment::kHolm: return step_down(p, [](double value, double left) { return left * value; });
    case Adjustment::kHolmSidak: return step_down(p, sidak);
    case Adjustment::kHochberg: return step_up(p, [n](double value, double rank) { return (n - rank + 1) * value; });
    case Adjustment::kBenjaminiHochberg: return step_up(p, [n](double value, double rank) { return n / rank * value; });
    case Adjustment::kBenjaminiYekutieli: {
      double harmonic = 0;
      for (double rank = 1; rank <= n; ++rank) harmonic += 1 / rank;
      return step_up(p, [n, harmonic](double value, double rank) { return harmonic * n / rank * value; });
    }
    case Adjustment::kHommel: return hommel(p);
  }
}

}  // namespace

Outcome<std::vector<double>> adjust_p_values(std::span<const double> p, Adjustment method) {
  if (p.empty()) return Undefined{"no_rows", {}};
  for (const double value : p) {
    if (!std::isfinite(value)) return Undefined{"not_finite", {}};
    if (value < 0 || value > 1) return Undefined{"out_of_range", {}};
  }
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [p](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  std::vector<double> sorted(p.size()), result(p.size());
  for (std::size_t i = 0; i < p.size(); ++i) sorted[i] = p[order[i]];
  adjust(sorted, method);
  for (std::size_t i = 0; i < p.size(); ++i) result[order[i]] = sorted[i];
  return result;
}

}  // namespace kpi
