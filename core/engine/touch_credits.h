// Credits of touches for the deals that were won with them.
#pragma once

#include <vector>

#include "core/engine/dataset.h"

namespace kpi {

/// Touchpoints: credit_first_touch, credit_last_touch, credit_linear, credit_position_based (by last touch), credit_w_shaped and credit_time_decay (half-life
/// of 7 days): the deal's amount times the touch's weight, with the day of the win in credited_at and the deal's currency in currency. Deals: influenced, 1
/// where a won deal has a touch. Accounts are followed, each touch to the next deal won, at any distance. Blank where there is nothing to credit; a touch of
/// deals won on one day in several currencies has no amount that adds up: the credits of its file are of mixed currencies then.
/// Nothing is derived without touches that have a date.
///
/// Cost    O(rows log rows).
void derive_touch_credits(const Dataset& dataset, const std::vector<FileTable*>& touchpoints, const std::vector<FileTable*>& deals);

}  // namespace kpi
