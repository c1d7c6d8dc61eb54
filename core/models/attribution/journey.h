// Journeys: what attribution works on. The touches of a person (or account) in order, and what they ended in.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace kpi {

/// No such touch in the journey.
constexpr std::int32_t kNoTouch = -1;

struct Touch {
  std::int32_t channel = 0;   // 0 <= channel < Journeys::channels
  std::int32_t campaign = 0;  // carried along, for credit by campaign
  double age_days = 0;        // from the touch to the conversion, fractional; of a journey without conversion: to its last touch
  std::uint32_t row = 0;      // of the touch in what the journeys were built from
};

/// One journey, or several with the same touches in the same order. Its touches are Journeys::touches[first, first + count).
/// Milestones are touches of this journey, counted from 0, or kNoTouch.
struct Journey {
  std::uint32_t first = 0;
  std::uint32_t count = 0;     // 0: a conversion that nobody touched, which stays unattributed
  double conversions = 0;      // whole, >= 0
  double value = 0;            // of all these conversions together
  double not_converted = 0;    // journeys with these touches that ended in nothing: null journeys
  std::int32_t lead = kNoTouch;         // the touch that made the person a lead
  std::int32_t opportunity = kNoTouch;  // the touch that made the opportunity
  std::int32_t close = kNoTouch;        // the last touch before the deal was won
  std::uint32_t conversion = 0;         // of a converted journey: the row of its conversion in what the journeys were built from
};

struct Journeys {
  std::vector<Touch> touches;
  std::vector<Journey> list;
  std::int32_t channels = 0;
  bool has_ages = true;  // false: only the order of touches is known, so that nothing can decay with time

  std::span<const Touch> of(const Journey& journey) const { return std::span(touches).subspan(journey.first, journey.count); }
};

}  // namespace kpi
