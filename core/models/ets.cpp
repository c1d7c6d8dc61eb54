#include "core/models/ets.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "core/models/minimise.h"

namespace kpi {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr double kLeastWeight = 1e-4;
constexpr std::size_t kLongestSeason = 24;

bool is_positive_only(const EtsModel& m) { return m.error == EtsError::kMultiplicative || m.seasonality == Seasonality::kMultiplicative; }

/// Sums over the one-step errors, from which the likelihood follows.
struct Errors {
  double squares = 0;        // of errors, relative where the model's are
  double plain_squares = 0;  // in the unit of the values
  double log_forecasts = 0;  // where relative: what makes likelihoods of both kinds comparable
};

/// One pass; false where the states leave what the model allows. `fitted` may be null.
bool run(const std::vector<double>& values, const EtsModel& model, const EtsParameters& p, EtsState& s, Errors& errors, std::vector<double>* fitted) {
  const bool is_additive = model.seasonality == Seasonality::kAdditive, is_factor = model.seasonality == Seasonality::kMultiplicative;
  const bool is_relative = model.error == EtsError::kMultiplicative;
  const double trend_share = p.level > 0 ? p.trend / p.level : 0;
  std::size_t place = 0;
  for (const double y : values) {
    const double damped = p.damping * s.trend, base = s.level + damped;
    double* season = is_additive || is_factor ? &s.seasons[place] : nullptr;
    const double forecast = is_additive ? base + *season : is_factor ? base * *season : base;
    if ((is_relative && !(forecast > 0)) || (is_factor && !(base > 0 && *season > 0))) return false;
    const double error = y - forecast;
    errors.plain_squares += error * error;
    errors.squares += is_relative ? error / forecast * (error / forecast) : error * error;
    if (is_relative) errors.log_forecasts += std::log(forecast);
    if (fitted != nullptr) fitted->push_back(forecast);
    const double adjusted = is_additive ? y - *season : is_factor ? y / *season : y;
    const double level = base + p.level * (adjusted - base);
    if (model.trend != EtsTrend::kNone) s.trend = damped + trend_share * (level - s.level - damped);
    if (is_additive) *season += p.season * (y - base - *season);
    if (is_factor) *season += p.season * (y / base - *season);
    s.level = level;
    place = place + 1 == s.seasons.size() ? 0 : place + 1;
  }
  if (!s.seasons.empty()) std::rotate(s.seasons.begin(), s.seasons.begin() + static_cast<std::ptrdiff_t>(place), s.seasons.end());
  return std::isfinite(errors.squares) && std::isfinite(s.level);
}

/// Between the coordinates of the search and the model. The bounds of trend and season depend on the level, so that their coordinates are
/// shares of what the level leaves.
class Coordinates {
 public:
  Coordinates(const EtsModel& model, const std::vector<double>& values, const EtsState& first) : model_(model) {
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const double range = *high - *low;
    add(0.3, kLeastWeight, 1 - kLeastWeight, 0.2);
    if (has_trend()) add(0.1, 0, 1, 0.1);
    if (has_season()) add(0.1, 0, 1, 0.2);
    if (model.trend == EtsTrend::kDamped) add(0.95, 0.8, 0.98, -0.05);
    add(first.level, *low - 3 * range, *high + 3 * range, 0.05 * range);
    if (has_trend()) add(first.trend, -range, range, 0.01 * range);
    const double reach = model.seasonality == Seasonality::kAdditive ? 3 * range : 10;
    const double step = model.seasonality == Seasonality::kAdditive ? 0.05 * range : 0.05;
    for (std::size_t i = 0; i + 1 < first.seasons.size(); ++i) add(first.seasons[i], -reach, reach, step);
  }
  const SearchBox& box() const { return box_; }
  void start_at(double level, double season_share) {
    box_.start[0] = level;
    if (has_season()) box_.start[has_trend() ? 2 : 1] = season_share;
  }
  void fix(const EtsParameters& p) {
    std::vector<double> point{p.level};
    if (has_trend()) point.push_back(p.trend / p.level);
    if (has_season()) point.push_back(p.season / (1 - p.level));
    if (model_.trend == EtsTrend::kDamped) point.push_back(p.damping);
    for (std::size_t i = 0; i < point.size(); ++i) box_.start[i] = box_.lower[i] = box_.upper[i] = point[i];
  }

