// The targets of one KPI and channel along the calendar: which of them hold over a stretch of days.
#pragma once

#include <span>

#include "core/engine/over_time.h"
#include "core/engine/target_rows.h"
#include "core/engine/targets.h"

namespace kpi {

/// A stretch of days and the part of it that the data reach. first == kNoDay: no row has a date.
struct Stretch {
  Day first = kNoDay, last = kNoDay;
  Day known_first = kNoDay, known_last = kNoDay;
  bool is_everything = false;  // all data: targets without a period are for this
};

/// `rows` of one KPI and channel, by first day. See make_targets for the rules.
Target target_over(std::span<const TargetRow> rows, OverTime kind, const Stretch& stretch);

}  // namespace kpi
