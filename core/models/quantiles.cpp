#include "core/models/quantiles.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kpi {
namespace {

// A share such as 0.1 is not exact: what is a whole position but for its last digits is whole.
constexpr double kFuzz = 4 * std::numeric_limits<double>::epsilon();

/// The position, from 1, as a whole number and the weight of the next value.
struct Position {
  double whole, weight;
};

Position step_position(double n, double p, QuantileType type) {
  const double position = type == QuantileType::kNearestEven ? n * p - 0.5 : n * p;
  const double whole = std::floor(position + kFuzz);
  const bool is_between = position > whole;
  if (type == QuantileType::kInverseOfDistribution) return {whole, is_between ? 1.0 : 0.0};
  if (type == QuantileType::kAveragedAtSteps) return {whole, is_between ? 1.0 : 0.5};
  return {whole, position != whole || std::fmod(whole, 2) != 0 ? 1.0 : 0.0};
}

Position interpolated_position(double n, double p, QuantileType type) {
  double a = 0, b = 1;
  switch (type) {
    case QuantileType::kMidpoints: a = b = 0.5; break;
    case QuantileType::kExclusive: a = b = 0; break;
    case QuantileType::kInclusive: a = b = 1; break;
    case QuantileType::kMedianUnbiased: a = b = 1.0 / 3; break;
    case QuantileType::kNormalUnbiased: a = b = 3.0 / 8; break;
    default: break;
  }
  const double position = a + p * (n + 1 - a - b);
  const double whole = std::floor(position + kFuzz);
  const double weight = position - whole;
  return {whole, std::fabs(weight) < kFuzz ? 0 : weight};
}

}  // namespace

double sorted_quantile(const std::vector<double>& sorted, double p, QuantileType type) {
  const double n = static_cast<double>(sorted.size());
  const Position at = type <= QuantileType::kNearestEven ? step_position(n, p, type) : interpolated_position(n, p, type);
  const double below = sorted[static_cast<std::size_t>(std::clamp(at.whole, 1.0, n)) - 1];
  const double above = sorted[static_cast<std::size_t>(std::clamp(at.whole + 1, 1.0, n)) - 1];
  if (at.weight == 0 || below == above) return below;
  return at.weight == 1 ? above : (1 - at.weight) * below + at.weight * above;
}

Outcome<std::vector<double>> quantiles(std::vector<double> values, const std::vector<double>& shares, QuantileType type) {
  if (values.empty()) return Undefined{"no_rows", {}};
  if (!std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); })) return Undefined{"not_finite", {}};
  if (!std::all_of(shares.begin(), shares.end(), [](double p) { return p >= 0 && p <= 1; })) return Undefined{"out_of_range", {"share"}};
  std::sort(values.begin(), values.end());
  std::vector<double> result;
  result.reserve(shares.size());
  for (const double p : shares) result.push_back(sorted_quantile(values, p, type));
  return result;
}

}  // namespace kpi
