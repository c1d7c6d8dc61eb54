#include "core/models/logistic_regression.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "core/base/sum.h"
#include "core/models/mean_difference.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

double chance(double log_odds) { return log_odds >= 0 ? 1 / (1 + std::exp(-log_odds)) : std::exp(log_odds) / (1 + std::exp(log_odds)); }

/// log(1 + e^x) without overflow.
double softplus(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }

struct Standardised {
  Matrix x;  // a first column of ones
  std::vector<double> means, deviations;
};

Outcome<Standardised> standardise(std::span<const std::vector<double>> features, std::size_t rows) {
  Standardised s{Matrix::Ones(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(features.size()) + 1), {}, {}};
  for (std::size_t j = 0; j < features.size(); ++j) {
    if (features[j].size() != rows) return Undefined{"out_of_range", {}};
    const Outcome<Moments> moments = moments_of(features[j]);
    if (!moments.ok()) return moments.reason();
    const double mean = moments.value().mean, deviation = std::sqrt(moments.value().variance);
    if (!(deviation > 1e-13 * std::fabs(mean)) || !(deviation > 0)) return Undefined{"constant_feature", {std::to_string(j)}};
    for (std::size_t i = 0; i < rows; ++i) s.x(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j) + 1) = (features[j][i] - mean) / deviation;
    s.means.push_back(mean);
    s.deviations.push_back(deviation);
  }
  return s;
}

/// The penalised likelihood of standardised coefficients.
class Likelihood {
 public:
  Likelihood(const Matrix& x, std::span<const std::uint8_t> outcomes, double l2) : x_(x), outcomes_(outcomes), l2_(l2) {}

  double without_penalty(const Vector& beta) const {
    const Vector log_odds = x_ * beta;
    Sum sum;
    for (Eigen::Index i = 0; i < log_odds.size(); ++i) sum.add(-softplus(has_converted(i) ? -log_odds(i) : log_odds(i)));
    return sum.value();
  }
  double value(const Vector& beta) const { return without_penalty(beta) - l2_ / 2 * beta.tail(beta.size() - 1).squaredNorm(); }

  /// Gradient and negative Hessian.
  void curvature(const Vector& beta, Vector& gradient, Matrix& information) const {
    const Vector log_odds = x_ * beta;
    Vector residual(log_odds.size()), weight(log_odds.size());
    for (Eigen::Index i = 0; i < log_odds.size(); ++i) {
      const double p = chance(log_odds(i));
      residual(i) = has_converted(i) ? chance(-log_odds(i)) : -p;
      weight(i) = p * chance(-log_odds(i));
    }
    gradient = x_.transpose() * residual;
    information = x_.transpose() * (weight.asDiagonal() * x_);
    gradient.tail(beta.size() - 1) -= l2_ * beta.tail(beta.size() - 1);
    information.diagonal().tail(beta.size() - 1).array() += l2_;
  }

  /// Every converted row has higher log-odds than every other one: a larger multiple of beta would fit better still, without end.
  bool is_separated_by(const Vector& beta) const {
    const Vector log_odds = x_ * beta;
    double least = std::numeric_limits<double>::infinity(), most = -least;
    for (Eigen::Index i = 0; i < log_odds.size(); ++i) {
      if (has_converted(i)) least = std::min(least, log_odds(i));
      if (!has_converted(i)) most = std::max(most, log_odds(i));
    }
    return least > most;
  }

 private:
  bool has_converted(Eigen::Index row) const { return outcomes_[static_cast<std::size_t>(row)] != 0; }

  const Matrix& x_;
  std::span<const std::uint8_t> outcomes_;
  double l2_;
};

bool is_singular(const Matrix& information) {
  const Vector pivots = information.ldlt().vectorD();
  return !(pivots.minCoeff() > 1e-12 * pivots.maxCoeff());
}

struct Fit {
  Vector beta;
  Matrix covariance;  // of the standardised coefficients
  int iterations;
};

/// Almost separated data converge in the end, where curvature is lost in rounding: no honest fit leaves such errors in standardised units.
constexpr double kLargestError = 1000;

Outcome<Fit> maximise_likelihood(const Likelihood& likelihood, Eigen::Index size, double rate, const LogisticOptions& options) {
  Vector beta = Vector::Zero(size), gradient;
  Matrix information;
  beta(0) = std::log(rate / (1 - rate));
  double value = likelihood.value(beta);
  likelihood.curvature(beta, gradient, information);
  if (options.l2 == 0 && is_singular(information)) return Undefined{"collinear_features", {}};
  for (int iteration = 1; iteration <= options.most_iterations; ++iteration) {
    const Vector step = information.ldlt().solve(gradient);
    if (!step.allFinite()) return Undefined{options.l2 == 0 ? "perfect_separation" : "no_convergence", {}};
    double scale = 1, next = likelihood.value(beta + step);
    while (!(next >= value - 1e-12 * std::fabs(value)) && scale > 1e-6) {
      scale /= 2;
      next = likelihood.value(beta + scale * step);
    }
    beta += scale * step;
    value = next;
    if (options.l2 == 0 && size > 1 && likelihood.is_separated_by(beta)) return Undefined{"perfect_separation", {}};
    likelihood.curvature(beta, gradient, information);
    // What is left to gain, in units of the log-likelihood.
    if (step.dot(gradient) > 1e-18 * (1 + std::fabs(value)) && step.norm() > 1e-12 * (1 + beta.norm())) continue;
    const Matrix covariance = information.ldlt().solve(Matrix::Identity(size, size));
    const bool is_finite = covariance.allFinite() && (covariance.diagonal().array() > 0).all();
    if (!is_finite || (options.l2 == 0 && covariance.diagonal().maxCoeff() > kLargestError * kLargestError)) {
      return Undefined{options.l2 == 0 ? "perfect_separation" : "no_convergence", {}};
    }
    return Fit{beta, covariance, iteration};
  }
  return Undefined{"no_convergence", {}};
}

