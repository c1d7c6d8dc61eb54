#include "core/models/attribution/rank_stability.h"

#include <algorithm>

#include "core/models/attribution/sampled_shares.h"

namespace kpi {
namespace {

constexpr std::int32_t kMostMarkovChannels = 100;
constexpr std::uint32_t kLeastSamples = 20, kMostSamples = 10000;
constexpr double kSameShare = 1e-9;  // shares closer than this are the same: sums of the same credits in another order

bool is_share(double x) { return x >= 0 && x <= 1; }

std::vector<SampledModel> models_with_an_answer(const Journeys& journeys, const AttributionSettings& models, bool with_markov) {
  std::vector<SampledModel> result;
  for (const NamedTouchModel& named : touch_models(models)) {
    if (named.model.ok() && credit_by_rule(named.model.value(), journeys).ok()) result.push_back({named.id, named.model.value()});
  }
  if (with_markov && journeys.channels <= kMostMarkovChannels) result.push_back({"markov", {}, true});
  result.push_back({"shapley", linear_unique_model()});
  return result;
}

std::vector<std::uint32_t> ranks(const std::vector<double>& shares) {
  std::vector<double> sorted = shares;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::uint32_t> result;
  for (const double share : shares) {
    const auto above = sorted.end() - std::upper_bound(sorted.begin(), sorted.end(), share + kSameShare);
    result.push_back(static_cast<std::uint32_t>(above) + 1);
  }
  return result;
}

Agreement judge(const ChannelStability& c, const StabilitySettings& settings) {
  const bool same_rank = std::all_of(c.rank.begin(), c.rank.end(), [&](std::uint32_t r) { return r == c.rank.front(); });
  if (!same_rank || c.disagreement > settings.most_disagreement) return Agreement::kModelsDisagree;
  const double least_kept = *std::min_element(c.kept.begin(), c.kept.end());
  return least_kept >= settings.least_kept ? Agreement::kAgrees : Agreement::kUncertain;
}

void add_model(RankStability& result, const SampledShares& sampled, std::size_t model, std::uint32_t samples) {
  const std::vector<double> shares = sampled.shares(model, 0);
  const std::vector<std::uint32_t> rank = ranks(shares);
  std::vector<std::uint32_t> kept(shares.size(), 0);
  for (std::uint32_t s = 1; s <= samples; ++s) {
    const std::vector<std::uint32_t> again = ranks(sampled.shares(model, s));
    for (std::size_t c = 0; c < again.size(); ++c) kept[c] += again[c] == rank[c] ? 1 : 0;
  }
  for (std::size_t c = 0; c < shares.size(); ++c) {
    ChannelStability& channel = result.by_channel[c];
    channel.share.push_back(shares[c]);
    channel.rank.push_back(rank[c]);
    channel.kept.push_back(static_cast<double>(kept[c]) / samples);
  }
}

/// Converted journeys with touches, up to two: one tells nothing about others.
int converted_up_to_two(const Journeys& journeys) {
  int found = 0;
  for (const Journey& j : journeys.list) {
    found += j.count > 0 && j.conversions > 0 ? 1 : 0;
    if (found == 2) break;
  }
  return found;
}

}  // namespace

Outcome<RankStability> rank_stability(const Journeys& journeys, const AttributionSettings& models, const StabilitySettings& settings) {
  if (settings.samples < kLeastSamples || settings.samples > kMostSamples) return Undefined{"out_of_range", {"samples"}};
  if (!is_share(settings.least_kept)) return Undefined{"out_of_range", {"least_kept"}};
  if (!is_share(settings.most_disagreement)) return Undefined{"out_of_range", {"most_disagreement"}};
  const Outcome<JourneyTotals> totals = journey_totals(journeys);
  if (!totals.ok()) return totals.reason();
  const int converted = converted_up_to_two(journeys);
  if (converted == 0) return Undefined{"denominator_zero", {"conversions"}};
  if (converted < 2) return Undefined{"too_few_rows", {"conversions"}};

  const std::vector<SampledModel> sampled_models = models_with_an_answer(journeys, models, settings.with_markov);
  const SampledShares sampled(journeys, sampled_models, settings.samples, settings.seed);
  RankStability result;
  result.by_channel.resize(static_cast<std::size_t>(journeys.channels));
  for (std::size_t m = 0; m < sampled_models.size(); ++m) {
    if (sampled.shares(m, 0).empty()) continue;
    result.models.push_back(sampled_models[m].id);
    add_model(result, sampled, m, settings.samples);
  }
  result.all_agree = true;
  for (ChannelStability& c : result.by_channel) {
    const auto [lowest, highest] = std::minmax_element(c.share.begin(), c.share.end());
    c.lowest_share = *lowest;
    c.highest_share = *highest;
    c.disagreement = *highest - *lowest;
    c.agreement = judge(c, settings);
    if (*highest > 0 && c.agreement != Agreement::kAgrees) result.all_agree = false;
  }
  return result;
}

}  // namespace kpi
