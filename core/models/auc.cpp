#include "core/models/auc.h"

#include <algorithm>
#include <cmath>

#include "core/base/sum.h"
#include "core/models/special_functions.h"

namespace kpi {

Outcome<Auc> area_under_curve(const ScoreGroups& people, double confidence) {
  if (!(confidence > 0 && confidence < 1)) return Undefined{"out_of_range", {}};
  const double converted = static_cast<double>(people.converted), others = static_cast<double>(people.others);
  if (!(converted > 0)) return Undefined{"no_conversions", {}};
  if (!(others > 0)) return Undefined{"all_converted", {}};
  // Per person the share of the other side that it beats (DeLong's structural components) is the same within a group.
  Sum wins;
  double others_below = 0;
  for (const ScoreGroup& g : people.groups) {
    wins.add(static_cast<double>(g.converted) * (others_below + 0.5 * static_cast<double>(g.others)));
    others_below += static_cast<double>(g.others);
  }
  const double value = wins.value() / (converted * others);
  Auc auc{value, 2 * value - 1, std::nullopt, std::nullopt};
  if (converted < 2 || others < 2) return auc;
  Sum squares_of_converted, squares_of_others;
  others_below = 0;
  double converted_above = converted;
  for (const ScoreGroup& g : people.groups) {
    const double in_converted = static_cast<double>(g.converted), in_others = static_cast<double>(g.others);
    converted_above -= in_converted;
    const double of_converted = (others_below + 0.5 * in_others) / others - value;
    const double of_others = (converted_above + 0.5 * in_converted) / converted - value;
    squares_of_converted.add(in_converted * of_converted * of_converted);
    squares_of_others.add(in_others * of_others * of_others);
    others_below += in_others;
  }
  const double variance = squares_of_converted.value() / (converted - 1) / converted + squares_of_others.value() / (others - 1) / others;
  if (!(variance > 0)) return auc;
  const double error = std::sqrt(variance), reach = normal_quantile(0.5 + confidence / 2) * error;
  auc.standard_error = error;
  auc.interval = Interval{std::max(value - reach, 0.0), std::min(value + reach, 1.0)};
  return auc;
}

Outcome<Auc> area_under_curve(std::span<const double> scores, std::span<const std::uint8_t> outcomes, double confidence) {
  const Outcome<ScoreGroups> people = group_by_score(scores, outcomes);
  return people.ok() ? area_under_curve(people.value(), confidence) : people.reason();
}

}  // namespace kpi
