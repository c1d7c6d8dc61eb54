#include "core/models/unusual_values.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/models/anomaly_rules.h"
#include "core/models/stl.h"
#include "core/models/super_smoother.h"

namespace kpi {
namespace {

constexpr std::size_t kLeast = 8, kSeasonSpan = 11, kMostHarmonics = 5, kMostDegree = 6;
constexpr double kStrongSeason = 0.6, kRunaway = 0.5;

using Values = std::vector<double>;

void fill_on_lines(Values& values, const std::vector<bool>& is_missing) {
  const std::size_t n = values.size();
  std::size_t before = n;  // none yet
  for (std::size_t i = 0; i <= n; ++i) {
    if (i < n && is_missing[i]) continue;
    for (std::size_t j = before == n ? 0 : before + 1; j < i && (before != n || i != n); ++j) {
      if (before == n) values[j] = values[i];
      else if (i == n) values[j] = values[before];
      else values[j] = values[before] + (values[i] - values[before]) * static_cast<double>(j - before) / static_cast<double>(i - before);
    }
    before = i;
  }
}

/// A polynomial and a few harmonics through what is known: something to begin with.
void fill_roughly(Values& values, std::size_t season, const std::vector<bool>& is_missing) {
  const std::size_t n = values.size(), degree = std::clamp<std::size_t>(n / 10, 1, kMostDegree), harmonics = std::min(season / 2, kMostHarmonics);
  const auto row = [&](std::size_t i) {
    Eigen::VectorXd x(static_cast<Eigen::Index>(1 + degree + 2 * harmonics));
    const double t = 2 * static_cast<double>(i) / static_cast<double>(n - 1) - 1, angle = 2 * std::numbers::pi * static_cast<double>(i + 1) / static_cast<double>(season);
    Eigen::Index at = 0;
    double power = 1;
    for (std::size_t d = 0; d <= degree; ++d, power *= t) x[at++] = power;
    for (std::size_t k = 1; k <= harmonics; ++k) {
      x[at++] = std::sin(static_cast<double>(k) * angle);
      x[at++] = std::cos(static_cast<double>(k) * angle);
    }
    return x;
  };
  const auto known = static_cast<Eigen::Index>(std::count(is_missing.begin(), is_missing.end(), false));
  Eigen::MatrixXd design(known, static_cast<Eigen::Index>(1 + degree + 2 * harmonics));
  Eigen::VectorXd y(known);
  Eigen::Index at = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (is_missing[i]) continue;
    design.row(at) = row(i).transpose();
    y[at++] = values[i];
  }
  const Eigen::VectorXd coefficients = design.colPivHouseholderQr().solve(y);
  for (std::size_t i = 0; i < n; ++i) {
    if (is_missing[i]) values[i] = row(i).dot(coefficients);
  }
}

double variance(const Values& values) {
  double mean = 0, squares = 0;
  for (const double v : values) mean += v / static_cast<double>(values.size());
  for (const double v : values) squares += (v - mean) * (v - mean);
  return squares;
}

/// One round: the indexes found.
Outcome<std::vector<std::size_t>> found_in(const Values& values, std::size_t season, const std::vector<bool>& is_missing) {
  Values adjusted = interpolated(values, season, is_missing);
  if (std::all_of(adjusted.begin(), adjusted.end(), [&](double v) { return v == adjusted[0]; })) return std::vector<std::size_t>{};
  if (season > 1 && adjusted.size() > 2 * season) {
    const Outcome<Stl> parts = stl(adjusted, stl_plan(adjusted.size(), season, kSeasonSpan, true));
    if (!parts.ok()) return parts.reason();
    Values detrended = adjusted;
    for (std::size_t i = 0; i < adjusted.size(); ++i) detrended[i] -= parts.value().trend[i];
    if (1 - variance(parts.value().remainder) / variance(detrended) >= kStrongSeason) {
      for (std::size_t i = 0; i < adjusted.size(); ++i) adjusted[i] -= parts.value().seasonal[i];
    }
  }
  const Outcome<Values> smooth = super_smooth(adjusted);
  if (!smooth.ok()) return smooth.reason();
  Values residuals;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < adjusted.size(); ++i) {
    if (is_missing[i]) continue;
    residuals.push_back(adjusted[i] - smooth.value()[i]);
    places.push_back(i);
  }
  const Outcome<AnomalyRules> rules = anomaly_rules(residuals);
  if (!rules.ok()) return rules.reason();
  std::vector<std::size_t> indexes;
  const Fences fences = rules.value().outer;
  // Residuals of a smooth series are rounding: no fence.
  if (!(fences.upper - fences.lower > 1e-14)) return indexes;
  for (const std::size_t i : outside(residuals, fences)) indexes.push_back(places[i]);
  return indexes;
}

}  // namespace

