#include "core/models/attribution/journey_builder.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace kpi {
namespace {

constexpr double kSecondsPerDay = 86400;

enum class Fate : std::uint8_t { kBeforeWindow, kUsed, kUnreadable, kAfterConversion, kAfterOpportunity, kOfUndated };

using Rows = std::span<const std::uint32_t>;

/// The rows with these indexes of one person, taken from the front of `rows`.
template <class Row>
Rows take_person(std::span<const Row> all, Rows& rows, std::uint64_t person) {
  std::size_t end = 0;
  while (end < rows.size() && all[rows[end]].person == person) ++end;
  const Rows taken = rows.first(end);
  rows = rows.subspan(end);
  return taken;
}

class Builder {
 public:
  Builder(std::span<const TouchRow> touches, std::span<const ConversionRow> conversions, std::int32_t channels, const JourneySettings& settings)
      : touches_(touches), conversions_(conversions), settings_(settings), fates_(touches.size(), Fate::kBeforeWindow) {
    built_.journeys.channels = channels;
  }

  BuiltJourneys build() {
    const std::vector<std::uint32_t> touch_order = sorted_touches(), conversion_order = sorted_conversions();
    Rows touches(touch_order), conversions(conversion_order);
    while (!touches.empty() || !conversions.empty()) {
      const bool is_touch_first = conversions.empty() || (!touches.empty() && touches_[touches[0]].person <= conversions_[conversions[0]].person);
      const std::uint64_t person = is_touch_first ? touches_[touches[0]].person : conversions_[conversions[0]].person;
      const Rows of_person = take_person(touches_, touches, person), converted = take_person(conversions_, conversions, person);
      if (converted.empty()) {
        add_null(of_person);
      } else {
        add_person(of_person, converted);
      }
    }
    count_fates();
    return std::move(built_);
  }

 private:
  bool is_readable(const TouchRow& t) const { return std::isfinite(t.moment) && t.channel >= 0 && t.channel < built_.journeys.channels; }

