// What customers are worth: of orders by the models of repeat buying, of subscriptions by cohorts.
#pragma once

#include "core/api/json.h"
#include "core/engine/dataset.h"

namespace kpi {

/// Method "analyse_customers". Own members: "model" ("bg_nbd", "pareto_nbd"), "months" (1..120, of the horizon), "discount" (yearly, 0..1),
/// "by" (a dimension, "" for none), "cac" (money per customer, in place of the report's own).
/// {"dimensions": ids by which orders or subscriptions can be cut,"by","discount",
///  "buyers": {"undefined"} or {"rows","first","as_of","basis","with_costs","gross_margin","currency"} and either "undefined" with "customers" and
///    "repeat_customers", or {"model","months","discount","customers","repeat_customers","purchases","alive","repeat_alive","expected_purchases",
///     "parameters":[{"id","value","error"}],"frequency":{"actual","expected"},"holdout":{"first","last","customers","expected","actual"},
///     "spend":{"mean","customers","without_positive_spend"},"correlation","total","mean","deciles":[{"customers","value","share","lowest"}],
///     "bands":[{"from","to","customers","value"}],"once":{"customers","value"},
///     "list": of those worth most, at most 10,000: [file, row of the last order in it, days with an order, last day, alive, purchases, value],
///     "groups":{"dimension","members","rest"}},
///  "subscriptions": see subscription_json.h}
/// Parts without a result are {"undefined":{"code","args"}}. Errors: request_invalid, dimension_unknown and those of a report's request.
Result<Json> analyse_customers(const Dataset& dataset, const Json& request);

}  // namespace kpi
