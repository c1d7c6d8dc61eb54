#include "core/engine/score_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

#include "core/base/sum.h"

namespace kpi {
namespace {

/// No later than `at`, where a day begins.
std::size_t first_of_day(const ScoredLeads& leads, std::size_t at) {
  while (at > 0 && leads.created[at - 1] == leads.created[at]) --at;
  return at;
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

Outcome<Confusion> called(std::span<const double> scores, std::span<const std::uint8_t> outcomes, std::size_t capacity) {
  const Outcome<ScoreGroups> groups = group_by_score(scores, outcomes);
  return groups.ok() ? threshold_for_capacity(groups.value(), capacity) : Outcome<Confusion>(groups.reason());
}

template <class T>
std::optional<T> known(const Outcome<T>& outcome) {
  return outcome.ok() ? std::optional<T>(outcome.value()) : std::nullopt;
}

/// The leads from `first` on that have a score, with a second figure of theirs where there is one.
struct Scored {
  std::vector<double> scores, others;
  std::vector<std::uint8_t> outcomes;
};
Scored with_score(const ScoredLeads& leads, std::size_t first, std::span<const double> others = {}) {
  Scored scored;
  for (std::size_t i = first; i < leads.size(); ++i) {
    if (std::isnan(leads.scores[i])) continue;
    scored.scores.push_back(leads.scores[i]);
    scored.outcomes.push_back(leads.outcomes[i]);
    if (!others.empty()) scored.others.push_back(others[i - first]);
  }
  return scored;
}

/// Where days begin near the shares of the fitted part, and enough leads lie before to fit to.
std::vector<std::size_t> penalty_cuts(const ScoredLeads& leads, std::size_t fitted) {
  std::vector<std::size_t> cuts;
  for (const double share : kPenaltyCuts) {
    const std::size_t cut = first_of_day(leads, static_cast<std::size_t>(std::floor(static_cast<double>(fitted) * share)));
    if (has_enough(converted_of(std::span(leads.outcomes).first(cut)), cut) && (cuts.empty() || cut > cuts.back())) cuts.push_back(cut);
  }
  return cuts;
}

/// Of the fitted part alone: the part held out must not have a say.
void choose_penalty_of(FittedScore& out, const ScoredLeads& leads, const std::vector<std::vector<double>>& columns, std::span<const std::uint8_t> outcomes) {
  const std::vector<std::size_t> cuts = penalty_cuts(leads, outcomes.size());
  if (cuts.empty()) return;
  const Outcome<PenaltyChoice> choice = choose_penalty(columns, outcomes, cuts, kScorePenalties);
  if (!choice.ok()) return;
  out.choice = choice.value();
  out.penalty = choice.value().l2;
}

/// Columns of a design: the traits of a lead as 0 and 1, and its score.
class Design {
 public:
  Design(const ScoredLeads& leads, std::size_t fitted, bool is_score_used) : leads_(leads), fitted_(fitted) {
    for (std::size_t trait = 0; trait < leads.traits.size(); ++trait) add_trait(trait);
    if (is_score_used) add_score();
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

  /// Leads without a score stand at the mean of the others, and have a column of their own where they are many.
  void add_score() {
    Sum sum;
    std::size_t count = 0;
    double least = std::numeric_limits<double>::infinity(), greatest = -least;
    for (std::size_t i = 0; i < fitted_; ++i) {
      const double score = leads_.scores[i];
      if (std::isnan(score)) continue;
      sum.add(score);
      ++count;
      least = std::min(least, score);
      greatest = std::max(greatest, score);
    }
    if (!(least < greatest)) return;
    const double mean = sum.value() / static_cast<double>(count);
    std::vector<double> column = leads_.scores, unknown(column.size(), 0);
    for (std::size_t i = 0; i < column.size(); ++i) {
      if (!std::isnan(column[i])) continue;
      column[i] = mean;
      unknown[i] = 1;
    }
    FittedTrait score;
    score.field = "score";
    score.leads = count;
    columns_.push_back(std::move(column));
    traits_.push_back(score);
    if (fitted_ - count < kLeastOfValue) return;
    score.key = "unknown";
    score.leads = fitted_ - count;
    columns_.push_back(std::move(unknown));
    traits_.push_back(std::move(score));
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

std::size_t first_held(const ScoredLeads& leads) {
  const std::size_t n = leads.created.size();
  const std::size_t first = n - static_cast<std::size_t>(std::floor(static_cast<double>(n) * kHeldOut));
  if (first >= n) return n;
  const std::size_t held = first_of_day(leads, first);
  return leads.created[held] == kNoDay ? n : held;
}

Outcome<FileScore> judge_file_score(const ScoredLeads& leads, const ScoringSettings& settings) {
  if (!leads.has_score) return Undefined{"missing_input", {"scored_leads"}};
  if (!leads.has_outcome) return Undefined{"missing_input", {"new_customers"}};
  const Scored scored = with_score(leads, 0);
  const Outcome<ScoreGroups> groups = group_by_score(scored.scores, scored.outcomes);
  if (!groups.ok()) return groups.reason();
  const Outcome<Auc> auc = area_under_curve(groups.value());
  if (!auc.ok()) return auc.reason();
  FileScore score;
  score.auc = auc.value();
  const Outcome<std::vector<GainsBin>> gains = gains_table(scored.scores, scored.outcomes, std::min<std::size_t>(10, scored.scores.size()));
  if (gains.ok()) score.gains = gains.value();
  const std::vector<double> limits = limits_of(scored.scores);
  const Outcome<std::vector<ScoreBand>> bands = conversion_by_band(groups.value(), limits);
  if (bands.ok()) score.bands = bands.value();
  if (settings.capacity > 0) score.capacity = threshold_for_capacity(groups.value(), settings.capacity);
  return score;
}

Outcome<FittedScore> fit_score(const ScoredLeads& leads, const ScoringSettings& settings) {
  if (!leads.has_outcome) return Undefined{"missing_input", {"new_customers"}};
  FittedScore out;
  const std::size_t n = leads.size(), split = first_held(leads);
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
  choose_penalty_of(out, leads, known_part, before);
  options.l2 = out.penalty;
  const Outcome<LogisticRegression> fitted = fit_logistic_regression(known_part, before, options);
  if (!fitted.ok()) return fitted.reason();
  out.traits = std::move(design.traits());
  out.references = std::move(design.references());
  for (std::size_t i = 0; i < out.traits.size(); ++i) out.traits[i].coefficient = fitted.value().features[i];
  out.chances = predict_all(fitted.value(), held_part);
  // Cut where exp differs from one platform to the next, so that equal chances are equal.
  for (double& chance : out.chances) chance = std::round(chance * 1e12) / 1e12;
  out.auc = known(area_under_curve(out.chances, after));
  out.quality = known(calibration(out.chances, after, 5));
  const Scored scored = with_score(leads, split, out.chances);
  out.file_auc = known(area_under_curve(scored.scores, scored.outcomes));
  out.against_file = known(compare_areas(scored.others, scored.scores, scored.outcomes));
  if (settings.capacity > 0) {
    out.capacity = called(out.chances, after, settings.capacity);
    out.file_capacity = called(scored.scores, scored.outcomes, settings.capacity);
  }
  const double rate = static_cast<double>(out.fitted_converted) / static_cast<double>(out.fitted);
  const double held_rate = static_cast<double>(out.held_converted) / static_cast<double>(out.held);
  out.base_brier = held_rate * (1 - rate) * (1 - rate) + (1 - held_rate) * rate * rate;
  return out;
}

}  // namespace kpi
