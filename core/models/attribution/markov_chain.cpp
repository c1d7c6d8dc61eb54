#include "core/models/attribution/markov_chain.h"

#include <algorithm>

#include "core/base/number_map.h"
#include "core/base/sum.h"

namespace kpi {
namespace {

constexpr int kChannelBits = 21;  // three channels make a key

class ChainBuilder {
 public:
  ChainBuilder(int order, std::size_t touches) : keys_below_((std::uint64_t{1} << (kChannelBits * order)) - 1) {
    chain_.order = order;
    if (order > 1) state_of_.reserve(std::min<std::size_t>(touches, 1 << 20));
  }

  void add(std::span<const Touch> touches, const Journey& journey) {
    const double weight = journey.conversions + journey.not_converted;
    std::uint64_t window = 0;
    const std::size_t order = static_cast<std::size_t>(chain_.order);
    std::int64_t at = kStart;
    for (std::size_t i = 0; i < touches.size(); ++i) {
      window = ((window << kChannelBits) | static_cast<std::uint64_t>(touches[i].channel + 1)) & keys_below_;
      if (i + 1 < order && i + 1 < touches.size()) continue;  // the first window is not full yet
      const std::uint32_t next = state(window);
      if (at == kStart) {
        chain_.states[next].started += weight;
        chain_.states[next].entered += weight;
      } else if (at == next) {
        chain_.states[next].stayed += weight;
      } else {
        counts_[flow(static_cast<std::uint32_t>(at), next)] += weight;
        chain_.states[next].entered += weight;
      }
      at = next;
    }
    const auto last = static_cast<std::size_t>(at);
    chain_.states[last].converted += journey.conversions;
    chain_.states[last].lost += journey.not_converted;
    values_[last].add(journey.value);
    journeys_.add(weight);
    conversions_.add(journey.conversions);
    value_.add(journey.value);
  }

  MarkovChain finish() {
    const std::size_t n = chain_.states.size();
    for (std::size_t s = 0; s < n; ++s) chain_.states[s].value = values_[s].value();
    std::vector<std::size_t> sorted(ends_.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) sorted[i] = i;
    std::sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) { return swapped(ends_[a]) < swapped(ends_[b]); });
    chain_.flows_begin.assign(n + 1, 0);
    for (const std::size_t i : sorted) {
      ++chain_.flows_begin[static_cast<std::uint32_t>(ends_[i]) + std::size_t{1}];
      chain_.flows.push_back({static_cast<std::uint32_t>(ends_[i] >> 32), counts_[i]});
    }
    for (std::size_t s = 0; s < n; ++s) chain_.flows_begin[s + 1] += chain_.flows_begin[s];
    chain_.journeys = journeys_.value();
    chain_.conversions = conversions_.value();
    chain_.value = value_.value();
    return std::move(chain_);
  }

 private:
  static std::uint64_t swapped(std::uint64_t ends) { return ends << 32 | ends >> 32; }

  std::uint32_t state(std::uint64_t window) {
    const auto [found, is_new] = state_of_.try_emplace(window, chain_.states.size());
    if (is_new) {
      MarkovChain::State s{{kNoTouch, kNoTouch, kNoTouch}};
      std::size_t filled = 0;
      for (int i = kHighestOrder; i-- > 0;) {
        const auto code = static_cast<std::int32_t>(window >> (kChannelBits * i) & ((1 << kChannelBits) - 1));
        if (code != 0) s.channels[filled++] = code - 1;
      }
      chain_.states.push_back(s);
      values_.emplace_back();
    }
    return static_cast<std::uint32_t>(found->second);
  }

  std::size_t flow(std::uint32_t from, std::uint32_t to) {
    const std::uint64_t ends = std::uint64_t{from} << 32 | to;
    const auto [found, is_new] = flow_of_.try_emplace(ends, ends_.size());
    if (is_new) {
      ends_.push_back(ends);
      counts_.push_back(0);
    }
    return static_cast<std::size_t>(found->second);
  }

  std::uint64_t keys_below_;
  MarkovChain chain_;
  NumberMap state_of_, flow_of_;
  std::vector<std::uint64_t> ends_;
  std::vector<double> counts_;
  std::vector<Sum> values_;
  Sum journeys_, conversions_, value_;
};

}  // namespace

Outcome<MarkovChain> markov_chain(const Journeys& journeys, int order) {
  if (order < 1 || order > kHighestOrder) return Undefined{"out_of_range", {"order"}};
  if (journeys.channels > (1 << kChannelBits) - 2) return Undefined{"out_of_range", {"channel"}};
  ChainBuilder builder(order, journeys.touches.size());
  for (const Journey& j : journeys.list) {
    if (j.value < 0) return Undefined{"out_of_range", {"value"}};
    if (j.count > 0 && j.conversions + j.not_converted > 0) builder.add(journeys.of(j), j);
  }
  MarkovChain chain = builder.finish();
  if (!(chain.conversions > 0)) return Undefined{"denominator_zero", {"conversions"}};
  return chain;
}

std::vector<Transition> transition_shares(const MarkovChain& chain, bool with_self) {
  std::vector<Transition> all;
  const auto leaving = [&](const MarkovChain::State& s) { return s.entered + (with_self ? s.stayed : 0); };
  for (std::size_t i = 0; i < chain.states.size(); ++i) {
    const MarkovChain::State& s = chain.states[i];
    const auto state = static_cast<std::int32_t>(i);
    if (s.started > 0) all.push_back({kStart, state, s.started / chain.journeys});
    for (std::uint32_t f = chain.flows_begin[i]; f < chain.flows_begin[i + 1]; ++f) {
      const MarkovChain::Flow& flow = chain.flows[f];
      all.push_back({static_cast<std::int32_t>(flow.from), state, flow.count / leaving(chain.states[flow.from])});
    }
    if (with_self && s.stayed > 0) all.push_back({state, state, s.stayed / leaving(s)});
    if (s.converted > 0) all.push_back({state, kConversion, s.converted / leaving(s)});
    if (s.lost > 0) all.push_back({state, kNull, s.lost / leaving(s)});
  }
  const auto place = [](std::int32_t to) { return to >= 0 ? to : INT32_MAX - 8 - to; };
  std::sort(all.begin(), all.end(), [&](const Transition& a, const Transition& b) {
    return a.from != b.from ? a.from < b.from : place(a.to) < place(b.to);
  });
  return all;
}

}  // namespace kpi
