#include "core/models/beta_binomial.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/models/find_root.h"
#include "core/models/gauss_legendre.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

struct Beta {
  double alpha, beta;
  double mean() const { return alpha / (alpha + beta); }
  double log_odds_deviation() const { return std::sqrt(1 / alpha + 1 / beta); }  // near enough
  /// P(X <= x), also outside 0..1.
  double up_to(double x) const { return x <= 0 ? 0 : x >= 1 ? 1 : beta_cdf(x, alpha, beta); }
};

double rate_of(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

/// Expectations over a beta distribution, in panels of its log-odds around the mode.
class Expectation {
 public:
  explicit Expectation(const Beta& beta) : beta_(beta), mode_(std::log(beta.alpha / beta.beta)), panel_(std::min(beta.log_odds_deviation(), 1.5)) {
    while (density(-panel_ * below_) > kLeast) ++below_;
    while (density(panel_ * above_) > kLeast) ++above_;
    total_ = integral([](double) { return 1.0; }, kNowhere);
  }

  /// Of f of the rate; f is smooth but perhaps at the rate `kink`.
  template <class Function>
  double of(Function&& f, double kink = -1) const {
    const bool has_kink = kink > 0 && kink < 1;
    return integral(f, has_kink ? std::log(kink / (1 - kink)) - mode_ : kNowhere) / total_;
  }

 private:
  static constexpr double kLeast = 1e-19;
  static constexpr double kNowhere = std::numeric_limits<double>::infinity();

  /// Relative to the mode, at a distance from it in log-odds.
  double density(double distance) const {
    return std::exp(beta_.alpha * distance - (beta_.alpha + beta_.beta) * std::log1p(beta_.mean() * std::expm1(distance)));
  }

  template <class Function>
  double integral(Function&& f, double kink) const {
    const auto integrand = [&](double distance) { return density(distance) * f(rate_of(mode_ + distance)); };
    const double low = -below_ * panel_, high = above_ * panel_;
    if (kink > low && kink < high) return away_from(integrand, kink, low) + away_from(integrand, kink, high);
    Sum sum;
    for (int i = -below_; i < above_; ++i) sum.add(gauss_legendre(integrand, i * panel_, (i + 1) * panel_));
    return sum.value();
  }

  /// At a kink a distribution may begin like a root: panels that grow with the distance from it.
  template <class Function>
  double away_from(Function&& f, double kink, double end) const {
    const double sign = end < kink ? -1 : 1, reach = std::fabs(end - kink);
    Sum sum;
    double from = 0;
    for (double width = panel_ * 1e-7; from < reach; width = std::min(3 * width, panel_)) {
      const double to = std::min(from + width, reach);
      sum.add(sign * gauss_legendre(f, kink + sign * from, kink + sign * to));
      from = to;
    }
    return sum.value();
  }

  Beta beta_;
  double mode_, panel_, total_ = 1;
  int below_ = 1, above_ = 1;
};

/// P(other - narrow <= difference).
double difference_up_to(const Expectation& narrow, const Beta& other, double difference) {
  // Where the other's range begins or ends, its distribution has a kink; only one of the two falls into 0..1.
  const double kink = difference < 0 ? -difference : 1 - difference;
  return narrow.of([&](double rate) { return other.up_to(rate + difference); }, kink);
}

Interval difference_interval_of(const Expectation& narrow, const Beta& other, double confidence) {
  const double tail = (1 - confidence) / 2;
  const auto at = [&](double probability) {
    return find_root([&](double difference) { return difference_up_to(narrow, other, difference) - probability; }, -1, 1, 1e-12);
  };
  return {at(tail), at(1 - tail)};
}

Interval equal_tails(const Beta& beta, double confidence) {
  const double tail = (1 - confidence) / 2;
  return {beta_quantile(tail, beta.alpha, beta.beta), beta_quantile(1 - tail, beta.alpha, beta.beta)};
}

}  // namespace

Outcome<BetaBinomial> beta_binomial(const Proportion& a, const Proportion& b, const BetaPrior& prior, double confidence) {
  for (const double given : {a.k, a.n, b.k, b.n, prior.alpha, prior.beta}) {
    if (!std::isfinite(given)) return Undefined{"not_finite", {}};
  }
  const auto is_count = [](const Proportion& p) { return p.k >= 0 && p.k <= p.n && p.n <= 1e9; };
  const auto is_prior = [](double parameter) { return parameter >= 0.01 && parameter <= 1e9; };
  const bool is_level = confidence > 0 && confidence < 1;
  if (!is_count(a) || !is_count(b) || !is_prior(prior.alpha) || !is_prior(prior.beta) || !is_level) return Undefined{"out_of_range", {}};
  const Beta of_a{prior.alpha + a.k, prior.beta + a.n - a.k}, of_b{prior.alpha + b.k, prior.beta + b.n - b.k};
  BetaBinomial result{};
  result.alpha_a = of_a.alpha, result.beta_a = of_a.beta;
  result.alpha_b = of_b.alpha, result.beta_b = of_b.beta;
  result.mean_a = of_a.mean();
  result.mean_b = of_b.mean();
  result.credible_a = equal_tails(of_a, confidence);
  result.credible_b = equal_tails(of_b, confidence);
  const bool is_a_narrow = of_a.log_odds_deviation() <= of_b.log_odds_deviation();
  const Beta& other = is_a_narrow ? of_b : of_a;
  const Expectation narrow(is_a_narrow ? of_a : of_b);
  const double below = narrow.of([&](double rate) { return 1 - other.up_to(rate); });  // P(narrow < other)
  // x f(x) of Beta(alpha, beta) is its mean times the density of Beta(alpha + 1, beta).
  const Beta raised{other.alpha + 1, other.beta};
  const double gain_of_other = narrow.of([&](double rate) { return std::max(other.mean() * (1 - raised.up_to(rate)) - rate * (1 - other.up_to(rate)), 0.0); });
  const double gain_of_narrow = narrow.of([&](double rate) { return std::max(rate * other.up_to(rate) - other.mean() * raised.up_to(rate), 0.0); });
  result.probability_b_greater = std::clamp(is_a_narrow ? below : 1 - below, 0.0, 1.0);
  result.expected_loss_of_a = is_a_narrow ? gain_of_other : gain_of_narrow;
  result.expected_loss_of_b = is_a_narrow ? gain_of_narrow : gain_of_other;
  const Interval difference = difference_interval_of(narrow, other, confidence);
  result.credible_difference = is_a_narrow ? difference : Interval{-difference.high, -difference.low};
  return result;
}

}  // namespace kpi
