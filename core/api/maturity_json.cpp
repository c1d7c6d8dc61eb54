#include "core/api/maturity_json.h"

#include <array>

#include "core/api/funnel_parts.h"
#include "core/engine/maturity.h"
#include "core/engine/stage_dates.h"

namespace kpi {
namespace {

constexpr std::int32_t kMostPoints = 200;
constexpr std::array<double, 5> kShares = {0.25, 0.5, 0.75, 0.9, kMature};

Object cohort_json(const EntryCohort& cohort) {
  Object json;
  json.put_date("first", cohort.first).put_date("last", cohort.last).put("entered", cohort.entered).put("converted", cohort.converted);
  json.put("complete", approximate(cohort.completed)).put("immature", cohort.completed < kMature);
  const double entered = static_cast<double>(cohort.entered);
  const bool has = cohort.expected.ok();
  const ExpectedFinal expected = has ? cohort.expected.value() : ExpectedFinal{0, {0, 0}};
  const auto put = [&](const char* key, double value) { json.put(key, has ? approximate(value) : Json()); };
  put("final", expected.count);
  put("final_low", expected.interval.low);
  put("final_high", expected.interval.high);
  put("rate", expected.count / entered);
  put("rate_low", expected.interval.low / entered);
  put("rate_high", expected.interval.high / entered);
  json.put("undefined", has ? Json() : reason_json(cohort.expected.reason()));
  return json;
}

Json curve_json(const CompletionCurve& curve) {
  Json points = Json::array();
  const std::int32_t last = curve.age_of(1), every = last / kMostPoints + 1;
  for (std::int32_t age = 0; age <= last; ++age) {
    if (age % every != 0 && age != last) continue;
    const Interval ends = curve.interval(age);
    append(points, row_json(std::array<double, 4>{static_cast<double>(age), curve.completed(age), ends.low, ends.high}));
  }
  return points;
}

}  // namespace

Object completion_json(const CohortCompletion& made) {
  Json ages = Json::array(), cohorts = Json::array();
  for (const double share : kShares) {
    Object one;
    append(ages, std::move(one.put("share", share).put("days", std::int64_t{made.curve.age_of(share)})));
  }
  for (const EntryCohort& cohort : made.cohorts) append(cohorts, cohort_json(cohort));
  Object left;
  left.put("rows", made.rows).put("repeats", made.repeats).put("filtered", made.filtered).put("untold", made.untold).put("not_entered", made.not_entered);
  left.put("undated", made.undated).put("outside", made.outside).put("converted_undated", made.converted_undated).put("out_of_order", made.out_of_order);
  Object json;
  json.put("from", stage_id(made.step.from)).put("to", stage_id(made.step.to)).put("conversions", made.curve.conversions());
  json.put("longest", std::int64_t{made.curve.longest()}).put("curve", curve_json(made.curve)).put("ages", std::move(ages)).put("cohorts", std::move(cohorts));
  json.put_date("first_converted", made.first_converted).put("expected_before", approximate(made.expected_before));
  if (made.earlier.entered == 0) json.put_null("earlier");
  else json.put("earlier", cohort_json(made.earlier));
  return std::move(json.put("left_out", std::move(left)));
}

}  // namespace kpi
