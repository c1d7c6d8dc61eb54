// A sparse chain seen backwards in time, and the probability to have passed some of its states.
#pragma once

#include <cstdint>
#include <vector>

#include "core/models/attribution/markov_chain.h"

namespace kpi {

class BackwardChain {
 public:
  explicit BackwardChain(const MarkovChain& chain);

  /// passed[s] = 1 in the marked states; elsewhere solves passed[s] = sum over t of flow(t, s) / entered(s) passed[t]. False: it did not settle.
  /// Cost    O(flows) per iteration.
  bool solve(const std::vector<char>& is_marked, std::vector<double>& passed);

 private:
  using Vector = std::vector<double>;
  struct Step {
    std::uint32_t from;
    double share;
  };

  void subtract_from_right(const Vector& x, Vector& residual) const;
  double weighted_size(const Vector& v) const;
  bool is_settled(const Vector& x);
  void sweep(Vector& x) const;
  void precondition(const Vector& from, Vector& to) const;
  void multiply(const Vector& x, Vector& product) const;
  void iterate(Vector& x);

  const MarkovChain& chain_;
  std::vector<std::uint32_t> begin_;  // of the system in force: unmarked states alone, renumbered
  std::vector<Step> steps_;
  std::vector<std::uint32_t> state_of_, number_of_;
  Vector right_, entered_;
  Vector residual_, shadow_, direction_, along_, step_, half_, better_;
};

}  // namespace kpi
