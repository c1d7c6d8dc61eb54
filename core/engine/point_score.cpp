#include "core/engine/point_score.h"

#include <algorithm>
#include <cmath>

namespace kpi {
namespace {

struct Judged {
  std::vector<std::size_t> leads;  // of the block of known outcomes
  std::vector<double> points;
  std::vector<std::uint8_t> outcomes;
};

template <class T>
std::optional<T> known(const Outcome<T>& outcome) {
  return outcome.ok() ? std::optional<T>(outcome.value()) : std::nullopt;
}

/// The day on which a lead's points are judged, or nothing where it is left out, and counted.
std::optional<Day> own_day(const ScoredLeads& leads, std::size_t i, std::int32_t after, PointScore& out) {
  if (leads.created[i] == kNoDay) {
    ++out.undated;
    return std::nullopt;
  }
  const Day day = leads.created[i] + after;
  if (leads.data_last != kNoDay && day > leads.data_last) {
    ++out.unwatched;
    return std::nullopt;
  }
  if (leads.decided[i] != kNoDay && leads.decided[i] <= day) {
    ++out.decided;
    return std::nullopt;
  }
  out.undated_outcomes += leads.outcomes[i] != 0 && leads.decided[i] == kNoDay ? 1U : 0U;
  return day;
}

Judged judge(const ScoredLeads& leads, const LeadPoints& points, const PointSettings& settings, PointScore& out) {
  Judged judged;
  std::vector<double> by_rule;
  for (std::size_t i = 0; i < leads.size(); ++i) {
    const std::optional<Day> day = points.has_activities() ? own_day(leads, i, settings.judged_after, out) : leads.created[i];
    if (!day) continue;
    judged.leads.push_back(i);
    judged.points.push_back(points.of(leads, i, *day, by_rule));
    judged.outcomes.push_back(leads.outcomes[i]);
    out.converted += leads.outcomes[i];
    for (std::size_t r = 0; r < by_rule.size(); ++r) out.matched[r] += by_rule[r] != 0 ? 1U : 0U;
  }
  out.judged = judged.leads.size();
  return judged;
}

/// The points of the judged leads from `first` on against another figure of theirs, where it is known.
std::optional<AucDifference> against(const Judged& judged, const std::vector<double>& other, std::size_t first) {
  std::vector<double> points, others;
  std::vector<std::uint8_t> outcomes;
  for (std::size_t k = 0; k < judged.leads.size(); ++k) {
    if (judged.leads[k] < first || std::isnan(other[judged.leads[k] - first])) continue;
    points.push_back(judged.points[k]);
    others.push_back(other[judged.leads[k] - first]);
    outcomes.push_back(judged.outcomes[k]);
  }
  return known(compare_areas(points, others, outcomes));
}

std::vector<double> limits_of(const Judged& judged, const PointSettings& settings) {
  if (!settings.bands.empty()) return settings.bands;
  const auto [least, greatest] = std::minmax_element(judged.points.begin(), judged.points.end());
  std::vector<double> limits;
  for (int step = 3; step >= 1 && *least < *greatest; --step) limits.push_back(*least + (*greatest - *least) * step / 4);
  return limits;
}

Outcome<JudgedPoints> result_of(const ScoredLeads& leads, const Judged& judged, const PointSettings& settings, const FittedScore* fitted) {
  if (!leads.has_outcome) return Undefined{"missing_input", {"new_customers"}};
  const Outcome<ScoreGroups> groups = group_by_score(judged.points, judged.outcomes);
  if (!groups.ok()) return groups.reason();
  const Outcome<Auc> auc = area_under_curve(groups.value());
  if (!auc.ok()) return auc.reason();
  JudgedPoints out;
  out.auc = auc.value();
  out.limits = limits_of(judged, settings);
  const Outcome<std::vector<ScoreBand>> bands = conversion_by_band(groups.value(), out.limits);
  if (bands.ok()) out.bands = bands.value();
  const std::size_t split = first_held(leads);
  const auto held = static_cast<std::size_t>(std::lower_bound(judged.leads.begin(), judged.leads.end(), split) - judged.leads.begin());
  out.held_auc = known(area_under_curve(std::span<const double>(judged.points).subspan(held), std::span<const std::uint8_t>(judged.outcomes).subspan(held)));
  if (settings.qualified_at) out.qualified = confusion_at(groups.value(), *settings.qualified_at);
  if (settings.capacity > 0) out.capacity = threshold_for_capacity(groups.value(), settings.capacity);
  out.against_file = against(judged, leads.scores, 0);
  if (fitted != nullptr) out.against_fitted = against(judged, fitted->chances, split);
  return out;
}

void add_listed(const LeadBlock& block, Day today, const LeadPoints& points, const PointSettings& settings, PointScore& out) {
  std::vector<double> by_rule;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const bool is_open = block.states[i] == LeadState::kOpen;
    if (!is_open && !settings.is_list_of_all) continue;
    ListedLead lead{&block, i, points.of(block, i, today, by_rule), {}};
    if (is_open) {
      ++out.open;
      if (out.result.ok() && !out.result.value().bands.empty()) ++out.open_by_band[band_of(lead.points, out.result.value().limits)];
      if (out.open_qualified && lead.points >= *settings.qualified_at) ++*out.open_qualified;
    }
    out.list.push_back(std::move(lead));
  }
}

bool comes_first(const ListedLead& a, const ListedLead& b) {
  if (a.points != b.points) return a.points > b.points;
  const Day created_a = a.block->created[a.lead], created_b = b.block->created[b.lead];
  if (created_a != created_b) return created_a > created_b;
  const Dataset::RowReference &row_a = a.block->rows[a.lead], &row_b = b.block->rows[b.lead];
  return row_a.table->file != row_b.table->file ? row_a.table->file < row_b.table->file : row_a.row < row_b.row;
}

}  // namespace

