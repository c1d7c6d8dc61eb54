#include "core/models/score_groups.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kpi {

Outcome<ScoreGroups> group_by_score(std::span<const double> scores, std::span<const std::uint8_t> outcomes) {
  if (scores.size() != outcomes.size()) return Undefined{"out_of_range", {}};
  if (scores.empty()) return Undefined{"no_rows", {}};
  std::vector<std::pair<double, bool>> people;
  people.reserve(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!std::isfinite(scores[i])) return Undefined{"not_finite", {}};
    people.emplace_back(scores[i], outcomes[i] != 0);
  }
  std::sort(people.begin(), people.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  ScoreGroups all;
  for (const auto& [score, has_converted] : people) {
    if (all.groups.empty() || all.groups.back().score != score) all.groups.push_back({score, 0, 0});
    ++(has_converted ? all.groups.back().converted : all.groups.back().others);
    ++(has_converted ? all.converted : all.others);
  }
  if (all.converted == 0) return Undefined{"no_conversions", {}};
  if (all.others == 0) return Undefined{"all_converted", {}};
  return all;
}

}  // namespace kpi
