// Touches and won deals of the loaded files as journeys: what the attribution models work on.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/engine/dataset.h"
#include "core/engine/touch_persons.h"
#include "core/models/attribution/journey_builder.h"

namespace kpi {

struct TouchJourneySettings {
  TouchUnit unit = TouchUnit::kAccount;
  JourneySettings journeys = {};  // a look-back of n days takes the touches of n days before the day of the win
};

struct TableRow {
  const FileTable* table = nullptr;
  std::uint32_t row = 0;
};

struct WonDeal {
  TableRow place;
  Day day = kNoDay;
};

struct TouchJourneys {
  std::vector<TableRow> touches;  // by Touch::row
  std::vector<WonDeal> wins;      // by Journey::conversion
  BuiltJourneys built;
  std::uint64_t touches_of_nobody = 0;  // name neither a lead nor an account: in none of the counts of the receipt
  std::uint64_t wins_of_nobody = 0;     // likewise; journeys without touches
  std::uint64_t repeats = 0;            // rows of touches and deals that repeat an earlier one: left out
};

/// The label of a touch: what is credited, 0 <= label < labels. Others are left out as unreadable.
using TouchLabel = std::function<std::int32_t(const FileTable& table, std::size_t row)>;

/// Conversions are won deals at the end of the day on which they were won, so that a touch of that day counts; leads and deals are made at the end of their day
/// likewise. The lead's creation is the earliest of the person or account. Touches without a time of day stand at the day's beginning, those of one moment in
/// the order of the file.
///
/// Cost    O(rows log rows).
TouchJourneys touch_journeys(const Dataset& dataset, std::int32_t labels, const TouchLabel& label_of, const TouchJourneySettings& settings = {});

}  // namespace kpi