Coefficient coefficient(double value, double variance, double quantile) {
  const double error = std::sqrt(variance), z = value / error, reach = quantile * error;
  std::optional<double> odds_ratio;
  if (std::isfinite(std::exp(value))) odds_ratio = std::exp(value);
  return {value, error, z, 2 * normal_upper(std::fabs(z)), {value - reach, value + reach}, odds_ratio};
}

}  // namespace

Outcome<LogisticRegression> fit_logistic_regression(std::span<const std::vector<double>> features, std::span<const std::uint8_t> outcomes,
                                                    const LogisticOptions& options) {
  if (!(options.l2 >= 0 && std::isfinite(options.l2)) || !(options.confidence > 0 && options.confidence < 1)) return Undefined{"out_of_range", {}};
  const std::size_t rows = outcomes.size();
  if (rows == 0) return Undefined{"no_rows", {}};
  const auto converted = static_cast<double>(std::count_if(outcomes.begin(), outcomes.end(), [](std::uint8_t y) { return y != 0; }));
  const double n = static_cast<double>(rows), rate = converted / n;
  if (converted == 0) return Undefined{"no_conversions", {}};
  if (converted == n) return Undefined{"all_converted", {}};
  if (rows <= features.size() + 1) return Undefined{"too_few_rows", {}};
  const Outcome<Standardised> standardised = standardise(features, rows);
  if (!standardised.ok()) return standardised.reason();
  const Standardised& s = standardised.value();
  const Likelihood likelihood(s.x, outcomes, options.l2);
  const Outcome<Fit> fitted = maximise_likelihood(likelihood, s.x.cols(), rate, options);
  if (!fitted.ok()) return fitted.reason();
  const Fit& fit = fitted.value();

  // Back to the units of the features: intercept less beta mean / deviation of each.
  Vector to_intercept = Vector::Zero(fit.beta.size());
  to_intercept(0) = 1;
  LogisticRegression model{};
  const double quantile = normal_quantile(0.5 + options.confidence / 2);
  for (std::size_t j = 0; j < features.size(); ++j) {
    const Eigen::Index at = static_cast<Eigen::Index>(j) + 1;
    to_intercept(at) = -s.means[j] / s.deviations[j];
    model.features.push_back(coefficient(fit.beta(at) / s.deviations[j], fit.covariance(at, at) / (s.deviations[j] * s.deviations[j]), quantile));
  }
  model.intercept = coefficient(to_intercept.dot(fit.beta), to_intercept.dot(fit.covariance * to_intercept), quantile);
  model.log_likelihood = likelihood.without_penalty(fit.beta);
  model.null_log_likelihood = converted * std::log(rate) + (n - converted) * std::log(1 - rate);
  model.deviance = -2 * model.log_likelihood;
  model.null_deviance = -2 * model.null_log_likelihood;
  const double parameters = static_cast<double>(features.size() + 1);
  model.aic = model.deviance + 2 * parameters;
  model.bic = model.deviance + std::log(n) * parameters;
  model.mcfadden_r2 = 1 - model.log_likelihood / model.null_log_likelihood;
  model.likelihood_ratio = std::max(model.null_deviance - model.deviance, 0.0);
  model.likelihood_ratio_p = features.empty() ? 1 : chi_square_upper(model.likelihood_ratio, parameters - 1);
  model.iterations = fit.iterations;
  bool is_finite = std::isfinite(model.intercept.z) && std::isfinite(model.intercept.standard_error);
  for (const Coefficient& c : model.features) is_finite = is_finite && std::isfinite(c.z) && std::isfinite(c.standard_error);
  if (!is_finite) return Undefined{"not_finite", {}};
  return model;
}

double predict(const LogisticRegression& model, std::span<const double> values) {
  double log_odds = model.intercept.value;
  for (std::size_t j = 0; j < model.features.size(); ++j) log_odds += model.features[j].value * values[j];
  return chance(log_odds);
}

std::vector<double> predict_all(const LogisticRegression& model, std::span<const std::vector<double>> features) {
  std::vector<double> chances(features.empty() ? 0 : features.front().size()), values(features.size());
  for (std::size_t i = 0; i < chances.size(); ++i) {
    for (std::size_t j = 0; j < features.size(); ++j) values[j] = features[j][i];
    chances[i] = predict(model, values);
  }
  return chances;
}

}  // namespace kpi
