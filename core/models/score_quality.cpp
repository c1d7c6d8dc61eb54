#include "core/models/score_quality.h"

#include <cmath>

#include "core/base/sum.h"

namespace kpi {
namespace {

double share(std::size_t part, std::size_t whole) { return static_cast<double>(part) / static_cast<double>(whole); }

/// `above` converted and others are selected.
Confusion confusion_of(const ScoreGroups& people, double threshold, std::size_t converted, std::size_t others) {
  Confusion c{};
  c.threshold = threshold;
  c.true_positives = converted;
  c.false_positives = others;
  c.false_negatives = people.converted - converted;
  c.true_negatives = people.others - others;
  c.selected = converted + others;
  if (c.selected > 0) c.precision = share(converted, c.selected);
  c.recall = share(converted, people.converted);
  c.specificity = share(c.true_negatives, people.others);
  c.accuracy = share(converted + c.true_negatives, people.converted + people.others);
  c.f1 = 2 * static_cast<double>(converted) / static_cast<double>(c.selected + people.converted);
  const std::size_t left_out = c.false_negatives + c.true_negatives;
  if (c.selected > 0 && left_out > 0) {
    const double right = static_cast<double>(c.true_positives) * static_cast<double>(c.true_negatives);
    const double wrong = static_cast<double>(c.false_positives) * static_cast<double>(c.false_negatives);
    const double sides = std::sqrt(static_cast<double>(people.converted)) * std::sqrt(static_cast<double>(people.others));
    c.matthews = (right - wrong) / (std::sqrt(static_cast<double>(c.selected)) * std::sqrt(static_cast<double>(left_out)) * sides);
  }
  return c;
}

}  // namespace

KolmogorovSmirnov kolmogorov_smirnov(const ScoreGroups& people) {
  KolmogorovSmirnov best{0, people.groups.back().score};
  const double all_converted = static_cast<double>(people.converted), all_others = static_cast<double>(people.others);
  double converted = 0, others = 0, most = 0;
  for (std::size_t i = people.groups.size(); i-- > 0;) {
    converted += static_cast<double>(people.groups[i].converted);
    others += static_cast<double>(people.groups[i].others);
    // Whole numbers: equal distances are equal.
    const double distance = std::fabs(converted * all_others - others * all_converted);
    if (distance <= most) continue;
    most = distance;
    best = {distance / (all_converted * all_others), people.groups[i].score};
  }
  return best;
}

double average_precision(const ScoreGroups& people) {
  Sum sum;
  std::size_t converted = 0, selected = 0;
  for (std::size_t i = people.groups.size(); i-- > 0;) {
    const ScoreGroup& g = people.groups[i];
    converted += g.converted;
    selected += g.converted + g.others;
    sum.add(static_cast<double>(g.converted) * share(converted, selected));
  }
  return sum.value() / static_cast<double>(people.converted);
}

Confusion confusion_at(const ScoreGroups& people, double threshold) {
  std::size_t converted = 0, others = 0;
  for (std::size_t i = people.groups.size(); i-- > 0 && people.groups[i].score >= threshold;) {
    converted += people.groups[i].converted;
    others += people.groups[i].others;
  }
  return confusion_of(people, threshold, converted, others);
}

Outcome<Confusion> threshold_for_capacity(const ScoreGroups& people, std::size_t capacity) {
  if (capacity == 0 || people.groups.empty()) return Undefined{"out_of_range", {}};
  std::size_t converted = 0, others = 0, i = people.groups.size();
  while (i > 0 && converted + others + people.groups[i - 1].converted + people.groups[i - 1].others <= capacity) {
    --i;
    converted += people.groups[i].converted;
    others += people.groups[i].others;
  }
  if (i == people.groups.size()) return Undefined{"ties_exceed_capacity", {}};
  return confusion_of(people, people.groups[i].score, converted, others);
}

Outcome<std::vector<ScoreBand>> conversion_by_band(const ScoreGroups& people, std::span<const double> limits) {
  for (std::size_t k = 0; k < limits.size(); ++k) {
    if (!std::isfinite(limits[k])) return Undefined{"not_finite", {}};
    if (k > 0 && limits[k] >= limits[k - 1]) return Undefined{"out_of_range", {}};
  }
  std::vector<ScoreBand> bands;
  std::size_t i = people.groups.size();
  for (std::size_t k = 0; k <= limits.size(); ++k) {
    ScoreBand band{};
    if (k < limits.size()) band.from = limits[k];
    for (; i > 0 && (!band.from || people.groups[i - 1].score >= *band.from); --i) {
      band.converted += people.groups[i - 1].converted;
      band.people += people.groups[i - 1].converted + people.groups[i - 1].others;
    }
    if (band.people > 0) {
      band.rate = share(band.converted, band.people);
      band.interval = wilson_interval(static_cast<double>(band.converted), static_cast<double>(band.people));
    }
    bands.push_back(band);
  }
  return bands;
}

}  // namespace kpi
