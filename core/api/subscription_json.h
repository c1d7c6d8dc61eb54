// Subscribers by cohort, as JSON.
#pragma once

#include <optional>

#include "core/api/json.h"
#include "core/engine/report.h"
#include "core/engine/subscription_cohorts.h"

namespace kpi {

/// {"undefined"} or {"as_of","currency","gross_margin","rows","customers","active","mrr","cac_source": "typed", a KPI's id or null,
///  "segments": as segments_json(),
///  "movements":{"months":[{"start","running","opening","new","reactivation","expansion","contraction","churn","closing","customers_opening",
///   "customers_new","customers_back","customers_lost","customers_closing","nrr","grr","revenue_churn","customer_churn" and both "_yearly"}],
///   "skipped": months before those, "mean": of the last 12 that are over {"months","first","last","customer_churn","revenue_churn", both
///   "_yearly","nrr"}, "year": {"nrr","grr","customers"} of who paid a year before, or {"undefined"}}; rates null in a month that still runs
///   or began with nobody,
///  "cohorts":[{"start","customers","cac","cells":[{"active","revenue","margin","immature"}],"payback":{"cumulative","share","month"}}],
///  "retention": by age, null where no cohort is over it, "payback": {"share": by age, all cohorts with a cost, "month"},
///  "survival": {"at_risk","observed"} and "undefined" or {"alpha","beta","projected","lifetime","discounted_lifetime","revenue"}}
/// "margin" is null without a margin. `cac`: money per customer, in place of the report's own of each month. `discount`: a year's.
/// "revenue": discounted lifetime in months times the mean price of those who are active; times the margin it is a customer's value.
Json subscription_json(const AggregateScope& scope, const ReportRequest& request, std::optional<double> cac, double discount);

/// {"undefined":{"code","args"}}
Json undefined_json(const Undefined& reason);

}  // namespace kpi
