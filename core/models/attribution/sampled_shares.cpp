#include "core/models/attribution/sampled_shares.h"

#include <algorithm>

#include "core/base/sum.h"
#include "core/models/attribution/removal_effects.h"
#include "core/models/seeded_random.h"

namespace kpi {
namespace {

constexpr double kShareOfNone = 0.36787944117144233;  // exp(-1): Poisson(1) is 0

/// Poisson of mean 1 by its distribution function. Beyond 12 there are 2e-10 of it.
double poisson(double u) {
  double term = kShareOfNone, below = kShareOfNone;
  int k = 0;
  while (u >= below && k < 12) {
    ++k;
    term /= k;
    below += term;
  }
  return k;
}

}  // namespace

SampledShares::SampledShares(const Journeys& journeys, const std::vector<SampledModel>& models, std::uint32_t samples, std::uint64_t seed)
    : journeys_(journeys), models_(models), slots_(std::size_t{samples} + 1), channels_(static_cast<std::size_t>(journeys.channels)), times_(slots_, 1) {
  credit_.assign(models.size() * channels_ * slots_, 0);
  const bool has_markov = std::any_of(models.begin(), models.end(), [](const SampledModel& m) { return m.is_markov; });
  if (has_markov) {
    flows_.assign((channels_ + 1) * channels_ * slots_, 0);
    ends_.assign(2 * channels_ * slots_, 0);
  }
  SeededRandom random(seed);
  for (const Journey& j : journeys.list) {
    if (j.count == 0 || j.conversions + j.not_converted == 0) continue;
    for (std::size_t s = 1; s < slots_; ++s) times_[s] = poisson(random.unit());
    if (has_markov) add_transitions(j);
    if (j.conversions == 0) continue;
    for (std::size_t m = 0; m < models.size(); ++m) {
      if (!models[m].is_markov) add_credit(m, j);
    }
  }
}

void SampledShares::add_credit(std::size_t model, const Journey& journey) {
  weigh_touches(models_[model].model, journeys_, journey, weights_);
  const std::span<const Touch> touches = journeys_.of(journey);
  for (std::size_t i = 0; i < touches.size(); ++i) {
    const double weight = weights_[i] * journey.conversions;
    if (weight == 0) continue;
    double* sums = &credit_[(model * channels_ + static_cast<std::size_t>(touches[i].channel)) * slots_];
    for (std::size_t s = 0; s < slots_; ++s) sums[s] += weight * times_[s];
  }
}

void SampledShares::add_transitions(const Journey& journey) {
  const auto add = [&](std::vector<double>& all, std::size_t place, double weight) {
    double* sums = &all[place * slots_];
    for (std::size_t s = 0; s < slots_; ++s) sums[s] += weight * times_[s];
  };
  const double weight = journey.conversions + journey.not_converted;
  std::size_t at = channels_;
  for (const Touch& t : journeys_.of(journey)) {
    const auto next = static_cast<std::size_t>(t.channel);
    if (next != at) add(flows_, at * channels_ + next, weight);
    at = next;
  }
  if (journey.conversions > 0) add(ends_, at, journey.conversions);
  if (journey.not_converted > 0) add(ends_, channels_ + at, journey.not_converted);
}

std::vector<double> SampledShares::markov_shares(std::uint32_t sample) const {
  MarkovChain chain;
  std::vector<std::size_t> channel_of;
  std::vector<std::uint32_t> state_of(channels_, 0);
  for (std::size_t c = 0; c < channels_; ++c) {
    MarkovChain::State state{{static_cast<std::int32_t>(c), kNoTouch, kNoTouch}};
    for (std::size_t from = 0; from <= channels_; ++from) state.entered += at(flows_, from * channels_ + c, sample);
    if (state.entered == 0) continue;
    state.converted = at(ends_, c, sample);
    state.lost = at(ends_, channels_ + c, sample);
    chain.conversions += state.converted;
    state_of[c] = static_cast<std::uint32_t>(channel_of.size());
    channel_of.push_back(c);
    chain.states.push_back(state);
  }
  if (chain.conversions == 0) return {};
  chain.flows_begin.push_back(0);
  for (const std::size_t to : channel_of) {
    for (const std::size_t from : channel_of) {
      const double count = at(flows_, from * channels_ + to, sample);
      if (count > 0) chain.flows.push_back({state_of[from], count});
    }
    chain.flows_begin.push_back(static_cast<std::uint32_t>(chain.flows.size()));
  }
  const Outcome<std::vector<Credit>> effects = removal_effects(chain, journeys_.channels);
  if (!effects.ok()) return {};
  std::vector<double> result;
  for (const Credit& e : effects.value()) result.push_back(e.conversions);
  return result;
}

std::vector<double> SampledShares::shares(std::size_t model, std::uint32_t sample) const {
  std::vector<double> result;
  if (models_[model].is_markov) {
    result = markov_shares(sample);
  } else {
    for (std::size_t c = 0; c < channels_; ++c) result.push_back(at(credit_, model * channels_ + c, sample));
  }
  Sum sum;
  for (const double share : result) sum.add(share);
  if (!(sum.value() > 0)) return {};
  for (double& share : result) share /= sum.value();
  return result;
}

}  // namespace kpi
