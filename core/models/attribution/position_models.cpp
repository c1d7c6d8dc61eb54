#include "core/models/attribution/position_models.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/sum.h"

namespace kpi {
namespace {

TouchModel position_model(const PositionShares& shares) { return {.rule = TouchRule::kPosition, .shares = shares}; }

void scale_to_one(std::vector<double>& weights) {
  Sum sum;
  for (const double w : weights) sum.add(w);
  for (double& w : weights) w /= sum.value();
}

/// The touches that have a mark, with the shares of their marks.
class Marks {
 public:
  void add(std::int32_t touch, double share, bool& is_missing) {
    if (share <= 0) return;
    is_missing = touch == kNoTouch;
    if (is_missing) return;
    for (std::size_t i = 0; i < count_; ++i) {
      if (touches_[i].index == touch) {
        touches_[i].share += share;
        return;
      }
    }
    touches_[count_++] = {touch, share};
  }
  struct Marked {
    std::int32_t index;
    double share;
  };
  const Marked* begin() const { return touches_; }
  const Marked* end() const { return touches_ + count_; }

 private:
  Marked touches_[5];
  std::size_t count_ = 0;
};

MissingMilestones weigh_positions(const PositionShares& shares, const Journey& journey, std::vector<double>& weights) {
  const auto last = static_cast<std::int32_t>(journey.count) - 1;
  MissingMilestones missing;
  Marks marks;
  bool never = false;
  marks.add(0, shares.first, never);
  marks.add(journey.lead, shares.lead, missing.lead);
  marks.add(journey.opportunity, shares.opportunity, missing.opportunity);
  marks.add(journey.close, shares.close, missing.close);
  marks.add(last, shares.last, never);

  const std::int32_t others_end = shares.only_until_lead && journey.lead != kNoTouch ? journey.lead : last;
  std::int32_t others = others_end + 1;
  for (const auto& mark : marks) others -= mark.index <= others_end ? 1 : 0;
  const bool nothing_marked = marks.begin() == marks.end();
  const double each = nothing_marked ? 1 : others > 0 ? shares.others / others : 0;  // scaled below
  std::fill(weights.begin(), weights.begin() + others_end + 1, each);
  for (const auto& mark : marks) weights[static_cast<std::size_t>(mark.index)] = mark.share;
  scale_to_one(weights);
  return missing;
}

void weigh_channels_evenly(std::span<const Touch> touches, std::vector<double>& weights) {
  std::vector<std::int32_t> channels(touches.size());
  std::transform(touches.begin(), touches.end(), channels.begin(), [](const Touch& t) { return t.channel; });
  std::sort(channels.begin(), channels.end());
  double distinct = 1;
  for (std::size_t i = 1; i < channels.size(); ++i) distinct += channels[i] != channels[i - 1] ? 1 : 0;
  for (std::size_t i = 0; i < touches.size(); ++i) {
    const auto [from, to] = std::equal_range(channels.begin(), channels.end(), touches[i].channel);
    weights[i] = 1 / (distinct * static_cast<double>(to - from));
  }
}

void weigh_by_age(double half_life_days, std::span<const Touch> touches, std::vector<double>& weights) {
  double youngest = touches.front().age_days;  // whose weight is 1 before scaling: however old all are, nothing underflows to a sum of 0
  for (const Touch& t : touches) youngest = std::min(youngest, t.age_days);
  for (std::size_t i = 0; i < touches.size(); ++i) weights[i] = std::exp2((youngest - touches[i].age_days) / half_life_days);
  scale_to_one(weights);
}

std::size_t last_non_direct(std::int32_t direct_channel, std::span<const Touch> touches) {
  for (std::size_t i = touches.size(); i-- > 0;) {
    if (touches[i].channel != direct_channel) return i;
  }
  return touches.size() - 1;
}

/// The milestones that at least one journey lacks and no journey has.
std::vector<std::string> never_found(const MissingMilestones& lacking, const Journeys& journeys) {
  MissingMilestones found;
  for (const Journey& j : journeys.list) {
    if (j.conversions == 0 || j.count == 0) continue;
    found.lead = found.lead || j.lead != kNoTouch;
    found.opportunity = found.opportunity || j.opportunity != kNoTouch;
    found.close = found.close || j.close != kNoTouch;
  }
  std::vector<std::string> names;
  if (lacking.lead && !found.lead) names.emplace_back("lead");
  if (lacking.opportunity && !found.opportunity) names.emplace_back("opportunity");
  if (lacking.close && !found.close) names.emplace_back("close");
  return names;
}

}  // namespace

TouchModel first_touch_model() { return {.rule = TouchRule::kFirst}; }
TouchModel last_touch_model() { return {.rule = TouchRule::kLast}; }
TouchModel last_non_direct_model(std::int32_t direct_channel) { return {.rule = TouchRule::kLastNonDirect, .direct_channel = direct_channel}; }
TouchModel linear_model() { return {.rule = TouchRule::kLinear}; }
TouchModel linear_unique_model() { return {.rule = TouchRule::kLinearUnique}; }
TouchModel position_based_last_touch_model() { return position_model({.first = 0.4, .last = 0.4, .others = 0.2}); }
TouchModel position_based_lead_creation_model() { return position_model({.first = 0.4, .lead = 0.4, .others = 0.2}); }
TouchModel w_shaped_model() { return position_model({.first = 0.3, .lead = 0.3, .opportunity = 0.3, .others = 0.1}); }
TouchModel full_path_model() { return position_model({.first = 0.225, .lead = 0.225, .opportunity = 0.225, .close = 0.225, .others = 0.1}); }
TouchModel j_shaped_model() { return position_model({.first = 0.2, .last = 0.6, .others = 0.2}); }
TouchModel inverse_j_model() { return position_model({.first = 0.6, .last = 0.2, .others = 0.2}); }
TouchModel time_decay_model(double half_life_days) { return {.rule = TouchRule::kTimeDecay, .half_life_days = half_life_days}; }

Outcome<TouchModel> custom_position_model(const PositionShares& shares) {
  Sum sum;
  for (const double share : {shares.first, shares.lead, shares.opportunity, shares.close, shares.last, shares.others}) {
    if (!(share >= 0 && share <= 1)) return Undefined{"out_of_range", {"weights"}};
    sum.add(share);
  }
  if (std::fabs(sum.value() - 1) > 1e-9) return Undefined{"out_of_range", {"weights"}};
  return position_model(shares);
}

MissingMilestones weigh_touches(const TouchModel& model, const Journeys& journeys, const Journey& journey, std::vector<double>& weights) {
  const std::span<const Touch> touches = journeys.of(journey);
  weights.assign(touches.size(), 0);
  switch (model.rule) {
    case TouchRule::kFirst:
      weights.front() = 1;
      break;
    case TouchRule::kLast:
      weights.back() = 1;
      break;
    case TouchRule::kLastNonDirect:
      weights[last_non_direct(model.direct_channel, touches)] = 1;
      break;
    case TouchRule::kLinear:
      std::fill(weights.begin(), weights.end(), 1 / static_cast<double>(touches.size()));
      break;
    case TouchRule::kLinearUnique:
      weigh_channels_evenly(touches, weights);
      break;
    case TouchRule::kPosition:
      return weigh_positions(model.shares, journey, weights);
    case TouchRule::kTimeDecay:
      weigh_by_age(model.half_life_days, touches, weights);
      break;
  }
  return {};
}

Outcome<ChannelCredit> credit_by_rule(const TouchModel& model, const Journeys& journeys) {
  const Outcome<JourneyTotals> totals = journey_totals(journeys);
  if (!totals.ok()) return totals.reason();
  if (model.rule == TouchRule::kTimeDecay) {
    if (!journeys.has_ages) return Undefined{"no_date", {"touches"}};
    if (!(model.half_life_days > 0)) return Undefined{"out_of_range", {"half_life"}};
  }
  struct Sums {
    Sum conversions, value;
  };
  std::vector<Sums> sums(static_cast<std::size_t>(journeys.channels));
  std::vector<double> weights;
  MissingMilestones lacking;
  Sum without_milestone;
  for (const Journey& j : journeys.list) {
    if (j.count == 0 || j.conversions == 0) continue;
    const MissingMilestones missing = weigh_touches(model, journeys, j, weights);
    lacking.lead = lacking.lead || missing.lead;
    lacking.opportunity = lacking.opportunity || missing.opportunity;
    lacking.close = lacking.close || missing.close;
    if (missing.any()) without_milestone.add(j.conversions);
    const std::span<const Touch> touches = journeys.of(j);
    for (std::size_t i = 0; i < touches.size(); ++i) {
      if (weights[i] == 0) continue;
      Sums& s = sums[static_cast<std::size_t>(touches[i].channel)];
      s.conversions.add(j.conversions * weights[i]);
      s.value.add(j.value * weights[i]);
    }
  }
  if (const std::vector<std::string> names = never_found(lacking, journeys); !names.empty()) return Undefined{"missing_input", names};
  ChannelCredit credit;
  for (const Sums& s : sums) {
    credit.by_channel.push_back({s.conversions.value(), s.value.value()});
    if (!std::isfinite(s.value.value())) return Undefined{"not_finite", {}};
  }
  credit.unattributed = totals.value().untouched;
  credit.journeys_without_milestone = without_milestone.value();
  return credit;
}

}  // namespace kpi
