#include "core/models/attribution/shapley.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/sum.h"
#include "core/models/attribution/channel_sets.h"
#include "core/models/attribution/position_models.h"
#include "core/models/seeded_random.h"

namespace kpi {
namespace {

constexpr std::size_t kMostSubsetChannels = 20;

struct Sums {
  Sum conversions, value;
  void add(const Credit& c) {
    conversions.add(c.conversions);
    value.add(c.value);
  }
  Credit credit() const { return {conversions.value(), value.value()}; }
};

Credit rate(double journeys, const Credit& credit) { return journeys > 0 ? Credit{credit.conversions / journeys, credit.value / journeys} : Credit{}; }

/// v of every subset of players: sums over the subsets of each, player by player, then divided.
std::vector<Credit> worth_of_subsets(const ChannelSets& sets) {
  const std::size_t subsets = std::size_t{1} << sets.used.size();
  std::vector<double> journeys(subsets, 0);
  std::vector<Credit> worth(subsets);
  for (const ChannelSets::Set& set : sets.sets) {
    std::size_t mask = 0;
    for (const std::uint32_t p : sets.of(set)) mask |= std::size_t{1} << p;
    journeys[mask] = set.journeys;
    worth[mask] = set.credit;
  }
  for (std::size_t bit = 1; bit < subsets; bit <<= 1) {
    for (std::size_t mask = 0; mask < subsets; ++mask) {
      if ((mask & bit) == 0) continue;
      journeys[mask] += journeys[mask ^ bit];
      worth[mask].conversions += worth[mask ^ bit].conversions;
      worth[mask].value += worth[mask ^ bit].value;
    }
  }
  for (std::size_t mask = 0; mask < subsets; ++mask) worth[mask] = rate(journeys[mask], worth[mask]);
  return worth;
}

std::vector<Credit> exact_contributions(const ChannelSets& sets) {
  const std::size_t n = sets.used.size();
  const std::vector<Credit> worth = worth_of_subsets(sets);
  std::vector<double> weight(n);  // of a player who joins s others: s! (n - 1 - s)! / n!
  for (std::size_t s = 0; s < n; ++s) {
    weight[s] = 1 / static_cast<double>(n);
    for (std::size_t i = 1; i <= s; ++i) weight[s] *= static_cast<double>(i) / static_cast<double>(n - i);
  }
  std::vector<Credit> contributions;
  for (std::size_t p = 0; p < n; ++p) {
    const std::size_t bit = std::size_t{1} << p;
    Sums sums;
    for (std::size_t mask = 0; mask < worth.size(); ++mask) {
      if ((mask & bit) != 0) continue;
      std::size_t others = 0;
      for (std::size_t rest = mask; rest != 0; rest &= rest - 1) ++others;
      const Credit &with = worth[mask | bit], &without = worth[mask];
      sums.add({weight[others] * (with.conversions - without.conversions), weight[others] * (with.value - without.value)});
    }
    contributions.push_back(sums.credit());
  }
  return contributions;
}

/// What each player adds in one order of joining: a set of channels counts from the moment its last member has joined.
class OneOrder {
 public:
  explicit OneOrder(const ChannelSets& sets) : sets_(sets), place_(sets.used.size()), at_(sets.used.size()) {}

  void add_to(std::vector<Credit>& added, const std::vector<std::uint32_t>& order) {
    for (std::uint32_t i = 0; i < order.size(); ++i) place_[order[i]] = i;
    std::fill(at_.begin(), at_.end(), AtPlace{});
    for (const ChannelSets::Set& set : sets_.sets) {
      std::uint32_t last = 0;
      for (const std::uint32_t p : sets_.of(set)) last = std::max(last, place_[p]);
      at_[last].journeys += set.journeys;
      at_[last].credit.conversions += set.credit.conversions;
      at_[last].credit.value += set.credit.value;
    }
    AtPlace sum;
    Credit before;
    for (std::size_t i = 0; i < order.size(); ++i) {
      sum.journeys += at_[i].journeys;
      sum.credit.conversions += at_[i].credit.conversions;
      sum.credit.value += at_[i].credit.value;
      const Credit now = rate(sum.journeys, sum.credit);
      added[order[i]].conversions += now.conversions - before.conversions;
      added[order[i]].value += now.value - before.value;
      before = now;
    }
  }

