#include "core/engine/score_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

#include "core/models/point_rules.h"

namespace kpi {
namespace {

/// The first lead held out: the last 30 % by day of creation, all leads of a day on the same side; undated leads are fitted to. As many as there are: no split.
std::size_t first_held(const ScoredLeads& leads) {
  const std::size_t n = leads.created.size();
  if (n == 0) return 0;
  std::size_t first = n - static_cast<std::size_t>(std::floor(static_cast<double>(n) * kHeldOut));
  if (first >= n) return n;
  while (first > 0 && leads.created[first - 1] == leads.created[first]) --first;
  return leads.created[first] == kNoDay ? n : first;
}

std::size_t converted_of(std::span<const std::uint8_t> outcomes) {
  return static_cast<std::size_t>(std::count(outcomes.begin(), outcomes.end(), std::uint8_t{1}));
}

bool has_enough(std::size_t converted, std::size_t people) { return converted >= kLeastConverted && people - converted >= kLeastConverted; }

std::vector<double> limits_of(const std::vector<double>& scores) {
  const auto [least, greatest] = std::minmax_element(scores.begin(), scores.end());
  std::vector<double> limits;
  const bool is_of_hundred = *least >= 0 && *greatest <= 100 && *greatest > 1;
  for (int step = 4; step >= 1; --step) limits.push_back(is_of_hundred ? step * 20.0 : *least + (*greatest - *least) * step / 5);
  return limits;
}

template <class T>
std::optional<T> known(const Outcome<T>& outcome) {
  return outcome.ok() ? std::optional<T>(outcome.value()) : std::nullopt;
}

/// Columns of a design: the traits of a lead as 0 and 1, and its score.
class Design {
 public:
  Design(const ScoredLeads& leads, std::size_t fitted, bool is_score_used) : leads_(leads), fitted_(fitted) {
    for (std::size_t trait = 0; trait < leads.traits.size(); ++trait) add_trait(trait);
    const auto begin = leads.scores.begin();
    const auto end = begin + static_cast<std::ptrdiff_t>(fitted);
    if (!is_score_used || fitted == 0 || std::all_of(begin, end, [&](double score) { return score == *begin; })) return;
    columns_.push_back(leads.scores);
    FittedTrait score;
    score.field = "score";
    score.leads = fitted;
    traits_.push_back(std::move(score));
  }
  const std::vector<std::vector<double>>& columns() const { return columns_; }
  std::vector<FittedTrait>& traits() { return traits_; }
  std::vector<FittedTrait>& references() { return references_; }

 private:
  FittedTrait named(std::size_t trait, std::uint32_t member, std::size_t count) const {
    const Dimension& dimension = *leads_.traits[trait];
    FittedTrait named;
    named.field = dimension.id();
    named.leads = count;
    if (member == Dimension::kBlank) return named;
    const Member& of = dimension.members()[member];
    named.key = of.key;
    named.label = of.label;
    named.is_canonical = of.is_canonical;
    return named;
  }

  void add_column(const FittedTrait& trait, const std::vector<std::uint32_t>& members, const std::vector<std::uint32_t>& wanted) {
    std::vector<double> column(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) column[i] = std::find(wanted.begin(), wanted.end(), members[i]) != wanted.end() ? 1 : 0;
    // Two traits that say the same, as a channel and its source, are one.
    if (std::find(columns_.begin(), columns_.end(), column) != columns_.end()) return;
    columns_.push_back(std::move(column));
    traits_.push_back(trait);
  }

  void add_trait(std::size_t trait) {
    const std::vector<std::uint32_t>& members = leads_.members[trait];
    std::vector<std::size_t> counts(leads_.traits[trait]->members().size(), 0);
    for (std::size_t i = 0; i < fitted_; ++i) ++counts[members[i]];
    std::vector<std::uint32_t> order(counts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return counts[a] > counts[b]; });
    std::vector<std::uint32_t> kept, rare;
    std::size_t of_rare = 0;
    for (const std::uint32_t member : order) {
      if (member != Dimension::kBlank && counts[member] >= kLeastOfValue && kept.size() < kMostValues) {
        kept.push_back(member);
      } else {
        rare.push_back(member);
        of_rare += counts[member];
      }
    }
    if (kept.empty() || (kept.size() == 1 && of_rare < kLeastOfValue)) return;  // alike for nearly everybody
    references_.push_back(named(trait, kept.front(), counts[kept.front()]));
    for (std::size_t k = 1; k < kept.size(); ++k) add_column(named(trait, kept[k], counts[kept[k]]), members, {kept[k]});
    if (of_rare >= kLeastOfValue) add_column(named(trait, Dimension::kBlank, of_rare), members, rare);
  }

  const ScoredLeads& leads_;
  std::size_t fitted_;
  std::vector<std::vector<double>> columns_;
  std::vector<FittedTrait> traits_, references_;
};

}  // namespace

