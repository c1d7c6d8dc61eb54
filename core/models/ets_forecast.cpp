#include "core/models/ets_forecast.h"

#include <Eigen/Dense>
#include <cmath>
#include <vector>

#include "core/models/special_functions.h"

namespace kpi {
namespace {

struct Moments {
  std::vector<double> mean, variance;
};

/// What the trend adds by h steps ahead, per unit: phi + phi^2 + ... + phi^h.
double trend_steps(double damping, std::size_t h) {
  double sum = 0, power = 1;
  for (std::size_t i = 0; i < h; ++i) sum += power *= damping;
  return sum;
}

double point(const EtsFit& fit, std::size_t h) {
  const double base = fit.last.level + (fit.model.trend == EtsTrend::kNone ? 0 : trend_steps(fit.parameters.damping, h) * fit.last.trend);
  if (fit.model.seasonality == Seasonality::kNone) return base;
  const double season = fit.last.seasons[(h - 1) % fit.last.seasons.size()];
  return fit.model.seasonality == Seasonality::kAdditive ? base + season : base * season;
}

/// All of the state is linear in it: c(j) is what an error j steps ago adds to the value.
Moments linear_moments(const EtsFit& fit, std::size_t horizon) {
  const EtsParameters& p = fit.parameters;
  std::vector<double> squared, theta;
  Moments m;
  double sum = 0;
  for (std::size_t h = 1; h <= horizon; ++h) {
    if (h > 1) {
      const std::size_t j = h - 1;
      const bool is_season = fit.model.seasonality == Seasonality::kAdditive && j % fit.model.season == 0;
      const double c = p.level + p.trend * trend_steps(p.damping, j) + (is_season ? p.season : 0);
      squared.push_back(c * c);
      sum += c * c;
    }
    m.mean.push_back(point(fit, h));
    const double mean = m.mean.back();
    if (fit.model.error == EtsError::kAdditive) {
      m.variance.push_back(fit.error_variance * (1 + sum));
      continue;
    }
    double t = mean * mean;
    for (std::size_t j = 1; j < h; ++j) t += fit.error_variance * squared[j - 1] * theta[h - 1 - j];
    theta.push_back(t);
    m.variance.push_back((1 + fit.error_variance) * t - mean * mean);
  }
  return m;
}

Eigen::MatrixXd kronecker(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
  Eigen::MatrixXd product(a.rows() * b.rows(), a.cols() * b.cols());
  for (Eigen::Index i = 0; i < a.rows(); ++i) {
    for (Eigen::Index j = 0; j < a.cols(); ++j) product.block(i * b.rows(), j * b.cols(), b.rows(), b.cols()) = a(i, j) * b;
  }
  return product;
}

/// The value is a product of level with trend (x) and season (z), each multiplied by a matrix with the same error in it at every step: the
/// products of their states, w = z (x) x, go to (F + K e + G e^2) w.
Moments product_moments(const EtsFit& fit, std::size_t horizon) {
  const EtsParameters& p = fit.parameters;
  const auto season = static_cast<Eigen::Index>(fit.last.seasons.size());
  const bool has_trend = fit.model.trend != EtsTrend::kNone;
  Eigen::MatrixXd of_x(1, has_trend ? 2 : 1), f1(of_x.cols(), of_x.cols()), smoothing(of_x.cols(), 1), f2 = Eigen::MatrixXd::Zero(season, season);
  Eigen::VectorXd x(of_x.cols()), z(season);
  of_x(0, 0) = f1(0, 0) = 1;
  smoothing(0, 0) = p.level;
  x[0] = fit.last.level;
  if (has_trend) {
    of_x(0, 1) = f1(0, 1) = f1(1, 1) = p.damping;
    f1(1, 0) = 0;
    smoothing(1, 0) = p.trend;
    x[1] = fit.last.trend;
  }
  for (Eigen::Index i = 0; i < season; ++i) {
    z[i] = fit.last.seasons[static_cast<std::size_t>(i)];
    f2(i, (i + 1) % season) = 1;  // the next season comes first
  }
  Eigen::MatrixXd g2 = Eigen::MatrixXd::Zero(season, season), of_z = Eigen::MatrixXd::Zero(1, season);
  g2(season - 1, 0) = p.season;
  of_z(0, 0) = 1;
  const Eigen::MatrixXd g1 = smoothing * of_x;
  const Eigen::MatrixXd f = kronecker(f2, f1), g = kronecker(g2, g1), k = kronecker(g2, f1) + kronecker(f2, g1), value = kronecker(of_z, of_x);
  const double s2 = fit.error_variance;
  Eigen::VectorXd mean = kronecker(z, x);
  Eigen::MatrixXd variance = Eigen::MatrixXd::Zero(mean.size(), mean.size());
  Moments m;
  for (std::size_t h = 0; h < horizon; ++h) {
    const double now = (value * mean)(0, 0);
    m.mean.push_back(now);
    m.variance.push_back((1 + s2) * (value * variance * value.transpose())(0, 0) + s2 * now * now);
    const Eigen::MatrixXd square = mean * mean.transpose(), f_v_g = f * variance * g.transpose();
    const Eigen::MatrixXd next = f * variance * f.transpose() + s2 * (f_v_g + f_v_g.transpose() + k * (variance + square) * k.transpose()) +
                                 s2 * s2 * (g * (3 * variance + 2 * square) * g.transpose());
    variance = next;
    mean = (f * mean + s2 * (g * mean)).eval();
  }
  return m;
}

}  // namespace

Outcome<Forecast> ets_forecast(const EtsFit& fit, std::size_t horizon, double confidence) {
  if (!(confidence > 0 && confidence < 1)) return Undefined{"out_of_range", {"confidence"}};
  const double z = normal_quantile(0.5 + confidence / 2);
  const bool is_product = fit.model.seasonality == Seasonality::kMultiplicative, has_limits = !is_product || fit.model.error == EtsError::kMultiplicative;
  const Moments m = is_product && has_limits ? product_moments(fit, horizon) : linear_moments(fit, horizon);
  Forecast forecast;
  for (std::size_t h = 0; h < horizon; ++h) {
    const double half_width = has_limits ? z * std::sqrt(m.variance[h]) : 0;
    if (!std::isfinite(m.mean[h]) || !std::isfinite(half_width)) return Undefined{"not_finite", {}};
    if (has_limits) forecast.push_back({m.mean[h], m.mean[h] - half_width, m.mean[h] + half_width});
    else forecast.push_back({m.mean[h], {}, {}});
  }
  return forecast;
}

}  // namespace kpi