Values interpolated(Values values, std::size_t season, const std::vector<bool>& is_missing) {
  const auto known = static_cast<std::size_t>(std::count(is_missing.begin(), is_missing.end(), false));
  if (known == 0 || known == values.size()) return values;
  Values straight = values;
  fill_on_lines(straight, is_missing);
  if (season <= 1 || known <= 2 * season) return straight;
  Values filled = values;
  fill_roughly(filled, season, is_missing);
  const Outcome<Stl> parts = stl(filled, stl_plan(filled.size(), season, kSeasonSpan, true));
  if (!parts.ok()) return straight;
  Values adjusted = filled;
  for (std::size_t i = 0; i < values.size(); ++i) adjusted[i] -= parts.value().seasonal[i];
  fill_on_lines(adjusted, is_missing);
  const auto [low, high] = std::minmax_element(straight.begin(), straight.end());
  const double reach = kRunaway * (*high - *low);
  for (std::size_t i = 0; i < values.size(); ++i) {
    filled[i] = is_missing[i] ? adjusted[i] + parts.value().seasonal[i] : values[i];
    if (!(filled[i] >= *low - reach && filled[i] <= *high + reach)) return straight;
  }
  return filled;
}

Outcome<std::vector<UnusualValue>> unusual_values(const Values& values, std::size_t season, const std::vector<bool>& is_missing) {
  const std::size_t n = values.size();
  if (season == 0 || (!is_missing.empty() && is_missing.size() != n)) return Undefined{"out_of_range", {"season"}};
  std::vector<bool> missing = is_missing.empty() ? std::vector<bool>(n, false) : is_missing;
  if (std::count(missing.begin(), missing.end(), false) < static_cast<std::ptrdiff_t>(kLeast)) return Undefined{"too_few_rows", {}};
  double first = 0;
  bool has_first = false, is_constant = true;
  for (std::size_t i = 0; i < n; ++i) {
    if (missing[i]) continue;
    if (!std::isfinite(values[i])) return Undefined{"not_finite", {}};
    if (!has_first) first = values[i];
    has_first = true;
    is_constant = is_constant && values[i] == first;
  }
  if (is_constant) return Undefined{"denominator_zero", {"variance"}};
  std::vector<std::size_t> all;
  std::vector<bool> unknown = missing;  // the second round takes what was filled in for known, as its source does
  Values series = values;
  for (int round = 0; round < 2; ++round) {
    const Outcome<std::vector<std::size_t>> found = found_in(series, season, unknown);
    if (!found.ok()) return found.reason();
    for (const std::size_t i : found.value()) {
      if (!missing[i]) all.push_back(i);
      missing[i] = true;
    }
    series = interpolated(values, season, missing);
    unknown.assign(n, false);
    if (found.value().empty()) break;
  }
  std::sort(all.begin(), all.end());
  const Values expected = interpolated(values, season, missing);
  std::vector<UnusualValue> unusual;
  for (const std::size_t i : all) {
    if (!std::isfinite(expected[i])) return Undefined{"not_finite", {}};
    unusual.push_back({i, expected[i]});
  }
  return unusual;
}

}  // namespace kpi
