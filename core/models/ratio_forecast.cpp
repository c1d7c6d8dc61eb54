#include "core/models/ratio_forecast.h"

#include <algorithm>
#include <cmath>

#include "core/models/ets_forecast.h"
#include "core/models/quantiles.h"
#include "core/models/seeded_random.h"

namespace kpi {
namespace {

constexpr double kNothing = 1e-9;
constexpr std::size_t kFutures = 4000, kMostWithout = kFutures / 10;

/// A model run on by given errors; without a model the last value for ever.
class Path {
 public:
  explicit Path(const ContinuedSum& sum) : sum_(sum) { restart(); }
  void restart() {
    if (sum_.fit) state_ = sum_.fit->last;
    place_ = 0;
  }
  double next(double error) {
    if (!sum_.fit) return sum_.values.back();
    const EtsModel& model = sum_.fit->model;
    const EtsParameters& p = sum_.fit->parameters;
    const bool is_additive = model.seasonality == Seasonality::kAdditive, is_factor = model.seasonality == Seasonality::kMultiplicative;
    double* season = is_additive || is_factor ? &state_.seasons[place_] : nullptr;
    const double damped = p.damping * (model.trend == EtsTrend::kNone ? 0 : state_.trend), base = state_.level + damped;
    const double forecast = is_additive ? base + *season : is_factor ? base * *season : base;
    const double y = model.error == EtsError::kMultiplicative ? forecast * (1 + error) : forecast + error;
    const double adjusted = is_additive ? y - *season : is_factor ? y / *season : y;
    const double level = base + p.level * (adjusted - base);
    if (model.trend != EtsTrend::kNone) state_.trend = damped + (p.level > 0 ? p.trend / p.level : 0) * (level - state_.level - damped);
    if (is_additive) *season += p.season * (y - base - *season);
    if (is_factor) *season += p.season * (y / base - *season);
    state_.level = level;
    if (season != nullptr) place_ = place_ + 1 == state_.seasons.size() ? 0 : place_ + 1;
    return y;
  }

 private:
  const ContinuedSum& sum_;
  EtsState state_;
  std::size_t place_ = 0;
};

/// Errors of the past about their mean, as the model has them (relative ones where it is relative), with the model's own variance.
std::vector<double> past_errors(const ContinuedSum& sum) {
  const std::size_t n = sum.values.size();
  std::vector<double> errors(n, 0);
  if (!sum.fit) return errors;
  double mean = 0, squares = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double fitted = sum.fit->fitted[i];
    errors[i] = (sum.values[i] - fitted) / (sum.fit->model.error == EtsError::kMultiplicative ? fitted : 1);
    mean += errors[i] / static_cast<double>(n);
  }
  for (double& e : errors) {
    e -= mean;
    squares += e * e;
  }
  const double widening = squares > 0 ? std::sqrt(sum.fit->error_variance * static_cast<double>(n) / squares) : 0;
  for (double& e : errors) e *= widening;
  return errors;
}

/// False where there is no denominator above `least`, or none that can be divided by.
bool ratio_of(double first, double second, RatioKind kind, double least, double& ratio) {
  const double top = std::max(first, 0.0), bottom = std::max(second, 0.0) + (kind == RatioKind::kShare ? top : 0);
  if (!(bottom > least)) return false;
  ratio = top / bottom;
  return std::isfinite(ratio);
}

Outcome<std::vector<double>> means_of(const ContinuedSum& sum, std::size_t horizon) {
  if (sum.values.empty()) return Undefined{"too_few_rows", {}};
  if (!sum.fit) return std::vector<double>(horizon, sum.values.back());
  const Outcome<Forecast> forecast = ets_forecast(*sum.fit, horizon);
  if (!forecast.ok()) return forecast.reason();
  std::vector<double> means;
  for (const ForecastPoint& point : forecast.value()) means.push_back(point.mean);
  return means;
}

}  // namespace

Outcome<std::vector<double>> ratio_means(const ContinuedSum& first, const ContinuedSum& second, RatioKind kind, std::size_t horizon) {
  const Outcome<std::vector<double>> top = means_of(first, horizon), bottom = means_of(second, horizon);
  if (!top.ok()) return top.reason();
  if (!bottom.ok()) return bottom.reason();
  std::vector<double> means(horizon);
  for (std::size_t h = 0; h < horizon; ++h) {
    if (!ratio_of(top.value()[h], bottom.value()[h], kind, 0, means[h])) return Undefined{"denominator_zero", {}};
  }
  return means;
}

Outcome<std::vector<RatioPoint>> ratio_forecast(const ContinuedSum& first, const ContinuedSum& second, RatioKind kind, std::size_t horizon, std::uint64_t seed) {
  if (first.values.size() != second.values.size()) return Undefined{"out_of_range", {"values"}};
  const Outcome<std::vector<double>> means = ratio_means(first, second, kind, horizon);
  if (!means.ok()) return means.reason();
  const std::vector<double> top_errors = past_errors(first), bottom_errors = past_errors(second);
  // What is left of a sum that falls to nothing is rounding.
  double least = 0;
  for (std::size_t i = 0; i < first.values.size(); ++i) least += kNothing * (std::fabs(second.values[i]) + (kind == RatioKind::kShare ? std::fabs(first.values[i]) : 0)) / static_cast<double>(first.values.size());
  Path top(first), bottom(second);
  SeededRandom random(seed);
  std::vector<std::vector<double>> futures(horizon);
  for (std::size_t draw = 0; draw < kFutures; ++draw) {
    top.restart();
    bottom.restart();
    for (std::size_t h = 0; h < horizon; ++h) {
      const std::uint32_t month = random.below(static_cast<std::uint32_t>(top_errors.size()));
      const double a = top.next(top_errors[month]), b = bottom.next(bottom_errors[month]);
      double ratio = 0;
      if (std::isfinite(a) && std::isfinite(b) && ratio_of(a, b, kind, least, ratio)) futures[h].push_back(ratio);
    }
  }
  std::vector<RatioPoint> points;
  for (std::size_t h = 0; h < horizon; ++h) {
    if (kFutures - futures[h].size() > kMostWithout) return Undefined{"denominator_zero", {}};
    std::sort(futures[h].begin(), futures[h].end());
    const double mean = means.value()[h];
    const auto at = [&](double p) { return sorted_quantile(futures[h], p); };
    points.push_back({mean, std::min(mean, at(0.1)), std::max(mean, at(0.9)), std::min(mean, at(0.025)), std::max(mean, at(0.975))});
  }
  return points;
}

}  // namespace kpi
