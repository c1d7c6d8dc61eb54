#include "core/models/gamma_gamma.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/base/order.h"
#include "core/base/sum.h"
#include "core/models/maximise.h"
#include "core/models/recency_frequency.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

bool is_counted(const RepeatSpend& c) { return c.frequency > 0 && c.mean > 0; }

/// Sorted by frequency, with the mean of the logarithms of each frequency's customers: most of the likelihood needs only that.
struct Spenders {
  struct SameFrequency {
    double frequency, customers, sum_of_log_mean;
    std::size_t end;  // of these customers in `means`
  };
  std::vector<double> means;
  std::vector<SameFrequency> groups;
};

Spenders spenders_of(std::span<const RepeatSpend> customers) {
  std::vector<RepeatSpend> sorted;
  for (const RepeatSpend& c : customers) {
    if (is_counted(c)) sorted.push_back(c);
  }
  sort_list(sorted, [](const RepeatSpend& a, const RepeatSpend& b) {
    return a.frequency != b.frequency ? a.frequency < b.frequency : a.mean < b.mean;
  });
  Spenders spenders;
  for (std::size_t i = 0; i < sorted.size();) {
    const std::uint32_t x = sorted[i].frequency;
    Sum logs;
    const std::size_t first = i;
    for (; i < sorted.size() && sorted[i].frequency == x; ++i) {
      logs.add(std::log(sorted[i].mean));
      spenders.means.push_back(sorted[i].mean);
    }
    spenders.groups.push_back({static_cast<double>(x), static_cast<double>(i - first), logs.value(), i});
  }
  return spenders;
}

/// By the logarithms of p, q, gamma.
double log_likelihood_of_all(const Spenders& spenders, const Parameters& logs, Parameters& gradient) {
  const double p = std::exp(logs[0]), q = std::exp(logs[1]), gamma = std::exp(logs[2]);
  const double digamma_q = digamma(q);
  Sum total, by_p, by_q, by_gamma;
  std::size_t i = 0;
  for (const Spenders::SameFrequency& g : spenders.groups) {
    const double x = g.frequency, n = g.customers;
    Sum log_all, reciprocals;
    for (; i < g.end; ++i) {
      const double all = x * spenders.means[i] + gamma;
      log_all.add(std::log(all));
      reciprocals.add(1 / all);
    }
    const double digamma_both = digamma(p * x + q);
    const double own_logs = n * std::log(x) + g.sum_of_log_mean;
    total.add(n * (q * logs[2] - log_beta(p * x, q)) + p * x * own_logs - g.sum_of_log_mean - (p * x + q) * log_all.value());
    by_p.add(x * (n * (digamma_both - digamma(p * x)) + own_logs - log_all.value()));
    by_q.add(n * (digamma_both - digamma_q + logs[2]) - log_all.value());
    by_gamma.add(n * q / gamma - (p * x + q) * reciprocals.value());
  }
  gradient = {p * by_p.value(), q * by_q.value(), gamma * by_gamma.value()};
  return total.value();
}

}  // namespace

double log_likelihood(const GammaGamma& m, const RepeatSpend& c) {
  const double x = c.frequency, both = m.p * x + m.q;
  return -log_beta(m.p * x, m.q) + m.q * std::log(m.gamma) + (m.p * x - 1) * std::log(c.mean) + m.p * x * std::log(x) -
         both * std::log(x * c.mean + m.gamma);
}

Outcome<GammaGammaFit> fit_gamma_gamma(std::span<const RepeatSpend> customers) {
  GammaGammaFit fit;
  Sum mean;
  for (const RepeatSpend& c : customers) {
    if (c.frequency == 0) continue;
    if (!std::isfinite(c.mean)) return Undefined{"not_finite", {"spend"}};
    if (c.frequency > kMostRepeats) return Undefined{"out_of_range", {"customers"}};
    (is_counted(c) ? fit.customers : fit.without_positive_spend) += 1;
    if (is_counted(c)) mean.add(c.mean);
  }
  if (fit.customers < kLeastRepeaters) return Undefined{"too_few_rows", {"repeat_customers"}};
  if (!std::isfinite(mean.value())) return Undefined{"not_finite", {"spend"}};
  const Spenders spenders = spenders_of(customers);
  std::vector<Parameters> starts;
  constexpr std::array<std::array<double, 2>, 3> kShapes = {{{5, 4}, {1.5, 2.5}, {30, 10}}};
  for (const auto& [p, q] : kShapes) {  // gamma such that the mean of all is the observed one
    starts.push_back({std::log(p), std::log(q), std::log(mean.value() / fit.customers * (q - 1) / p)});
  }
  const auto objective = [&spenders](const Parameters& at, Parameters& gradient) { return log_likelihood_of_all(spenders, at, gradient); };
  const Outcome<Maximum> top = maximise(objective, starts, {"p", "q", "gamma"});
  if (!top.ok()) return top.reason();
  const auto [at, error] = natural_estimates(top.value());
  fit.parameters = {at[0], at[1], at[2]};
  fit.standard_errors = {error[0], error[1], error[2]};
  fit.log_likelihood = top.value().value;
  fit.iterations = top.value().iterations;
  return fit;
}

Outcome<double> expected_spend(const GammaGamma& m) { return expected_spend(m, RepeatSpend{}); }

Outcome<double> expected_spend(const GammaGamma& m, const RepeatSpend& c) {
  const double x = is_counted(c) ? c.frequency : 0, known = m.p * x + m.q - 1;
  if (!(known > 0)) return Undefined{"mean_infinite", {"spend"}};
  const double spend = m.p * (m.gamma + (x > 0 ? x * c.mean : 0)) / known;
  if (!std::isfinite(spend)) return Undefined{"not_finite", {"spend"}};
  return spend;
}

Outcome<double> correlation_with_frequency(std::span<const RepeatSpend> customers) {
  Sum frequencies, means;
  double n = 0;
  for (const RepeatSpend& c : customers) {
    if (!is_counted(c)) continue;
    frequencies.add(c.frequency);
    means.add(c.mean);
    ++n;
  }
  if (n < 2) return Undefined{"too_few_rows", {"repeat_customers"}};
  Sum of_frequency, of_mean, of_both;
  for (const RepeatSpend& c : customers) {
    if (!is_counted(c)) continue;
    const double f = c.frequency - frequencies.value() / n, m = c.mean - means.value() / n;
    of_frequency.add(f * f);
    of_mean.add(m * m);
    of_both.add(f * m);
  }
  if (of_frequency.value() == 0 || of_mean.value() == 0) return Undefined{"denominator_zero", {"variance"}};
  const double correlation = of_both.value() / (std::sqrt(of_frequency.value()) * std::sqrt(of_mean.value()));
  if (!std::isfinite(correlation)) return Undefined{"not_finite", {"spend"}};
  return std::clamp(correlation, -1.0, 1.0);
}

}  // namespace kpi
