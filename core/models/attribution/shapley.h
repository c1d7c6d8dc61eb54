// Attribution by the Shapley value: a channel's mean contribution over all orders in which channels could have joined.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/attribution/channel_credit.h"

namespace kpi {

/// Of the game v(S) = conversions (value) of journeys that use no channel outside S. Exact for any number of channels: each journey is split
/// evenly over its distinct channels, which is the Shapley value of the game. Order and repeats do not matter.
///
/// Errors  Those of journey_totals.
/// Cost    O(touches log touches per journey).
/// Source  Shapley 1953; Zhao, Mahboobi, Bagheri 2018, Shapley value methods for attribution modeling in online advertising, arXiv 1804.05327.
Outcome<ChannelCredit> credit_by_shapley(const Journeys& journeys);

/// Up to so many channels with touches the game of rates is solved exactly over all 2^n subsets; beyond, by sampled orders.
constexpr std::size_t kMostExactChannels = 15;

struct ShapleyRateSettings {
  std::uint32_t orders = 500;  // sampled, each with its reverse (antithetic); at least 2
  std::uint64_t seed = 1;
  std::size_t most_exact = kMostExactChannels;  // at most 20: 2^20 subsets are 24 MB
};

struct ShapleyRateCredit {
  ChannelCredit credit;                 // the contributions scaled so that they sum to conversions, and to value, of journeys with touches
  std::vector<Credit> contributions;    // to the conversion rate and to the value per journey, by channel
  std::vector<Credit> standard_errors;  // of the contributions; all 0 where exact
  bool is_exact = true;
};

/// Of the game v(S) = conversions (value) per journey, null journeys included, among those that use no channel outside S; 0 where there are none.
/// The contributions sum to the conversion rate of all. A channel can have a negative one, and a rare channel a large one: the game is not monotone.
///
/// Errors  Those of journey_totals; "denominator_zero" {conversions}: nobody with a touch converted; "out_of_range" {orders} or {most_exact}.
/// Cost    Exact: O(touches + 2^n n). Sampled: O(touches + orders * (distinct sets of channels * their size + n)).
/// Source  As above; sampling: Castro, Gomez, Tejada 2009, Computers and Operations Research 36, 1726-1730.
Outcome<ShapleyRateCredit> credit_by_shapley_rate(const Journeys& journeys, const ShapleyRateSettings& settings = {});

}  // namespace kpi