Outcome<FileScore> judge_file_score(const ScoredLeads& leads, const ScoringSettings& settings) {
  const Outcome<ScoreGroups> groups = group_by_score(leads.scores, leads.outcomes);
  if (!groups.ok()) return groups.reason();
  const Outcome<Auc> auc = area_under_curve(groups.value());
  if (!auc.ok()) return auc.reason();
  FileScore score;
  score.auc = auc.value();
  const Outcome<std::vector<GainsBin>> gains = gains_table(leads.scores, leads.outcomes, std::min<std::size_t>(10, leads.scores.size()));
  if (gains.ok()) score.gains = gains.value();
  const std::vector<double> limits = limits_of(leads.scores);
  const Outcome<std::vector<ScoreBand>> bands = conversion_by_band(groups.value(), limits);
  if (bands.ok()) score.bands = bands.value();
  if (settings.capacity > 0) score.capacity = threshold_for_capacity(groups.value(), settings.capacity);
  return score;
}

Outcome<FittedScore> fit_score(const ScoredLeads& leads, const ScoringSettings& settings) {
  FittedScore out;
  const std::size_t n = leads.scores.size(), split = first_held(leads);
  const std::span<const std::uint8_t> all(leads.outcomes), before = all.first(split), after = all.subspan(split);
  out.fitted = split;
  out.held = n - split;
  out.fitted_converted = converted_of(before);
  out.held_converted = converted_of(after);
  if (!has_enough(out.fitted_converted, out.fitted) || !has_enough(out.held_converted, out.held)) return Undefined{"too_few_rows", {}};
  out.split = leads.created[split];
  Design design(leads, split, settings.is_score_used);
  if (design.columns().empty()) return Undefined{"no_rows", {}};
  std::vector<std::vector<double>> known_part, held_part;
  for (const std::vector<double>& column : design.columns()) {
    known_part.emplace_back(column.begin(), column.begin() + static_cast<std::ptrdiff_t>(split));
    held_part.emplace_back(column.begin() + static_cast<std::ptrdiff_t>(split), column.end());
  }
  LogisticOptions options;
  options.l2 = kScorePenalty;
  const Outcome<LogisticRegression> fitted = fit_logistic_regression(known_part, before, options);
  if (!fitted.ok()) return fitted.reason();
  out.traits = std::move(design.traits());
  out.references = std::move(design.references());
  for (std::size_t i = 0; i < out.traits.size(); ++i) out.traits[i].coefficient = fitted.value().features[i];
  const std::vector<double> chances = predict_all(fitted.value(), held_part);
  out.auc = known(area_under_curve(chances, after));
  out.file_auc = known(area_under_curve(std::span<const double>(leads.scores).subspan(split), after));
  out.quality = known(calibration(chances, after, 5));
  const double rate = static_cast<double>(out.fitted_converted) / static_cast<double>(out.fitted);
  const double held_rate = static_cast<double>(out.held_converted) / static_cast<double>(out.held);
  out.base_brier = held_rate * (1 - rate) * (1 - rate) + (1 - held_rate) * rate * rate;
  return out;
}

Outcome<PointScore> judge_points(const ScoredLeads& leads, const ScoringSettings& settings) {
  if (settings.rules.empty()) return Undefined{"no_rows", {}};
  PointScore out;
  std::vector<PointRule> rules;
  for (const PointsOfValue& rule : settings.rules) {
    const auto found = std::find_if(leads.traits.begin(), leads.traits.end(), [&](const auto& trait) { return trait->id() == rule.field; });
    if (found == leads.traits.end()) return Undefined{"out_of_range", {}};
    // A value that no lead has is a rule that nobody meets.
    const auto member = static_cast<double>((*found)->find(rule.key));
    rules.push_back({static_cast<std::size_t>(found - leads.traits.begin()), Comparison::kEquals, member, rule.points});
  }
  out.matched.assign(rules.size(), 0);
  std::vector<double> values(leads.traits.size()), points(leads.scores.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t trait = 0; trait < values.size(); ++trait) values[trait] = leads.members[trait][i];
    points[i] = points_of_fields(values, rules);
    for (std::size_t r = 0; r < rules.size(); ++r) out.matched[r] += values[rules[r].field] == rules[r].limit ? 1U : 0U;
  }
  const Outcome<ScoreGroups> groups = group_by_score(points, leads.outcomes);
  if (!groups.ok()) return groups.reason();
  const Outcome<Auc> auc = area_under_curve(groups.value());
  if (!auc.ok()) return auc.reason();
  out.auc = auc.value();
  const std::size_t split = first_held(leads);
  out.held_auc = known(area_under_curve(std::span<const double>(points).subspan(split), std::span<const std::uint8_t>(leads.outcomes).subspan(split)));
  if (settings.qualified_at) out.qualified = confusion_at(groups.value(), *settings.qualified_at);
  return out;
}

}  // namespace kpi
