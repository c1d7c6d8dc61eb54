#include "core/models/super_smoother.h"

#include <algorithm>
#include <cmath>

namespace kpi {
namespace {

constexpr double kTweeter = 0.05, kMid = 0.2, kWoofer = 0.5;

/// The line through the values of a window that moves on by taking one in and letting one out.
class RunningLine {
 public:
  void add(double x, double y) {
    const double before = count_++;
    mean_x_ = (before * mean_x_ + x) / count_;
    mean_y_ = (before * mean_y_ + y) / count_;
    const double t = before > 0 ? count_ * (x - mean_x_) / before : 0;
    variance_ += t * (x - mean_x_);
    covariance_ += t * (y - mean_y_);
  }
  void remove(double x, double y) {
    const double before = count_--;
    const double t = count_ > 0 ? before * (x - mean_x_) / count_ : 0;
    variance_ -= t * (x - mean_x_);
    covariance_ -= t * (y - mean_y_);
    if (count_ > 0) {
      mean_x_ = (before * mean_x_ - x) / count_;
      mean_y_ = (before * mean_y_ - y) / count_;
    }
  }
  double at(double x) const { return (variance_ > least_ ? covariance_ / variance_ : 0) * (x - mean_x_) + mean_y_; }
  /// The part of the fit at x that is x's own value.
  double leverage(double x) const { return 1 / count_ + (variance_ > least_ ? (x - mean_x_) * (x - mean_x_) / variance_ : 0); }
  explicit RunningLine(double least) : least_(least) {}

 private:
  double least_, count_ = 0, mean_x_ = 0, mean_y_ = 0, variance_ = 0, covariance_ = 0;
};

/// `residuals` (of each value from the line without it) may be null.
std::vector<double> running_lines(const std::vector<double>& y, double span, std::vector<double>* residuals) {
  const std::size_t n = y.size(), half = std::max<std::size_t>(2, static_cast<std::size_t>(0.5 * span * static_cast<double>(n) + 0.5));
  // Relative to the middle half of the places, as the original has it.
  const double scale = static_cast<double>(3 * (n / 4) - n / 4), least = 1e-3 * scale;
  RunningLine line(least * least);
  for (std::size_t i = 0; i < std::min(2 * half + 1, n); ++i) line.add(static_cast<double>(i + 1), y[i]);
  std::vector<double> smooth;
  for (std::size_t j = 0; j < n; ++j) {
    if (j >= half + 1 && j + half < n) {
      line.remove(static_cast<double>(j - half), y[j - half - 1]);
      line.add(static_cast<double>(j + half + 1), y[j + half]);
    }
    const double x = static_cast<double>(j + 1);
    smooth.push_back(line.at(x));
    if (residuals == nullptr) continue;
    const double rest = 1 - line.leverage(x);
    residuals->push_back(rest > 0 ? std::fabs(y[j] - smooth[j]) / rest : j > 0 ? residuals->back() : 0);
  }
  return smooth;
}

}  // namespace

Outcome<std::vector<double>> super_smooth(const std::vector<double>& y) {
  const std::size_t n = y.size();
  if (n < 5) return Undefined{"too_few_rows", {}};
  if (!std::all_of(y.begin(), y.end(), [](double v) { return std::isfinite(v); })) return Undefined{"not_finite", {}};
  const double spans[] = {kTweeter, kMid, kWoofer};
  std::vector<double> fits[3], errors[3], best(n);
  for (std::size_t s = 0; s < 3; ++s) {
    std::vector<double> residuals;
    fits[s] = running_lines(y, spans[s], &residuals);
    errors[s] = running_lines(residuals, kMid, nullptr);
  }
  for (std::size_t j = 0; j < n; ++j) {
    std::size_t least = 0;
    for (std::size_t s = 1; s < 3; ++s) {
      if (errors[s][j] < errors[least][j]) least = s;
    }
    best[j] = spans[least];
  }
  const std::vector<double> span = running_lines(best, kMid, nullptr);
  std::vector<double> mixed(n);
  for (std::size_t j = 0; j < n; ++j) {
    const double at = std::clamp(span[j], kTweeter, kWoofer);
    const double share = at < kMid ? (kMid - at) / (kMid - kTweeter) : (at - kMid) / (kWoofer - kMid);
    mixed[j] = (1 - share) * fits[1][j] + share * fits[at < kMid ? 0 : 2][j];
  }
  std::vector<double> made = running_lines(mixed, kTweeter, nullptr);
  if (!std::all_of(made.begin(), made.end(), [](double v) { return std::isfinite(v); })) return Undefined{"not_finite", {}};
  return made;
}

}  // namespace kpi