  void read(const std::vector<double>& point, EtsParameters& p, EtsState& first) const {
    std::size_t at = 0;
    p.level = point[at++];
    p.trend = has_trend() ? p.level * point[at++] : 0;
    p.season = has_season() ? (1 - p.level) * point[at++] : 0;
    p.damping = model_.trend == EtsTrend::kDamped ? point[at++] : 1;
    first.level = point[at++];
    first.trend = has_trend() ? point[at++] : 0;
    if (!has_season()) return;
    double sum = 0;
    first.seasons.resize(model_.season);
    for (std::size_t i = 0; i + 1 < model_.season; ++i) sum += first.seasons[i] = point[at++];
    first.seasons.back() = (model_.seasonality == Seasonality::kMultiplicative ? static_cast<double>(model_.season) : 0) - sum;
  }

 private:
  bool has_trend() const { return model_.trend != EtsTrend::kNone; }
  bool has_season() const { return model_.seasonality != Seasonality::kNone; }
  void add(double start, double lower, double upper, double step) {
    box_.start.push_back(std::clamp(start, lower, upper));
    box_.lower.push_back(lower);
    box_.upper.push_back(upper);
    box_.step.push_back(step);
  }
  EtsModel model_;
  SearchBox box_;
};

/// A line through the first values without their season.
Outcome<EtsState> first_state(const std::vector<double>& values, const EtsModel& model) {
  EtsState state;
  std::vector<double> adjusted = values;
  std::size_t used = 10;
  if (model.seasonality != Seasonality::kNone) {
    const Outcome<Decomposition> d = decompose(values, model.season, model.seasonality);
    if (!d.ok()) return d.reason();
    state.seasons = d.value().seasons;
    used = std::max(used, 2 * model.season);
    for (std::size_t i = 0; i < adjusted.size(); ++i) {
      const double season = state.seasons[i % model.season];
      adjusted[i] = model.seasonality == Seasonality::kAdditive ? adjusted[i] - season : adjusted[i] / season;
    }
  }
  used = std::min(used, adjusted.size());
  const double n = static_cast<double>(used), middle = (n + 1) / 2;
  double mean = 0, cross = 0;
  for (std::size_t i = 0; i < used; ++i) mean += adjusted[i] / n;
  for (std::size_t i = 0; i < used; ++i) cross += (static_cast<double>(i + 1) - middle) * (adjusted[i] - mean);
  const double slope = cross / (n * (n * n - 1) / 12);
  state.level = mean;
  if (model.trend != EtsTrend::kNone) {
    state.level = mean - slope * middle;
    state.trend = slope;
  }
  return state;
}

std::optional<Undefined> fault(const std::vector<double>& values, const EtsModel& model, std::size_t parameters) {
  const bool is_seasonal = model.seasonality != Seasonality::kNone;
  if (is_seasonal && (model.season < 2 || model.season > kLongestSeason)) return Undefined{"out_of_range", {"season"}};
  if (values.size() < parameters + 3 || (is_seasonal && values.size() < 2 * model.season)) return Undefined{"too_few_rows", {}};
  for (const double v : values) {
    if (!std::isfinite(v)) return Undefined{"not_finite", {}};
    if (is_positive_only(model) && !(v > 0)) return Undefined{"out_of_range", {"value"}};
  }
  if (std::all_of(values.begin(), values.end(), [&](double v) { return v == values[0]; })) return Undefined{"denominator_zero", {"variance"}};
  return std::nullopt;
}

bool is_allowed(const EtsParameters& p) {
  return p.level > 0 && p.level < 1 && p.trend >= 0 && p.trend <= p.level && p.season >= 0 && p.season <= 1 - p.level && p.damping > 0 && p.damping <= 1;
}

/// `fixed` may be null.
Outcome<EtsFit> fit(const std::vector<double>& values, const EtsModel& model, const EtsParameters* fixed) {
  const std::size_t seasonal = model.seasonality == Seasonality::kNone ? 0 : model.season;
  const std::size_t parameters = 2 + (model.trend == EtsTrend::kNone ? 0U : 2U) + (model.trend == EtsTrend::kDamped ? 1U : 0U) + seasonal;
  if (const std::optional<Undefined> reason = fault(values, model, parameters)) return *reason;
  const Outcome<EtsState> start = first_state(values, model);
  if (!start.ok()) return start.reason();
  const double n = static_cast<double>(values.size());
  Coordinates coordinates(model, values, start.value());
  EtsParameters p;
  EtsState first, last;
  const auto minus_twice_log_likelihood = [&](const std::vector<double>& point) {
    Errors errors;
    coordinates.read(point, p, first);
    last = first;
    if (!run(values, model, p, last, errors, nullptr)) return kInfinite;
    return n * std::log(std::max(errors.squares, std::numeric_limits<double>::min())) + 2 * errors.log_forecasts;
  };
  // The likelihood has several maxima: from a slow level with a quick season, and the other way round.
  Minimum best{{}, kInfinite, 0, false};
  const std::size_t evaluations = 400 * (parameters + 1);
  for (const auto& [level, season_share] : {std::pair{0.1, 0.5}, std::pair{0.6, 0.05}, std::pair{0.3, 0.9}}) {
    coordinates.start_at(level, season_share);
    if (fixed != nullptr) coordinates.fix(*fixed);
    Minimum found = minimise(minus_twice_log_likelihood, coordinates.box(), evaluations);
    if (best.point.empty() || found.value < best.value) best = std::move(found);
    if (fixed != nullptr || (seasonal == 0 && best.has_converged && level != 0.1)) break;
  }
  if (!std::isfinite(best.value)) return Undefined{"no_convergence", {}};
  EtsFit result{model, {}, {}, {}, parameters, 0, 0, 0, 0, 0, 0, {}};
  coordinates.read(best.point, result.parameters, result.first);
  result.last = result.first;
  Errors errors;
  run(values, model, result.parameters, result.last, errors, &result.fitted);
  if (!(errors.squares > 0) || !std::isfinite(errors.plain_squares)) return Undefined{"denominator_zero", {"variance"}};
  const double k = static_cast<double>(parameters + 1);
  result.log_likelihood = -best.value / 2;
  result.aic = best.value + 2 * k;
  result.aicc = result.aic + 2 * k * (k + 1) / (n - k - 1);
  result.bic = best.value + std::log(n) * k;
  result.error_variance = errors.squares / (n - static_cast<double>(parameters));
  result.sum_squared_errors = errors.plain_squares;
  return result;
}

}  // namespace

