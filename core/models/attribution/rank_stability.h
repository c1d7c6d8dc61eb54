// How far attribution models agree on a channel, and whether other journeys of the same kind would have said the same.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/attribution/attribution.h"

namespace kpi {

struct StabilitySettings {
  std::uint32_t samples = 200;   // of the bootstrap, at least 20
  std::uint64_t seed = 1;
  double least_kept = 0.9;       // a rank is stable that so many of the samples keep, 0..1
  double most_disagreement = 0.05;  // models agree on a share within so much, 0..1
  bool with_markov = true;       // order 1
};

enum class Agreement : std::uint8_t {
  kAgrees,          // every model gives the channel the same rank and about the same share, and the samples keep the rank under every model
  kModelsDisagree,  // the answer depends on the model
  kUncertain,       // the models agree, but other journeys of the same kind could have given another rank
};

struct ChannelStability {
  double lowest_share = 0, highest_share = 0;  // of credited conversions, over models
  double disagreement = 0;                     // highest - lowest
  Agreement agreement = Agreement::kModelsDisagree;
  std::vector<std::uint32_t> rank;  // by model, 1 the most credited; channels with the same share have the same rank
  std::vector<double> share;        // by model
  std::vector<double> kept;         // by model: the share of samples in which the channel keeps this rank
};

struct RankStability {
  std::vector<std::string_view> models;  // those that have an answer, in the order of `rank`, `share` and `kept`
  std::vector<ChannelStability> by_channel;
  bool all_agree = false;                 // on every channel that has a touch in a converted journey
};

/// Shares of conversions by the models by rules, by linear over distinct channels (shapley) and by Markov of order 1, and the same again over samples
/// of journeys. A row of Journeys::list is what is sampled: give each journey its own row. Models without an answer are left out; shapley_rate too, whose
/// credits can be negative.
///
/// Method  Poisson bootstrap: in each sample a journey counts Poisson(1) times, which for many journeys is drawing with replacement. Seeded.
/// Errors  Those of journey_totals; "denominator_zero" {conversions}: nobody with a touch converted; "too_few_rows" {conversions}: fewer than 2
///         converted journeys with touches; "out_of_range" {samples}, {least_kept} or {most_disagreement}.
/// Cost    O(samples * (models * touches of converted journeys + touches + channels^3)), memory O(samples * (models * channels + channels^2)) beside the
///         journeys. With more than 100 channels Markov is left out.
/// Source  Efron 1979, Annals of Statistics 7, 1-26; Hanley, MacGibbon 2006, Creating non-parametric bootstrap samples using Poisson frequencies.
Outcome<RankStability> rank_stability(const Journeys& journeys, const AttributionSettings& models, const StabilitySettings& settings = {});

}  // namespace kpi
