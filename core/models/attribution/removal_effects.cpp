#include "core/models/attribution/removal_effects.h"

#include <Eigen/Dense>
#include <algorithm>

#include "core/base/sum.h"
#include "core/models/attribution/backward_chain.h"

namespace kpi {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

/// The states with each channel.
std::vector<std::vector<Eigen::Index>> states_by_channel(const MarkovChain& chain, std::int32_t channels) {
  std::vector<std::vector<Eigen::Index>> states(static_cast<std::size_t>(channels));
  for (std::size_t s = 0; s < chain.states.size(); ++s) {
    for (const std::int32_t channel : chain.states[s].channels) {
      if (channel == kNoTouch) continue;
      std::vector<Eigen::Index>& list = states[static_cast<std::size_t>(channel)];
      if (list.empty() || list.back() != static_cast<Eigen::Index>(s)) list.push_back(static_cast<Eigen::Index>(s));
    }
  }
  return states;
}

/// Shares of everything; where nothing has a value, nothing of it is lost.
Credit as_share(const MarkovChain& chain, double conversions, double value) {
  return {std::min(conversions / chain.conversions, 1.0), chain.value > 0 ? std::min(value / chain.value, 1.0) : 0};
}

/// Backwards from the conversions: visits to every state, of which the first to a marked state is what counts. With N the inverse of I - A and K the
/// marked states: visits to K = first visits to K times N(K, K).
std::vector<Credit> dense_effects(const MarkovChain& chain, std::int32_t channels) {
  const auto n = static_cast<Eigen::Index>(chain.states.size());
  Matrix system = Matrix::Identity(n, n);
  Matrix ends(n, 2);
  for (Eigen::Index s = 0; s < n; ++s) {
    const auto i = static_cast<std::size_t>(s);
    for (std::uint32_t f = chain.flows_begin[i]; f < chain.flows_begin[i + 1]; ++f) {
      system(s, static_cast<Eigen::Index>(chain.flows[f].from)) -= chain.flows[f].count / chain.states[i].entered;
    }
    ends(s, 0) = chain.states[i].converted;
    ends(s, 1) = chain.states[i].value;
  }
  const Matrix inverse = system.partialPivLu().inverse();
  const Matrix visits = inverse.transpose() * ends;
  std::vector<Credit> effects;
  for (const std::vector<Eigen::Index>& marked : states_by_channel(chain, channels)) {
    if (marked.empty()) {
      effects.push_back({});
      continue;
    }
    if (marked.size() == 1) {
      const Eigen::Index k = marked.front();
      effects.push_back(as_share(chain, visits(k, 0) / inverse(k, k), visits(k, 1) / inverse(k, k)));
      continue;
    }
    const Matrix block = inverse(marked, marked);
    const Matrix right = visits(marked, Eigen::all);
    const Matrix first = block.transpose().partialPivLu().solve(right);
    Sum conversions, value;
    for (Eigen::Index i = 0; i < first.rows(); ++i) {
      conversions.add(std::max(first(i, 0), 0.0));
      value.add(std::max(first(i, 1), 0.0));
    }
    effects.push_back(as_share(chain, conversions.value(), value.value()));
  }
  return effects;
}

Outcome<std::vector<Credit>> sparse_effects(const MarkovChain& chain, std::int32_t channels) {
  std::vector<Credit> effects;
  BackwardChain backward(chain);
  std::vector<char> is_marked(chain.states.size());
  std::vector<double> passed;
  for (const std::vector<Eigen::Index>& marked : states_by_channel(chain, channels)) {
    if (marked.empty()) {
      effects.push_back({});
      continue;
    }
    std::fill(is_marked.begin(), is_marked.end(), char{0});
    for (const Eigen::Index s : marked) is_marked[static_cast<std::size_t>(s)] = 1;
    if (!backward.solve(is_marked, passed)) return Undefined{"no_convergence", {}};
    Sum conversions, value;
    for (std::size_t s = 0; s < passed.size(); ++s) {
      conversions.add(passed[s] * chain.states[s].converted);
      value.add(passed[s] * chain.states[s].value);
    }
    effects.push_back(as_share(chain, conversions.value(), value.value()));
  }
  return effects;
}

}  // namespace

Outcome<std::vector<Credit>> removal_effects(const MarkovChain& chain, std::int32_t channels, std::size_t most_dense) {
  if (chain.states.size() <= most_dense) return dense_effects(chain, channels);
  return sparse_effects(chain, channels);
}

}  // namespace kpi
