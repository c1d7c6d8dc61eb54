// From rows of touches and conversions to journeys.
#pragma once

#include <cstdint>
#include <limits>
#include <span>

#include "core/models/attribution/journey.h"

namespace kpi {

constexpr double kNoMoment = std::numeric_limits<double>::quiet_NaN();

/// What a touch is said to have been, where the file says so. It goes before what the moments of a conversion tell.
enum class Milestone : std::uint8_t { kNone, kLead, kOpportunity, kClose };

struct TouchRow {
  std::uint64_t person = 0;  // or account
  double moment = kNoMoment;  // in seconds, from any one origin
  std::int32_t channel = 0;
  std::int32_t campaign = 0;
  Milestone milestone = Milestone::kNone;
};

struct ConversionRow {
  std::uint64_t person = 0;
  double moment = kNoMoment;
  double value = 0;                          // not a number: unknown
  double lead_created = kNoMoment;           // where known
  double opportunity_created = kNoMoment;
};

enum class RepeatConversions : std::uint8_t {
  kSincePrevious,  // each conversion takes the touches after the one before; conversions of the same moment take the same touches
  kAllInWindow,    // each takes all touches of its window, so that one touch can count for several
};

struct JourneySettings {
  double look_back_days = std::numeric_limits<double>::infinity();  // a touch exactly so old is in
  RepeatConversions repeats = RepeatConversions::kSincePrevious;
  bool without_touches_after_opportunity = false;
};

/// What became of every row. Touches: the six counts sum to all rows; one that is used at least once counts as used.
struct JourneyReceipt {
  std::uint64_t touches_used = 0;
  std::uint64_t touches_unreadable = 0;        // without a moment, or of no channel
  std::uint64_t touches_after_conversion = 0;  // after the last conversion of the person
  std::uint64_t touches_after_opportunity = 0;
  std::uint64_t touches_before_window = 0;     // older than the look-back
  std::uint64_t touches_of_undated = 0;        // of persons whose conversions all lack a moment
  std::uint64_t conversions_undated = 0;       // become journeys without touches: unattributed
  std::uint64_t conversions_untouched = 0;     // dated, and no touch in their window
  std::uint64_t conversions_without_value = 0; // counted as 0 in value
  std::uint64_t null_journeys = 0;             // persons with touches and without conversion
  std::uint64_t without_lead = 0, without_opportunity = 0;  // journeys with touches whose milestone is none of them
};

struct BuiltJourneys {
  Journeys journeys;  // by person, then by moment of the conversion
  JourneyReceipt receipt;
};

/// Touches in order of their moment, those of the same moment in the order of the file. A touch at the moment of the conversion belongs to it.
///
/// Milestones  The touch that made the lead is the last one up to `lead_created`, likewise the opportunity; the close is the last before the conversion,
///             and none where touches after the opportunity are left out and there was one. A touch marked by the file goes first; of several the first.
/// Null journeys  All touches of a person without conversion; the window is counted back from the last of them, as from a conversion.
/// Campaigns   To credit campaigns, give the campaign as channel.
/// Errors      None: channels outside 0 <= channel < channels are set aside and counted.
/// Cost        O(rows log rows).
BuiltJourneys build_journeys(std::span<const TouchRow> touches, std::span<const ConversionRow> conversions, std::int32_t channels,
                             const JourneySettings& settings = {});

}  // namespace kpi