std::size_t band_of(double points, const std::vector<double>& limits) {
  return static_cast<std::size_t>(std::find_if(limits.begin(), limits.end(), [&](double limit) { return points >= limit; }) - limits.begin());
}

PointScore score_by_points(const Dataset& dataset, const ScoredLeads& leads, const PointSettings& settings, const FittedScore* fitted) {
  PointScore out;
  const LeadPoints points(dataset, leads, settings.rules);
  out.uses = points.uses();
  out.matched.assign(settings.rules.size(), 0);
  out.untied = points.untied();
  out.undated_activities = points.undated();
  if (std::find(out.uses.begin(), out.uses.end(), RuleUse::kUsed) == out.uses.end()) {
    out.result = Undefined{"no_usable_rule", {}};
    return out;
  }
  const Judged judged = judge(leads, points, settings, out);
  out.result = result_of(leads, judged, settings, fitted);
  if (out.result.ok()) out.open_by_band.assign(out.result.value().bands.size(), 0);
  if (settings.qualified_at) out.open_qualified = 0;
  add_listed(leads, leads.data_last, points, settings, out);
  add_listed(leads.undecided, leads.data_last, points, settings, out);
  out.listable = out.list.size();
  const std::size_t shown = std::min(settings.listed, out.list.size());
  std::partial_sort(out.list.begin(), out.list.begin() + static_cast<std::ptrdiff_t>(shown), out.list.end(), comes_first);
  out.list.resize(shown);
  // The rules of the leads that are shown only: for all of them that would be much memory.
  std::vector<double> by_rule;
  for (ListedLead& lead : out.list) {
    points.of(*lead.block, lead.lead, leads.data_last, by_rule);
    for (std::size_t r = 0; r < by_rule.size(); ++r) {
      if (by_rule[r] != 0) lead.by_rule.emplace_back(r, by_rule[r]);
    }
  }
  return out;
}

}  // namespace kpi