Outcome<EtsFit> fit_ets(const std::vector<double>& values, const EtsModel& model) { return fit(values, model, nullptr); }

Outcome<EtsFit> fit_ets_states(const std::vector<double>& values, const EtsModel& model, const EtsParameters& parameters) {
  if (!is_allowed(parameters)) return Undefined{"out_of_range", {"parameters"}};
  return fit(values, model, &parameters);
}

Outcome<EtsFit> select_ets(const std::vector<double>& values, std::size_t season) {
  Outcome<EtsFit> best = Undefined{"too_few_rows", {}};
  bool has_first = false;
  for (const Seasonality seasonality : {Seasonality::kNone, Seasonality::kAdditive, Seasonality::kMultiplicative}) {
    if (seasonality != Seasonality::kNone && season < 2) break;
    for (const EtsError error : {EtsError::kAdditive, EtsError::kMultiplicative}) {
      if (error == EtsError::kAdditive && seasonality == Seasonality::kMultiplicative) continue;
      for (const EtsTrend trend : {EtsTrend::kNone, EtsTrend::kAdditive, EtsTrend::kDamped}) {
        Outcome<EtsFit> next = fit_ets(values, {error, trend, seasonality, season});
        if (!has_first || (next.ok() && (!best.ok() || next.value().aicc < best.value().aicc))) best = std::move(next);
        has_first = true;
      }
    }
  }
  return best;
}

}  // namespace kpi
