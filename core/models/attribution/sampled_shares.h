// Credited shares of conversions under several models, for the journeys at hand and for samples of them, in one pass.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/models/attribution/journey.h"
#include "core/models/attribution/position_models.h"

namespace kpi {

struct SampledModel {
  std::string_view id;
  TouchModel model = {};
  bool is_markov = false;  // of order 1; `model` says nothing then
};

class SampledShares {
 public:
  /// Sample 0 is the journeys themselves, 1 to `samples` count each journey Poisson(1) times. The journeys must have passed journey_totals.
  SampledShares(const Journeys& journeys, const std::vector<SampledModel>& models, std::uint32_t samples, std::uint64_t seed);

  /// By channel, summing to 1; empty where nobody with a touch converted in the sample, or Markov did not settle.
  std::vector<double> shares(std::size_t model, std::uint32_t sample) const;

 private:
  void add_credit(std::size_t model, const Journey& journey);
  void add_transitions(const Journey& journey);
  std::vector<double> markov_shares(std::uint32_t sample) const;
  double at(const std::vector<double>& sums, std::size_t place, std::uint32_t sample) const { return sums[place * slots_ + sample]; }

  const Journeys& journeys_;
  const std::vector<SampledModel>& models_;
  std::size_t slots_, channels_;
  std::vector<double> times_;    // how often the journey counts, by sample
  std::vector<double> weights_;
  std::vector<double> credit_;   // by model, channel and sample
  std::vector<double> flows_;    // by channel from, channel to and sample: from `channels_` at the start
  std::vector<double> ends_;     // converted, then lost, by channel and sample
};

}  // namespace kpi
