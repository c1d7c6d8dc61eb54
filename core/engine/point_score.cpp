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

/// The points of the judged leads that `other` knows, against it.
template <class Other>
std::optional<AucDifference> against(const Judged& judged, const Other& other) {
  std::vector<double> points, others;
  std::vector<std::uint8_t> outcomes;
  for (std::size_t k = 0; k < judged.leads.size(); ++k) {
    const std::optional<double> value = other(judged.leads[k]);
    if (!value) continue;
    points.push_back(judged.points[k]);
    others.push_back(*value);
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
  out.against_file = against(judged, [&](std::size_t i) { return std::isnan(leads.scores[i]) ? std::nullopt : std::optional<double>(leads.scores[i]); });
  if (fitted == nullptr) return out;
  out.against_fitted = against(judged, [&](std::size_t i) { return i < split ? std::nullopt : std::optional<double>(fitted->chances[i - split]); });
  return out;
}

void add_listed(const LeadBlock& block, Day today, const LeadPoints& points, const PointSettings& settings, PointScore& out) {
  std::vector<double> by_rule;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const bool is_open = block.states[i] == LeadState::kOpen;
    if (!is_open && !settings.is_list_of_all) continue;
    ListedLead lead{block.rows[i], block.created[i], block.states[i], points.of(block, i, today, by_rule), {}};
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
  if (a.created != b.created) return a.created > b.created;
  return a.row.table->file != b.row.table->file ? a.row.table->file < b.row.table->file : a.row.row < b.row.row;
}

/// The rules of the leads that are shown only: for all of them that would be much memory.
void add_rules(const ScoredLeads& leads, Day today, const LeadPoints& points, std::vector<ListedLead>& list) {
  std::map<std::pair<const FileTable*, std::uint32_t>, ListedLead*> wanted;
  for (ListedLead& lead : list) wanted[{lead.row.table, lead.row.row}] = &lead;
  std::vector<double> by_rule;
  for (const LeadBlock* block : {static_cast<const LeadBlock*>(&leads), &leads.undecided}) {
    for (std::size_t i = 0; i < block->size(); ++i) {
      const auto found = wanted.find({block->rows[i].table, block->rows[i].row});
      if (found == wanted.end()) continue;
      points.of(*block, i, today, by_rule);
      for (std::size_t r = 0; r < by_rule.size(); ++r) {
        if (by_rule[r] != 0) found->second->by_rule.emplace_back(r, by_rule[r]);
      }
    }
  }
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
  add_rules(leads, leads.data_last, points, out.list);
  return out;
}

}  // namespace kpi