 private:
  struct AtPlace {
    double journeys = 0;
    Credit credit;
  };
  const ChannelSets& sets_;
  std::vector<std::uint32_t> place_;
  std::vector<AtPlace> at_;
};

/// Mean and standard error over pairs of an order and its reverse. Squares are of differences from the first pair, which do not cancel.
void sample_contributions(const ChannelSets& sets, const ShapleyRateSettings& settings, std::vector<Credit>& means, std::vector<Credit>& errors) {
  const std::size_t n = sets.used.size();
  SeededRandom random(settings.seed);
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  OneOrder one(sets);
  std::vector<Credit> pair(n), first;
  std::vector<Sums> differences(n), squares(n);
  for (std::uint32_t i = 0; i < settings.orders; ++i) {
    for (std::size_t last = n; last > 1; --last) std::swap(order[last - 1], order[random.below(static_cast<std::uint32_t>(last))]);
    std::fill(pair.begin(), pair.end(), Credit{});
    one.add_to(pair, order);
    std::reverse(order.begin(), order.end());
    one.add_to(pair, order);
    if (i == 0) first = pair;
    for (std::size_t p = 0; p < n; ++p) {
      const Credit d{(pair[p].conversions - first[p].conversions) / 2, (pair[p].value - first[p].value) / 2};
      differences[p].add(d);
      squares[p].add({d.conversions * d.conversions, d.value * d.value});
    }
  }
  const double count = settings.orders;
  const auto error = [&](double sum, double square) { return std::sqrt(std::max(square - sum * sum / count, 0.0) / (count - 1) / count); };
  for (std::size_t p = 0; p < n; ++p) {
    const Credit sum = differences[p].credit(), square = squares[p].credit();
    means.push_back({first[p].conversions / 2 + sum.conversions / count, first[p].value / 2 + sum.value / count});
    errors.push_back({error(sum.conversions, square.conversions), error(sum.value, square.value)});
  }
}

}  // namespace

Outcome<ChannelCredit> credit_by_shapley(const Journeys& journeys) { return credit_by_rule(linear_unique_model(), journeys); }

Outcome<ShapleyRateCredit> credit_by_shapley_rate(const Journeys& journeys, const ShapleyRateSettings& settings) {
  if (settings.orders < 2) return Undefined{"out_of_range", {"orders"}};
  if (settings.most_exact > kMostSubsetChannels) return Undefined{"out_of_range", {"most_exact"}};
  const Outcome<JourneyTotals> totals = journey_totals(journeys);
  if (!totals.ok()) return totals.reason();
  const ChannelSets sets = channel_sets(journeys);
  if (!(sets.total.conversions > 0)) return Undefined{"denominator_zero", {"conversions"}};

  std::vector<Credit> contributions, errors(sets.used.size());
  ShapleyRateCredit result;
  result.is_exact = sets.used.size() <= settings.most_exact;
  if (result.is_exact) {
    contributions = exact_contributions(sets);
  } else {
    errors.clear();
    sample_contributions(sets, settings, contributions, errors);
  }
  const auto channels = static_cast<std::size_t>(journeys.channels);
  result.contributions.resize(channels);
  result.standard_errors.resize(channels);
  result.credit.by_channel.resize(channels);
  result.credit.unattributed = totals.value().untouched;
  // The contributions sum to v of all players, the rate of all: scaled by the number of journeys they sum to the total.
  for (std::size_t p = 0; p < sets.used.size(); ++p) {
    const auto channel = static_cast<std::size_t>(sets.used[p]);
    const Credit& c = contributions[p];
    if (!std::isfinite(c.value) || !std::isfinite(errors[p].value) || !std::isfinite(c.value * sets.journeys)) return Undefined{"not_finite", {}};
    result.contributions[channel] = c;
    result.standard_errors[channel] = errors[p];
    result.credit.by_channel[channel] = {c.conversions * sets.journeys, c.value * sets.journeys};
  }
  return result;
}

}  // namespace kpi
