#include "core/models/stl.h"

#include <algorithm>
#include <cmath>

namespace kpi {
namespace {

using Values = std::vector<double>;

/// Places count from 1, as in the paper. `robustness` is empty where all values weigh alike.
class Loess {
 public:
  Loess(const Values& y, const Values& robustness, std::size_t span, bool is_line) : y_(y), robustness_(robustness), span_(span), is_line_(is_line), weights_(y.size()) {}

  /// The local fit at `x` from the values `left` to `right`; false where none of them weighs anything.
  bool fit(double x, std::size_t left, std::size_t right, double& result) {
    const double n = static_cast<double>(y_.size());
    double h = std::max(x - static_cast<double>(left), static_cast<double>(right) - x);
    if (span_ > y_.size()) h += static_cast<double>((span_ - y_.size()) / 2);
    double sum = 0;
    for (std::size_t j = left; j <= right; ++j) {
      const double r = std::fabs(static_cast<double>(j) - x);
      double& w = weights_[j - 1] = 0;
      if (r > 0.999 * h) continue;
      const double share = r / h, rest = 1 - share * share * share;
      w = r <= 0.001 * h ? 1 : rest * rest * rest;
      if (!robustness_.empty()) w *= robustness_[j - 1];
      sum += w;
    }
    if (!(sum > 0)) return false;
    for (std::size_t j = left; j <= right; ++j) weights_[j - 1] /= sum;
    if (h > 0 && is_line_) tilt(x, left, right, n - 1);
    result = 0;
    for (std::size_t j = left; j <= right; ++j) result += weights_[j - 1] * y_[j - 1];
    return true;
  }

  /// The fit at 1, 1 + jump, ..., and the last place, with straight lines between.
  Values smooth(std::size_t jump) {
    const std::size_t n = y_.size();
    Values made(n, 0);
    if (n < 2) return y_;
    const std::size_t step = std::min(jump, n - 1);
    std::size_t before = 1;
    for (std::size_t i = 1; i <= n; i += step) {
      place(i, i, made);
      join(before, i, made);
      before = i;
    }
    if (before != n) {
      // The last place takes the neighbourhood of the one before it.
      place(n, before, made);
      join(before, n, made);
    }
    return made;
  }

 private:
  void place(std::size_t x, std::size_t centre, Values& made) {
    const std::size_t n = y_.size(), half = (span_ + 1) / 2;
    std::size_t left = 1, right = n;
    if (span_ < n) {
      left = centre < half ? 1 : std::min(centre - half + 1, n - span_ + 1);
      right = left + span_ - 1;
    }
    if (!fit(static_cast<double>(x), left, right, made[x - 1])) made[x - 1] = y_[x - 1];
  }
  static void join(std::size_t a, std::size_t b, Values& made) {
    if (b <= a + 1) return;
    const double slope = (made[b - 1] - made[a - 1]) / static_cast<double>(b - a);
    for (std::size_t j = a + 1; j < b; ++j) made[j - 1] = made[a - 1] + slope * static_cast<double>(j - a);
  }
  /// From a local constant to a local line.
  void tilt(double x, std::size_t left, std::size_t right, double range) {
    double middle = 0, spread = 0;
    for (std::size_t j = left; j <= right; ++j) middle += weights_[j - 1] * static_cast<double>(j);
    for (std::size_t j = left; j <= right; ++j) spread += weights_[j - 1] * (static_cast<double>(j) - middle) * (static_cast<double>(j) - middle);
    if (!(std::sqrt(spread) > 0.001 * range)) return;
    const double slope = (x - middle) / spread;
    for (std::size_t j = left; j <= right; ++j) weights_[j - 1] *= slope * (static_cast<double>(j) - middle) + 1;
  }

