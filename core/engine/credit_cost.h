// What is credited against what it cost. Values are written in place: g++ 12 loses a part of the reason where they are returned.
#pragma once

#include "core/engine/evaluate.h"
#include "core/models/attribution/channel_credit.h"

namespace kpi {

/// Adds a cost. One that is not known adds nothing; of several currencies there is no sum: "currency_mixed" {media_spend}.
void add_cost(Value& sum, const Value& cost);

/// media_return = (credited - cost) / cost, cost_per_win = cost / conversions. Undefined: for the reason of the cost or of what is credited;
/// "currency_mixed" where they are of different currencies; "denominator_zero" {media_spend} or {won_deals}.
void set_against_cost(const Credit& credit, const Value& credited, const Value& cost, Value& media_return, Value& cost_per_win);

}  // namespace kpi
