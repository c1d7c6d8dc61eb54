// How complete young cohorts are, as a part of the funnel's answer.
#pragma once

#include "core/api/json.h"
#include "core/engine/cohort_completion.h"

namespace kpi {

/// {"from","to","conversions","longest","curve":[[days,share,low,high]],"ages":[{"share","days"}],"cohorts":[cohort],"earlier":cohort or null,
///  "first_converted","expected_before","left_out":{...}}
///   cohort  {"first","last","entered","converted","complete","immature","final","final_low","final_high","rate","rate_low","rate_high","undefined"}
Object completion_json(const CohortCompletion& completion);

}  // namespace kpi
