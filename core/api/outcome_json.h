// Outcomes of models as JSON.
#pragma once

#include "core/api/approximate.h"

namespace kpi {

/// {"code","args"}
Json reason_json(const Undefined& reason);

/// {"undefined": that}: in the place of an analysis or of a part of it.
Object undefined_object(const Undefined& reason);

/// Adds {"value": number or null, "undefined": null or reason}.
Object& put_outcome(Object& json, const Outcome<double>& outcome);
inline Json outcome_json(const Outcome<double>& outcome) {
  Object json;
  return put_outcome(json, outcome).take();
}

}  // namespace kpi
