// The other way round: which value of one measure gives a KPI the value that is wanted.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/engine/report.h"

namespace kpi {

/// Shape   `values`: every value of the measure from 0 on that gives the target, ascending; empty with a reason. `now`: what the measure
///         and the KPI are today, where they are known: inputs that already determine the KPI contradict another target.
/// Units   `target` and the values as the KPI and the measure have them (shares 0..1); money in the currency of the other inputs.
/// Errors  reason: "not_an_input" {measure} where the KPI does not depend on it, "no_solution" {measure} where no value from 0 on gives the
///         target, "too_complex" {measure} where the KPI is no ratio of polynomials of degree 12 or less in it, and the reasons of
///         the KPI's other inputs ("missing_input" with all that are missing, "denominator_zero", "currency_mixed" ...).
/// Cost    O(nodes) for the usual formula, in which the measure stands once.
struct Solution {
  const Kpi* kpi;
  const Measure* measure;
  double target;
  std::vector<double> values;
  Undefined reason;  // code empty: there are values
  Value kpi_now, measure_now;
};

/// Over the whole window of the request, with its filters. Errors: kpi_unknown{id,nearest}, measure_unknown{text,nearest,rows} and
/// those of make_report.
Result<Solution> solve(const Dataset& dataset, const ReportRequest& request, std::string_view kpi_id, std::string_view measure_id, double target);

/// The same over given values of measures, by the formula in force. `value_of` answers for measures, `formula_of` for KPIs (null for measures).
Solution solve_formula(const Kpi& kpi, const Expression& in_force, const Measure& measure, double target, const Lookup& value_of,
                       const std::function<const Expression*(std::string_view)>& formula_of);

}  // namespace kpi
