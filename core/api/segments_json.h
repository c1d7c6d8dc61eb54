// What customers of each segment are worth, as JSON.
#pragma once

#include "core/api/json.h"
#include "core/engine/segment_values.h"

namespace kpi {

/// {"undefined"} or {"dimension": id or null,"first","last","currency","cac_source","recurring","gross_margin","discount_rate","all": one,
///  "members": [one], "rest": customers of members beyond those}; one: "key","label","canonical" (not of "all") and, each as
/// {"value","undefined"}, kSegmentMeasures, kSegmentKpis, "arpa", "revenue_per_customer" and "cac".
Json segments_json(const Dataset& dataset, const SegmentRequest& request, const SubscriptionCohorts& data);

}  // namespace kpi
