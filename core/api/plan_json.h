// Plans as JSON, and what a plan is asked for.
#pragma once

#include "core/api/json.h"
#include "core/engine/plan.h"

namespace kpi {

/// From {"rates": "period" or "cohort", "goal": number, "currency": "EUR", "segment": {"dimension","key"}, "typed": {rate or factor: number}, "change": 0.1, "day": "2026-12-31"},
/// each of them optional. Errors: request_invalid{at,expected}, date_invalid{at,text}.
Result<PlanRequest> read_plan_request(const Json& request);

/// {"goal","change","from","to","rows":[{"id","display","after","needed","undefined","interval","currency","actual","actual_currency","brings",
///  "rate":{"id","source","display","value","undefined","currency","numerator","denominator","interval","small","cohort","completed"}}],
///  "check": such a row, "velocity": {"value","undefined","currency"}, "levers":[{"kpi","display","source","value","currency","gain"}],
///  "lead_times":[{"kpi","days","day"}]}
/// Numbers exact; a value or a reason, as everywhere; "rate" is null where the row has none.
Json to_json(const Plan& plan, const PlanRequest& request);

}  // namespace kpi
