// What a Markov chain of journeys would lose without each channel, exactly.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/attribution/channel_credit.h"
#include "core/models/attribution/markov_chain.h"

namespace kpi {

/// Up to so many states one dense factorisation answers for all channels; beyond, sparse iterations for each channel.
constexpr std::size_t kMostDenseStates = 400;

/// 1 - P(conversion without the channel) / P(conversion), and the same of value: 0..1 by channel. Without a channel, whoever would come to a
/// state with it is lost; this is the share of conversions (of value) of those who passed such a state. No simulation.
///
/// Shape   Seen backwards in time the chain is one too: a person in state s came from t with probability flow(t, s) / entered(s). p(s), the
///         probability to have passed a state with the channel, is 1 in these states and elsewhere the sum of flow(t, s) / entered(s) p(t).
///         The effect is the mean of p over those who converted: all terms >= 0, so that small effects keep their digits.
/// Cost    Dense: states^3 for the inverse N of (I - A), and states with the channel^3 per channel, which is 1 at order 1: there the probability
///         to pass k is N(s, k) / N(k, k). Sparse: flows * iterations per channel, some 5 to 20 iterations (BiCGSTAB, van der Vorst 1992, with a symmetric
///         Gauss-Seidel step), finished by Gauss-Seidel where it breaks down: states^3 and the filled factors of a sparse one are never built.
/// Errors  "no_convergence": journeys so long that the iteration did not settle within 1e-14.
/// Source  Anderl, Becker, von Wangenheim, Schumann 2016, Int. J. of Research in Marketing 33, 457-474; Kemeny, Snell 1960, Finite Markov Chains.
Outcome<std::vector<Credit>> removal_effects(const MarkovChain& chain, std::int32_t channels, std::size_t most_dense = kMostDenseStates);

}  // namespace kpi
