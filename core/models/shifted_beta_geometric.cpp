#include "core/models/shifted_beta_geometric.h"

#include <array>
#include <cmath>

#include "core/base/sum.h"
#include "core/models/maximise.h"

namespace kpi {
namespace {

bool is_possible(const ShiftedBetaGeometric& m) { return m.alpha > 0 && m.beta > 0 && std::isfinite(m.alpha + m.beta); }

/// By the logarithms of alpha and beta. A customer of `t` renewals adds sum over j < t of ln(beta + j) / (alpha + beta + j), and one who left
/// at the next ln alpha / (alpha + beta + t).
double log_likelihood_of(std::span<const double> survivors, const Parameters& logs, Parameters& gradient) {
  const double alpha = std::exp(logs[0]), beta = std::exp(logs[1]);
  Sum total, by_alpha, by_beta;
  for (std::size_t t = 1; t < survivors.size(); ++t) {
    const double stayed = survivors[t], left = survivors[t - 1] - survivors[t], step = static_cast<double>(t - 1);
    const double all = alpha + beta + step, log_all = std::log(all);
    total.add(stayed * (std::log(beta + step) - log_all) + left * (logs[0] - log_all));
    by_alpha.add(left / alpha - (stayed + left) / all);
    by_beta.add(stayed / (beta + step) - (stayed + left) / all);
  }
  gradient = {alpha * by_alpha.value(), beta * by_beta.value()};
  return total.value();
}

/// 2F1(1, b; c; z), 0 <= z < 1, c > b > 0, by Gauss's continued fraction 1 / (1 - k1 z / (1 - k2 z / ...)) in Lentz's way.
Outcome<double> hypergeometric_of_one(double b, double c, double z) {
  constexpr double kTiny = 1e-300;
  constexpr int kMostSteps = 2000000;
  // k(2m + 1) = (b + m)(c - 1 + m) / ((c + 2m - 1)(c + 2m)), k(2m) = m (c - b + m - 1) / ((c + 2m - 2)(c + 2m - 1)).
  double fraction = 1, numerators = 1, denominators = 0;
  for (int i = 1; i <= kMostSteps; ++i) {
    const double m = i / 2;
    const double k = i % 2 == 1 ? (i == 1 ? b / c : (b + m) * (c - 1 + m) / ((c + 2 * m - 1) * (c + 2 * m)))
                                : m * (c - b + m - 1) / ((c + 2 * m - 2) * (c + 2 * m - 1));
    denominators = 1 - k * z * denominators;
    numerators = 1 - k * z / numerators;
    if (std::fabs(denominators) < kTiny) denominators = kTiny;
    if (std::fabs(numerators) < kTiny) numerators = kTiny;
    denominators = 1 / denominators;
    const double change = numerators * denominators;
    fraction *= change;
    if (std::fabs(change - 1) < 1e-16) return 1 / fraction;
  }
  return Undefined{"no_convergence", {}};
}

}  // namespace

Outcome<ShiftedBetaGeometricFit> fit_shifted_beta_geometric(std::span<const double> survivors) {
  if (survivors.size() < 3) return Undefined{"too_few_rows", {"periods"}};
  if (survivors.size() > kMostPeriods) return Undefined{"out_of_range", {"periods"}};
  for (std::size_t t = 0; t < survivors.size(); ++t) {
    if (!std::isfinite(survivors[t])) return Undefined{"not_finite", {"survivors"}};
    if (survivors[t] < 0 || (t > 0 && survivors[t] > survivors[t - 1])) return Undefined{"out_of_range", {"survivors"}};
  }
  if (survivors[0] == 0) return Undefined{"out_of_range", {"survivors"}};
  if (survivors[1] == 0) return Undefined{"not_identified", {"beta"}};
  if (survivors.back() == survivors[0]) return Undefined{"not_identified", {"alpha"}};
  std::vector<Parameters> starts;
  constexpr std::array<std::array<double, 2>, 3> kStarts = {{{0.7, 2}, {2, 10}, {3, 1}}};
  for (const auto& [alpha, beta] : kStarts) {
    starts.push_back({std::log(alpha), std::log(beta)});
  }
  const auto objective = [survivors](const Parameters& at, Parameters& gradient) { return log_likelihood_of(survivors, at, gradient); };
  const Outcome<Maximum> top = maximise(objective, starts, {"alpha", "beta"});
  if (!top.ok()) return top.reason();
  const auto [at, error] = natural_estimates(top.value());
  return ShiftedBetaGeometricFit{{at[0], at[1]}, {error[0], error[1]}, top.value().value, top.value().iterations};
}

Outcome<RetentionCurve> project_retention(const ShiftedBetaGeometric& m, std::uint32_t periods) {
  if (!is_possible(m)) return Undefined{"out_of_range", {"parameters"}};
  if (periods > kMostPeriods) return Undefined{"out_of_range", {"periods"}};
  RetentionCurve curve;
  curve.survival.push_back(1);
  for (std::uint32_t t = 1; t <= periods; ++t) {
    const double all = m.alpha + m.beta + (t - 1.0), before = curve.survival.back();
    curve.retention.push_back((m.beta + (t - 1.0)) / all);
    curve.churn.push_back(before * m.alpha / all);
    curve.survival.push_back(before * curve.retention.back());
  }
  return curve;
}

double mean_churn(const ShiftedBetaGeometric& m) { return m.alpha / (m.alpha + m.beta); }

Outcome<double> discounted_lifetime(const ShiftedBetaGeometric& m, double discount) {
  if (!is_possible(m)) return Undefined{"out_of_range", {"parameters"}};
  if (!(discount >= 0) || !std::isfinite(discount)) return Undefined{"out_of_range", {"discount"}};
  if (discount > 0) return hypergeometric_of_one(m.beta, m.alpha + m.beta, 1 / (1 + discount));
  if (m.alpha <= 1) return Undefined{"mean_infinite", {"lifetime"}};
  return (m.alpha + m.beta - 1) / (m.alpha - 1);
}

Outcome<double> discounted_residual_lifetime(const ShiftedBetaGeometric& m, std::uint32_t renewal, double discount) {
  if (renewal == 0 || renewal > kMostPeriods) return Undefined{"out_of_range", {"renewal"}};
  const double before = renewal - 1.0;
  const Outcome<double> after = discounted_lifetime({m.alpha, m.beta + before + 1}, discount);  // of one who renews: beta + n
  if (!after.ok()) return after.reason();
  return after.value() * (m.beta + before) / (m.alpha + m.beta + before);
}

}  // namespace kpi
