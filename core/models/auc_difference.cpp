#include "core/models/auc_difference.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/sum.h"
#include "core/models/score_bins.h"
#include "core/models/score_groups.h"
#include "core/models/special_functions.h"

namespace kpi {
namespace {

/// Per person the number of the other side that the score puts on the right side of it, equals one half: DeLong's structural components, not divided yet.
std::vector<double> right_pairs(std::span<const double> scores, std::span<const std::uint8_t> outcomes, double converted) {
  const std::vector<std::size_t> order = order_by_score(scores, ScoreOrder::kRising);
  std::vector<double> pairs(scores.size());
  double others_below = 0, converted_above = converted;
  for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
    double in_converted = 0, in_others = 0;
    for (end = first; end < order.size() && scores[order[end]] == scores[order[first]]; ++end) ++(outcomes[order[end]] != 0 ? in_converted : in_others);
    converted_above -= in_converted;
    for (std::size_t i = first; i < end; ++i) pairs[order[i]] = outcomes[order[i]] != 0 ? others_below + in_others / 2 : converted_above + in_converted / 2;
    others_below += in_others;
  }
  return pairs;
}

}  // namespace

Outcome<AucDifference> compare_areas(std::span<const double> first, std::span<const double> second, std::span<const std::uint8_t> outcomes, double confidence) {
  if (!(confidence > 0 && confidence < 1) || first.size() != second.size()) return Undefined{"out_of_range", {}};
  for (const std::span<const double> scores : {first, second}) {
    const Outcome<ScoreGroups> people = group_by_score(scores, outcomes);
    if (!people.ok()) return people.reason();
  }
  const double converted = static_cast<double>(std::count_if(outcomes.begin(), outcomes.end(), [](std::uint8_t y) { return y != 0; }));
  const double others = static_cast<double>(outcomes.size()) - converted;
  const std::vector<double> of_first = right_pairs(first, outcomes, converted), of_second = right_pairs(second, outcomes, converted);
  // Whole and half numbers: sums of pairs are exact.
  double right_first = 0, right_second = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes[i] == 0) continue;
    right_first += of_first[i];
    right_second += of_second[i];
  }
  const double pairs = converted * others;
  AucDifference result{outcomes.size(), right_first / pairs, right_second / pairs, (right_first - right_second) / pairs, {}, {}, {}, {}};
  if (converted < 2 || others < 2) return result;
  Sum squares_of_converted, squares_of_others;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const bool has_converted = outcomes[i] != 0;
    const double distance = (of_first[i] - of_second[i]) / (has_converted ? others : converted) - result.difference;
    (has_converted ? squares_of_converted : squares_of_others).add(distance * distance);
  }
  const double variance = squares_of_converted.value() / (converted - 1) / converted + squares_of_others.value() / (others - 1) / others;
  // What rounding leaves of no spread at all is none.
  if (!(variance > 1e-24)) return result;
  const double error = std::sqrt(variance), reach = normal_quantile(0.5 + confidence / 2) * error;
  result.standard_error = error;
  result.z = result.difference / error;
  result.p = std::min(2 * normal_upper(std::fabs(*result.z)), 1.0);
  result.interval = Interval{std::max(result.difference - reach, -1.0), std::min(result.difference + reach, 1.0)};
  return result;
}

}  // namespace kpi