  const Values& y_;
  const Values& robustness_;
  std::size_t span_;
  bool is_line_;
  Values weights_;
};

/// Each place of the season smoothed by itself, and carried on by one season to either side.
Values smooth_places(const Values& y, const StlPlan& plan, const Values& robustness) {
  const std::size_t n = y.size(), season = plan.season;
  Values made(n + 2 * season);
  for (std::size_t place = 0; place < season; ++place) {
    Values own, weights;
    for (std::size_t i = place; i < n; i += season) {
      own.push_back(y[i]);
      if (!robustness.empty()) weights.push_back(robustness[i]);
    }
    const std::size_t k = own.size(), span = plan.season_span;
    Loess loess(own, weights, span, false);
    const Values smooth = loess.smooth(plan.season_jump);
    double first = smooth.front(), last = smooth.back();
    loess.fit(0, 1, std::min(span, k), first);
    loess.fit(static_cast<double>(k + 1), k >= span ? k - span + 1 : 1, k, last);
    made[place] = first;
    for (std::size_t m = 0; m < k; ++m) made[(m + 1) * season + place] = smooth[m];
    made[(k + 1) * season + place] = last;
  }
  return made;
}

Values moving_average(const Values& x, std::size_t length) {
  Values made;
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum += x[i];
    if (i + 1 < length) continue;
    made.push_back(sum / static_cast<double>(length));
    sum -= x[i + 1 - length];
  }
  return made;
}

/// Bisquare weights of the remainders, 0 beyond six times their median size.
Values robustness_weights(const Values& y, const Stl& parts) {
  Values sizes, sorted, weights;
  for (std::size_t i = 0; i < y.size(); ++i) sizes.push_back(std::fabs(y[i] - parts.trend[i] - parts.seasonal[i]));
  sorted = sizes;
  std::sort(sorted.begin(), sorted.end());
  const double limit = 3 * (sorted[y.size() / 2] + sorted[(y.size() - 1) / 2]);
  for (const double r : sizes) {
    const double share = r / limit;
    weights.push_back(r <= 0.001 * limit ? 1 : r <= 0.999 * limit ? (1 - share * share) * (1 - share * share) : 0);
  }
  return weights;
}

Values difference(const Values& a, const Values& b) {
  Values made;
  for (std::size_t i = 0; i < a.size(); ++i) made.push_back(a[i] - b[i]);
  return made;
}

std::size_t next_odd(double x) {
  const auto up = static_cast<std::size_t>(std::ceil(x));
  return up % 2 == 0 ? up + 1 : up;
}

std::size_t tenth(std::size_t span) { return (span + 9) / 10; }

}  // namespace

StlPlan stl_plan(std::size_t values, std::size_t season, std::size_t season_span, bool is_robust) {
  StlPlan plan{season, season_span == 0 ? 10 * values + 1 : season_span, 0, season % 2 == 0 ? season + 1 : season, 1, 1, 1, is_robust ? 1U : 2U, is_robust ? 15U : 0U, season_span == 0};
  plan.trend_span = next_odd(1.5 * static_cast<double>(season) / (1 - 1.5 / static_cast<double>(plan.season_span)));
  plan.season_jump = tenth(plan.season_span);
  plan.trend_jump = tenth(plan.trend_span);
  plan.low_pass_jump = tenth(plan.low_pass_span);
  return plan;
}

Outcome<Stl> stl(const Values& y, const StlPlan& plan) {
  const std::size_t n = y.size(), season = plan.season;
  if (season < 2 || plan.season_span == 0 || plan.trend_span == 0 || plan.low_pass_span == 0) return Undefined{"out_of_range", {"season"}};
  if (plan.season_jump == 0 || plan.trend_jump == 0 || plan.low_pass_jump == 0) return Undefined{"out_of_range", {"jump"}};
  if (n <= season || n - season <= season) return Undefined{"too_few_rows", {}};
  if (!std::all_of(y.begin(), y.end(), [](double v) { return std::isfinite(v); })) return Undefined{"not_finite", {}};
  Stl parts{Values(n, 0), Values(n, 0), {}};
  Values robustness;
  const Values alike;
  for (std::size_t round = 0;; ++round) {
    for (std::size_t i = 0; i < plan.inner; ++i) {
      const Values places = smooth_places(difference(y, parts.trend), plan, robustness);
      const Values low = moving_average(moving_average(moving_average(places, season), season), 3);
      const Values rest = Loess(low, alike, plan.low_pass_span, true).smooth(plan.low_pass_jump);
      for (std::size_t j = 0; j < n; ++j) parts.seasonal[j] = places[season + j] - rest[j];
      const Values without = difference(y, parts.seasonal);
      parts.trend = Loess(without, robustness, plan.trend_span, true).smooth(plan.trend_jump);
    }
    if (round == plan.outer) break;
    robustness = robustness_weights(y, parts);
  }
  if (plan.is_periodic) {
    for (std::size_t place = 0; place < season; ++place) {
      double sum = 0, count = 0;
      for (std::size_t i = place; i < n; i += season, ++count) sum += parts.seasonal[i];
      for (std::size_t i = place; i < n; i += season) parts.seasonal[i] = sum / count;
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    parts.remainder.push_back(y[i] - parts.seasonal[i] - parts.trend[i]);
    if (!std::isfinite(parts.remainder[i])) return Undefined{"not_finite", {}};
  }
  return parts;
}

}  // namespace kpi