  std::vector<std::uint32_t> sorted_touches() {
    std::vector<std::uint32_t> order;
    order.reserve(touches_.size());
    for (std::uint32_t i = 0; i < touches_.size(); ++i) {
      if (is_readable(touches_[i])) {
        order.push_back(i);
      } else {
        fates_[i] = Fate::kUnreadable;
      }
    }
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      const TouchRow &x = touches_[a], &y = touches_[b];
      if (x.person != y.person) return x.person < y.person;
      return x.moment != y.moment ? x.moment < y.moment : a < b;
    });
    return order;
  }

  /// Undated conversions come first within a person.
  std::vector<std::uint32_t> sorted_conversions() const {
    std::vector<std::uint32_t> order(conversions_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto moment = [&](std::uint32_t i) { return std::isfinite(conversions_[i].moment) ? conversions_[i].moment : -INFINITY; };
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      if (conversions_[a].person != conversions_[b].person) return conversions_[a].person < conversions_[b].person;
      return moment(a) != moment(b) ? moment(a) < moment(b) : a < b;
    });
    return order;
  }

  double window_begin(double end) const { return end - settings_.look_back_days * kSecondsPerDay; }

  void append(Journey& journey, std::uint32_t row, double end) {
    const TouchRow& t = touches_[row];
    built_.journeys.touches.push_back({t.channel, t.campaign, (end - t.moment) / kSecondsPerDay, row});
    fates_[row] = Fate::kUsed;
    const auto index = static_cast<std::int32_t>(journey.count++);
    const auto mark = [&](std::int32_t& milestone) { milestone = milestone == kNoTouch ? index : milestone; };
    if (t.milestone == Milestone::kLead) mark(journey.lead);
    if (t.milestone == Milestone::kOpportunity) mark(journey.opportunity);
    if (t.milestone == Milestone::kClose) mark(journey.close);
  }

  Journey begin_journey() const { return {.first = static_cast<std::uint32_t>(built_.journeys.touches.size())}; }

  void add_null(Rows rows) {
    Journey journey = begin_journey();
    journey.not_converted = 1;
    const double last = touches_[rows.back()].moment;
    for (const std::uint32_t row : rows) {
      if (touches_[row].moment >= window_begin(last)) append(journey, row, last);
    }
    built_.journeys.list.push_back(journey);
    ++built_.receipt.null_journeys;
  }

  void add_person(Rows rows, Rows converted) {
    double previous = -INFINITY, last = -INFINITY;
    for (const std::uint32_t c : converted) {
      const double moment = conversions_[c].moment;
      if (!std::isfinite(moment)) {
        add_undated(conversions_[c]);
        continue;
      }
      if (moment > last) previous = last;
      last = moment;
      add_converted(rows, conversions_[c], settings_.repeats == RepeatConversions::kSincePrevious ? previous : -INFINITY);
    }
    for (const std::uint32_t row : rows) {
      if (fates_[row] == Fate::kUsed || touches_[row].moment <= last) continue;
      fates_[row] = last == -INFINITY ? Fate::kOfUndated : Fate::kAfterConversion;
    }
  }

  void add_undated(const ConversionRow& c) {
    ++built_.receipt.conversions_undated;
    Journey journey = begin_journey();
    finish(journey, c);
  }

  /// rows: all of the person; those after `previous` are looked at.
  void add_converted(Rows rows, const ConversionRow& c, double previous) {
    Journey journey = begin_journey();
    const auto moment_below = [&](double moment, std::uint32_t row) { return moment < touches_[row].moment; };
    auto row = std::upper_bound(rows.begin(), rows.end(), previous, moment_below);
    bool is_close_left_out = false;
    std::int32_t lead = kNoTouch, opportunity = kNoTouch;
    for (; row != rows.end() && touches_[*row].moment <= c.moment; ++row) {
      const double moment = touches_[*row].moment;
      if (moment < window_begin(c.moment)) continue;
      if (settings_.without_touches_after_opportunity && moment > c.opportunity_created) {
        is_close_left_out = true;
        if (fates_[*row] != Fate::kUsed) fates_[*row] = Fate::kAfterOpportunity;
        continue;
      }
      const auto index = static_cast<std::int32_t>(journey.count);
      if (moment <= c.lead_created) lead = index;
      if (moment <= c.opportunity_created) opportunity = index;
      append(journey, *row, c.moment);
    }
    if (journey.lead == kNoTouch) journey.lead = lead;
    if (journey.opportunity == kNoTouch) journey.opportunity = opportunity;
    if (journey.close == kNoTouch && !is_close_left_out) journey.close = static_cast<std::int32_t>(journey.count) - 1;
    if (journey.count == 0) ++built_.receipt.conversions_untouched;
    if (journey.count > 0 && journey.lead == kNoTouch) ++built_.receipt.without_lead;
    if (journey.count > 0 && journey.opportunity == kNoTouch) ++built_.receipt.without_opportunity;
    finish(journey, c);
  }

  void finish(Journey& journey, const ConversionRow& c) {
    journey.conversions = 1;
    journey.conversion = static_cast<std::uint32_t>(&c - conversions_.data());
    journey.value = std::isfinite(c.value) ? c.value : 0;
    if (!std::isfinite(c.value)) ++built_.receipt.conversions_without_value;
    built_.journeys.list.push_back(journey);
  }

  void count_fates() {
    JourneyReceipt& r = built_.receipt;
    for (const Fate fate : fates_) {
      switch (fate) {
        case Fate::kUsed: ++r.touches_used; break;
        case Fate::kUnreadable: ++r.touches_unreadable; break;
        case Fate::kAfterConversion: ++r.touches_after_conversion; break;
        case Fate::kAfterOpportunity: ++r.touches_after_opportunity; break;
        case Fate::kBeforeWindow: ++r.touches_before_window; break;
        case Fate::kOfUndated: ++r.touches_of_undated; break;
      }
    }
  }

  std::span<const TouchRow> touches_;
  std::span<const ConversionRow> conversions_;
  const JourneySettings& settings_;
  std::vector<Fate> fates_;
  BuiltJourneys built_;
};

}  // namespace

BuiltJourneys build_journeys(std::span<const TouchRow> touches, std::span<const ConversionRow> conversions, std::int32_t channels,
                             const JourneySettings& settings) {
  return Builder(touches, conversions, channels, settings).build();
}

}  // namespace kpi
