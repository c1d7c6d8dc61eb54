#include "core/api/outcome_json.h"

namespace kpi {
Json reason_json(const Undefined& reason) {
  Object json;
  return json.put("code", reason.code).put("args", reason.arguments).take();
}

Object undefined_object(const Undefined& reason) {
  Object json;
  return std::move(json.put("undefined", reason_json(reason)));
}

Object& put_outcome(Object& json, const Outcome<double>& outcome) {
  if (outcome.ok()) return json.put("value", approximate(outcome.value())).put_null("undefined");
  return json.put_null("value").put("undefined", reason_json(outcome.reason()));
}

}  // namespace kpi
