#include "core/models/fisher_exact.h"

#include <algorithm>
#include <cmath>

#include "core/models/find_root.h"
#include "core/models/two_proportions.h"

namespace kpi {
namespace {

/// Of `converted` people out of a and b, how many are b's, when the odds of b are `odds` times those of a: Fisher's noncentral
/// hypergeometric distribution. Weights go out from the likeliest split by their ratios, so nothing overflows.
class Split {
 public:
  Split(const Proportion& a, const Proportion& b) : of_b_(b.n), of_a_(a.n), converted_(a.k + b.k), seen_(b.k) {}

  double lowest() const { return std::max(0.0, converted_ - of_a_); }
  double highest() const { return std::min(of_b_, converted_); }

  struct Sums {
    double mean, up_to_seen, from_seen, no_likelier;
  };
  /// Weights below `negligible` of the likeliest are left out.
  Sums sums(double odds, double negligible) const {
    const double start = likeliest(odds), seen_weight = weight_of_seen(odds, start);
    double total = 0, first = 0, up_to = 0, from = 0, unlikely = 0;
    const auto take = [&](double k, double weight) {
      total += weight;
      first += weight * (k - start);
      if (k <= seen_) up_to += weight;
      if (k >= seen_) from += weight;
      if (weight <= seen_weight * (1 + 1e-7)) unlikely += weight;
    };
    take(start, 1);
    double weight = 1;
    for (double k = start; k < highest() && weight > negligible; ++k) take(k + 1, weight *= odds * ratio(k));
    weight = 1;
    for (double k = start; k > lowest() && weight > negligible; --k) take(k - 1, weight /= odds * ratio(k - 1));
    return {start + first / total, up_to / total, from / total, unlikely / total};
  }

 private:
  /// Of the weight of k + 1 to that of k, at odds 1.
  double ratio(double k) const { return (of_b_ - k) * (converted_ - k) / ((k + 1) * (of_a_ - converted_ + k + 1)); }

  /// The ratio falls with k: the first k from which the weights do not rise.
  double likeliest(double odds) const {
    double low = lowest(), high = highest();
    while (low < high) {
      const double middle = std::floor((low + high) / 2);
      if (odds * ratio(middle) > 1) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  double weight_of_seen(double odds, double start) const {
    double weight = 1;
    for (double k = start; k < seen_ && weight > 0; ++k) weight *= odds * ratio(k);
    for (double k = start; k > seen_ && weight > 0; --k) weight /= odds * ratio(k - 1);
    return weight;
  }

  double of_b_, of_a_, converted_, seen_;
};

constexpr double kNegligible = 1e-20;

/// exp of where f of the logarithm is zero; f rises or falls all along.
template <class Function>
double find_positive_root(Function&& f, double guess) {
  double low = guess - 1, high = guess + 1;
  const auto of_logarithm = [&f](double logarithm) { return f(std::exp(logarithm)); };
  const double at_guess = of_logarithm(guess);
  for (double step = 1; step < 512 && (of_logarithm(low) > 0) == (at_guess > 0) && (of_logarithm(high) > 0) == (at_guess > 0); step *= 2) {
    low -= step;
    high += step;
  }
  return std::exp((of_logarithm(low) > 0) != (at_guess > 0) ? find_root(of_logarithm, low, guess, 1e-12) : find_root(of_logarithm, guess, high, 1e-12));
}

}  // namespace

Outcome<FisherExact> fisher_exact(const Proportion& a, const Proportion& b, double confidence) {
  if (std::optional<Undefined> refused = refuse_counts(a, b)) return *refused;
  for (const double count : {a.k, a.n, b.k, b.n}) {
    if (count != std::floor(count) || count > 1e9) return Undefined{"out_of_range", {}};
  }
  if (!(confidence > 0 && confidence < 1)) return Undefined{"out_of_range", {}};
  const Split split(a, b);
  const Split::Sums even = split.sums(1, 0);
  FisherExact test{std::min(even.no_likelier, 1.0), std::min(even.from_seen, 1.0), std::min(even.up_to_seen, 1.0), std::nullopt, 0, std::nullopt};
  if (split.lowest() == split.highest()) return test;
  // Half a person more in each cell: finite, and near all three roots.
  const double guess = std::log((b.k + 0.5) / (b.n - b.k + 0.5) * (a.n - a.k + 0.5) / (a.k + 0.5));
  const double tail = (1 - confidence) / 2;
  const bool is_lowest = b.k <= split.lowest(), is_highest = b.k >= split.highest();
  if (is_lowest) test.odds_ratio = 0;
  if (!is_lowest && !is_highest) test.odds_ratio = find_positive_root([&](double odds) { return split.sums(odds, kNegligible).mean - b.k; }, guess);
  if (!is_lowest) test.odds_ratio_low = find_positive_root([&](double odds) { return split.sums(odds, kNegligible).from_seen - tail; }, guess);
  if (!is_highest) test.odds_ratio_high = find_positive_root([&](double odds) { return split.sums(odds, kNegligible).up_to_seen - tail; }, guess);
  return test;
}

}  // namespace kpi
