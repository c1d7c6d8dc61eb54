#include "core/models/attribution/backward_chain.h"

#include <algorithm>
#include <cmath>

#include "core/base/sum.h"

namespace kpi {
namespace {

constexpr double kTolerance = 1e-14;
constexpr int kMostIterations = 400;
constexpr int kMostSweeps = 2000;

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

BackwardChain::BackwardChain(const MarkovChain& chain) : chain_(chain), number_of_(chain.states.size()) {}

/// right - x + A x
void BackwardChain::subtract_from_right(const Vector& x, Vector& residual) const {
  for (std::size_t s = 0; s < x.size(); ++s) {
    double sum = right_[s] - x[s];
    for (std::uint32_t i = begin_[s]; i < begin_[s + 1]; ++i) sum += steps_[i].share * x[steps_[i].from];
    residual[s] = sum;
  }
}

/// How many people a vector of probabilities is.
double BackwardChain::weighted_size(const Vector& v) const {
  double sum = 0;
  for (std::size_t s = 0; s < v.size(); ++s) sum += std::fabs(v[s]) * entered_[s];
  return sum;
}

/// An error in one state reaches the conversions at most as often as people pass it, so this bounds the error of the effect.
bool BackwardChain::is_settled(const Vector& x) {
  subtract_from_right(x, residual_);
  return weighted_size(residual_) <= kTolerance * weighted_size(x);
}

/// A Gauss-Seidel sweep there and back, so that neither direction in which people pass the states is slow.
void BackwardChain::sweep(Vector& x) const {
  const auto renew = [&](std::size_t s) {
    double sum = right_[s];
    for (std::uint32_t i = begin_[s]; i < begin_[s + 1]; ++i) sum += steps_[i].share * x[steps_[i].from];
    x[s] = sum;
  };
  for (std::size_t s = 0; s < x.size(); ++s) renew(s);
  for (std::size_t s = x.size(); s-- > 0;) renew(s);
}

/// The same from 0, as the product of a triangle of earlier and one of later states: exact where people pass the states in one direction.
void BackwardChain::precondition(const Vector& from, Vector& to) const {
  for (std::size_t s = 0; s < from.size(); ++s) {
    double sum = from[s];
    for (std::uint32_t i = begin_[s]; i < begin_[s + 1] && steps_[i].from < s; ++i) sum += steps_[i].share * to[steps_[i].from];
    to[s] = sum;
  }
  for (std::size_t s = from.size(); s-- > 0;) {
    double sum = to[s];
    for (std::uint32_t i = begin_[s + 1]; i > begin_[s] && steps_[i - 1].from > s; --i) sum += steps_[i - 1].share * to[steps_[i - 1].from];
    to[s] = sum;
  }
}

void BackwardChain::multiply(const Vector& x, Vector& product) const {
  for (std::size_t s = 0; s < x.size(); ++s) {
    double sum = x[s];
    for (std::uint32_t i = begin_[s]; i < begin_[s + 1]; ++i) sum -= steps_[i].share * x[steps_[i].from];
    product[s] = sum;
  }
}

/// BiCGSTAB, preconditioned from the right; ends early where it breaks down.
void BackwardChain::iterate(Vector& x) {
  subtract_from_right(x, residual_);
  shadow_ = residual_;
  direction_.assign(x.size(), 0);
  along_.assign(x.size(), 0);
  double rho = 1, alpha = 1, omega = 1;
  for (int i = 0; i < kMostIterations; ++i) {
    const double next = dot(shadow_, residual_);
    const double beta = next / rho * (alpha / omega);
    if (!std::isfinite(beta) || next == 0) return;
    rho = next;
    for (std::size_t s = 0; s < x.size(); ++s) direction_[s] = residual_[s] + beta * (direction_[s] - omega * along_[s]);
    precondition(direction_, step_);
    multiply(step_, along_);
    alpha = rho / dot(shadow_, along_);
    if (!std::isfinite(alpha)) return;
    for (std::size_t s = 0; s < x.size(); ++s) {
      x[s] += alpha * step_[s];
      residual_[s] -= alpha * along_[s];
    }
    precondition(residual_, step_);
    multiply(step_, half_);
    omega = dot(half_, residual_) / dot(half_, half_);
    if (!std::isfinite(omega) || omega == 0) return;
    for (std::size_t s = 0; s < x.size(); ++s) {
      x[s] += omega * step_[s];
      residual_[s] -= omega * half_[s];
    }
    if (weighted_size(residual_) <= kTolerance / 4 * weighted_size(x)) return;
  }
}

bool BackwardChain::solve(const std::vector<char>& is_marked, std::vector<double>& passed) {
  const std::size_t n = chain_.states.size();
  state_of_.clear();
  for (std::size_t s = 0; s < n; ++s) {
    number_of_[s] = static_cast<std::uint32_t>(state_of_.size());
    if (is_marked[s] == 0) state_of_.push_back(static_cast<std::uint32_t>(s));
  }
  begin_.assign(1, 0);
  steps_.clear();
  right_.clear();
  entered_.clear();
  for (const std::uint32_t s : state_of_) {
    const double entered = chain_.states[s].entered;
    double right = 0;
    for (std::uint32_t f = chain_.flows_begin[s]; f < chain_.flows_begin[s + 1]; ++f) {
      const MarkovChain::Flow& flow = chain_.flows[f];
      if (is_marked[flow.from] != 0) right += flow.count;
      if (is_marked[flow.from] == 0) steps_.push_back({number_of_[flow.from], flow.count / entered});
    }
    begin_.push_back(static_cast<std::uint32_t>(steps_.size()));
    right_.push_back(right / entered);
    entered_.push_back(entered);
  }
  const std::size_t unknowns = state_of_.size();
  for (Vector* v : {&residual_, &shadow_, &direction_, &along_, &step_, &half_}) v->assign(unknowns, 0);
  Vector& x = better_;
  x.assign(unknowns, 0);
  sweep(x);
  bool settled = is_settled(x);
  if (!settled) {
    iterate(x);
    // Where the iteration broke down x may be anything: outside 0..1 it is not worth keeping, and from anywhere the sweeps converge.
    for (double& p : x) p = std::isfinite(p) ? std::clamp(p, 0.0, 1.0) : 0;
    settled = is_settled(x);
  }
  for (int sweeps = 0; !settled && sweeps < kMostSweeps; ++sweeps) {
    sweep(x);
    if (sweeps % 4 == 3) settled = is_settled(x);
  }
  passed.assign(n, 1);
  for (std::size_t i = 0; i < unknowns; ++i) passed[state_of_[i]] = std::clamp(x[i], 0.0, 1.0);
  return settled;
}

}  // namespace kpi
