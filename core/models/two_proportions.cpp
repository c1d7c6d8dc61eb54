#include "core/models/two_proportions.h"

#include <algorithm>
#include <cmath>

#include "core/models/special_functions.h"

namespace kpi {
namespace {

ZTest z_test(double difference, double variance) {
  const double z = difference / std::sqrt(variance);
  return {z, 2 * normal_upper(std::fabs(z)), normal_upper(z), normal_cdf(z)};
}

ChiSquareTest with_one_degree(double statistic) { return {statistic, 1, chi_square_upper(statistic, 1)}; }

}  // namespace

std::optional<Undefined> refuse_counts(const Proportion& a, const Proportion& b) {
  for (const Proportion& p : {a, b}) {
    if (!std::isfinite(p.k) || !std::isfinite(p.n)) return Undefined{"not_finite", {}};
    if (p.n == 0) return Undefined{"no_rows", {}};
    if (p.k < 0 || p.k > p.n) return Undefined{"out_of_range", {}};
  }
  return std::nullopt;
}

Outcome<TwoProportions> compare_proportions(const Proportion& a, const Proportion& b) {
  if (std::optional<Undefined> refused = refuse_counts(a, b)) return *refused;
  TwoProportions t{};
  t.rate_a = a.k / a.n;
  t.rate_b = b.k / b.n;
  t.difference = t.rate_b - t.rate_a;
  if (a.k > 0) t.relative_uplift = t.difference / t.rate_a;
  t.cohens_h = 2 * std::asin(std::sqrt(t.rate_b)) - 2 * std::asin(std::sqrt(t.rate_a));
  if (a.k > 0 && b.k < b.n) t.odds_ratio = (b.k / (b.n - b.k)) * ((a.n - a.k) / a.k);
  const double variance = t.rate_a * (1 - t.rate_a) / a.n + t.rate_b * (1 - t.rate_b) / b.n;
  if (variance > 0) t.unpooled = z_test(t.difference, variance);
  const double converted = a.k + b.k, all = a.n + b.n, pooled = converted / all;
  t.least_expected = std::min(converted, all - converted) * std::min(a.n, b.n) / all;
  if (!(converted > 0 && converted < all)) return t;
  t.pooled = z_test(t.difference, pooled * (1 - pooled) * (1 / a.n + 1 / b.n));
  double pearson = 0, yates = 0, g = 0;
  // All four cells are equally far from what is expected of them; the correction never turns the sign.
  const double distance = std::fabs(a.k - a.n * pooled), corrected = distance - std::min(0.5, distance);
  for (const Proportion& p : {a, b}) {
    for (const bool is_converted : {true, false}) {
      const double observed = is_converted ? p.k : p.n - p.k, expected = p.n * (is_converted ? pooled : 1 - pooled);
      pearson += distance * distance / expected;
      yates += corrected * corrected / expected;
      if (observed > 0) g += 2 * observed * std::log(observed / expected);
    }
  }
  t.pearson = with_one_degree(pearson);
  t.yates = with_one_degree(yates);
  t.g_test = with_one_degree(std::max(g, 0.0));
  return t;
}

}  // namespace kpi
