// What a KPI's figures of several periods say about the whole of them: the same holds for its targets.
#pragma once

#include <cstdint>

#include "core/catalog/catalog.h"

namespace kpi {

/// kSum: counts and money that happen ("won deals"), also differences and constant multiples of them. kLevel: ratios and averages whose
/// size does not depend on how long the period is ("cost per lead"). kFirst, kLast: states at the start or end ("open pipeline").
/// kOwnPeriod: everything else, such as a churn rate or a number of different users: twice the period is another figure altogether.
enum class OverTime : std::uint8_t { kSum, kLevel, kFirst, kLast, kOwnPeriod };

/// Derived from the formula: a sum grows with the length of the period, a state does not, sum over sum is a level, sum over state is
/// neither. Cost O(nodes of the formula and of those of the KPIs that it needs).
OverTime over_time(const Catalog& catalog, const Kpi& kpi);

}  // namespace kpi
