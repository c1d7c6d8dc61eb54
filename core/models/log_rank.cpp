#include "core/models/log_rank.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/models/special_functions.h"

namespace kpi {
namespace {

constexpr std::uint32_t kMostGroups = 200;

/// Observed and expected events and their covariance, summed over the times of events.
struct Score {
  Eigen::VectorXd observed, expected;
  Eigen::MatrixXd covariance;
};

Score score(const std::vector<Duration>& durations, const std::vector<std::uint32_t>& group_of, Eigen::Index groups) {
  std::vector<std::size_t> order(durations.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return durations[a].time != durations[b].time ? durations[a].time < durations[b].time : a < b;
  });
  Score s{Eigen::VectorXd::Zero(groups), Eigen::VectorXd::Zero(groups), Eigen::MatrixXd::Zero(groups, groups)};
  Eigen::VectorXd at_risk = Eigen::VectorXd::Zero(groups), leaving(groups);
  for (const std::uint32_t g : group_of) at_risk[static_cast<Eigen::Index>(g)] += 1;
  for (std::size_t first = 0, last; first < order.size(); first = last) {
    leaving.setZero();
    double events = 0;
    const double time = durations[order[first]].time;
    for (last = first; last < order.size() && durations[order[last]].time == time; ++last) {
      const auto group = static_cast<Eigen::Index>(group_of[order[last]]);
      leaving[group] += 1;
      if (!durations[order[last]].is_event) continue;
      events += 1;
      s.observed[group] += 1;
    }
    if (events != 0) {
      const double n = static_cast<double>(durations.size() - first);
      const Eigen::VectorXd share = at_risk / n;
      s.expected += events * share;
      const double spread = n > 1 ? events * (n - events) / (n - 1) : 0;
      s.covariance.diagonal() += spread * share;
      s.covariance -= spread * share * share.transpose();
    }
    at_risk -= leaving;
  }
  return s;
}

}  // namespace

Outcome<LogRank> log_rank(const std::vector<Duration>& durations, const std::vector<std::uint32_t>& group_of, std::uint32_t groups) {
  if (durations.empty()) return Undefined{"no_rows", {}};
  if (group_of.size() != durations.size() || groups > kMostGroups) return Undefined{"out_of_range", {"groups"}};
  for (std::size_t i = 0; i < durations.size(); ++i) {
    if (!std::isfinite(durations[i].time)) return Undefined{"not_finite", {}};
    if (durations[i].time < 0) return Undefined{"out_of_range", {"time"}};
    if (group_of[i] >= groups) return Undefined{"out_of_range", {"groups"}};
  }
  const Score s = score(durations, group_of, static_cast<Eigen::Index>(groups));
  std::vector<Eigen::Index> counted;
  for (Eigen::Index g = 0; g < s.expected.size(); ++g) {
    if (s.expected[g] > 0) counted.push_back(g);
  }
  if (counted.size() < 2) return Undefined{"too_few_rows", {}};
  counted.pop_back();  // the differences add up to nothing: the last group follows from the others
  const auto size = static_cast<Eigen::Index>(counted.size());
  Eigen::VectorXd difference(size);
  Eigen::MatrixXd between(size, size);
  for (Eigen::Index i = 0; i < size; ++i) {
    const Eigen::Index g = counted[static_cast<std::size_t>(i)];
    difference[i] = s.observed[g] - s.expected[g];
    for (Eigen::Index j = 0; j < size; ++j) between(i, j) = s.covariance(g, counted[static_cast<std::size_t>(j)]);
  }
  const Eigen::LDLT<Eigen::MatrixXd> covariance(between);
  const Eigen::VectorXd pivots = covariance.vectorD();
  if (!(pivots.minCoeff() > 1e-12 * pivots.maxCoeff())) return Undefined{"denominator_zero", {}};
  const double chi_square = difference.dot(covariance.solve(difference));
  if (!std::isfinite(chi_square)) return Undefined{"not_finite", {}};
  const double df = static_cast<double>(counted.size());
  LogRank test{chi_square, static_cast<std::uint32_t>(counted.size()), chi_square_upper(std::max(0.0, chi_square), df), {}, {}};
  test.observed.assign(s.observed.data(), s.observed.data() + s.observed.size());
  test.expected.assign(s.expected.data(), s.expected.data() + s.expected.size());
  return test;
}

}  // namespace kpi
