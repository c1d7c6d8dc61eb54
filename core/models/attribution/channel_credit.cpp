#include "core/models/attribution/channel_credit.h"

#include <algorithm>
#include <cmath>

#include "core/base/sum.h"

namespace kpi {
namespace {

bool is_count(double n) { return std::isfinite(n) && n >= 0; }

bool is_touch(std::int32_t index, const Journey& journey) {
  return index == kNoTouch || (index >= 0 && static_cast<std::uint32_t>(index) < journey.count);
}

bool is_well_formed(const Journeys& journeys, const Journey& j) {
  return is_count(j.conversions) && is_count(j.not_converted) && is_touch(j.lead, j) && is_touch(j.opportunity, j) && is_touch(j.close, j) &&
         j.first <= journeys.touches.size() && j.count <= journeys.touches.size() - j.first;
}

}  // namespace

Outcome<JourneyTotals> journey_totals(const Journeys& journeys) {
  const bool channels_exist = std::all_of(journeys.touches.begin(), journeys.touches.end(),
                                          [&](const Touch& t) { return t.channel >= 0 && t.channel < journeys.channels; });
  if (!channels_exist) return Undefined{"out_of_range", {"channel"}};
  const bool ages_exist = !journeys.has_ages || std::all_of(journeys.touches.begin(), journeys.touches.end(),
                                                            [](const Touch& t) { return std::isfinite(t.age_days); });
  if (!ages_exist) return Undefined{"out_of_range", {"age"}};
  Sum conversions, value, untouched_conversions, untouched_value, not_converted;
  for (const Journey& j : journeys.list) {
    if (!is_well_formed(journeys, j)) return Undefined{"out_of_range", {"journey"}};
    conversions.add(j.conversions);
    value.add(j.value);
    if (j.count > 0) {
      not_converted.add(j.not_converted);
    } else {
      untouched_conversions.add(j.conversions);
      untouched_value.add(j.value);
    }
  }
  JourneyTotals totals{{conversions.value(), value.value()}, {untouched_conversions.value(), untouched_value.value()}, not_converted.value()};
  if (!std::isfinite(totals.all.value) || !std::isfinite(totals.all.conversions) || !std::isfinite(totals.not_converted)) {
    return Undefined{"not_finite", {}};
  }
  if (totals.all.conversions == 0) return Undefined{"denominator_zero", {"conversions"}};
  return totals;
}

}  // namespace kpi
