#include "core/engine/funnel_leaks.h"

#include <algorithm>

#include "core/base/order.h"

namespace kpi {
namespace {

constexpr std::uint32_t kAdvance = 1, kDrop = 2;
constexpr double kRounding = 1e-12;  // a share of 0.5 that was added up is one

/// Columns of the matrix: the members with the most entries, and one for the rest.
struct Columns {
  std::vector<std::uint32_t> of_member, members;
  std::size_t rest = 0;
};

Columns make_columns(const FunnelVisits& visits, std::size_t members) {
  std::vector<std::uint64_t> entries(std::max<std::size_t>(members, 1), 0);
  for (const FunnelVisit& v : visits.visits) ++entries[v.member];
  Columns columns;
  for (std::size_t m = 0; m < entries.size(); ++m) {
    if (entries[m] != 0) columns.members.push_back(static_cast<std::uint32_t>(m));
  }
  sort_list(columns.members, [&](std::uint32_t a, std::uint32_t b) { return entries[a] != entries[b] ? entries[a] > entries[b] : a < b; });
  if (columns.members.size() > kMaxLeakMembers) {
    columns.rest = columns.members.size() - kMaxLeakMembers;
    columns.members.resize(kMaxLeakMembers);
  }
  columns.of_member.assign(entries.size(), static_cast<std::uint32_t>(columns.members.size()));
  for (std::size_t c = 0; c < columns.members.size(); ++c) columns.of_member[columns.members[c]] = static_cast<std::uint32_t>(c);
  return columns;
}

std::vector<StagePoint> points_of(const std::vector<IncidenceStep>& steps) {
  std::vector<StagePoint> points;
  const std::size_t every = (steps.size() + kMaxStagePoints - 1) / kMaxStagePoints;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i % every != 0 && i + 1 != steps.size()) continue;
    const IncidenceStep& step = steps[i];
    const ShareWithError &advanced = step.ended[kAdvance - 1], &dropped = step.ended[kDrop - 1];
    points.push_back({step.time, step.at_risk, advanced.share, advanced.standard_error, dropped.share, dropped.standard_error, step.open.share});
  }
  return points;
}

StageTimes stage_times(const FunnelVisits& visits, std::uint32_t stage) {
  StageTimes times;
  std::vector<CompetingDuration> durations;
  for (const FunnelVisit& v : visits.visits) {
    if (v.stage != stage) continue;
    if (v.time != VisitTime::kKnown) {
      ++(v.time == VisitTime::kUndated ? times.undated : v.time == VisitTime::kSkipped ? times.skipped : times.out_of_order);
      continue;
    }
    ++times.timed;
    ++(v.fate == StageFate::kAdvanced ? times.advanced : v.fate == StageFate::kDisqualified ? times.disqualified : times.open);
    durations.push_back({static_cast<double>(v.days), v.fate == StageFate::kAdvanced ? kAdvance : v.fate == StageFate::kDisqualified ? kDrop : 0});
  }
  const Outcome<std::vector<IncidenceStep>> steps = aalen_johansen(std::move(durations), kDrop);
  for (const double days : kStageDays) {
    times.advanced_by.push_back(steps.ok() ? incidence_after(steps.value(), kAdvance, days) : Outcome<ShareWithError>(steps.reason()));
    times.disqualified_by.push_back(steps.ok() ? incidence_after(steps.value(), kDrop, days) : Outcome<ShareWithError>(steps.reason()));
  }
  for (const double share : kStageShares) {
    times.days_until.push_back(steps.ok() ? incidence_quantile(steps.value(), kAdvance, share) : Outcome<double>(steps.reason()));
  }
  if (steps.ok()) times.points = points_of(steps.value());
  return times;
}

void count_reasons(const FunnelVisits& visits, FunnelLeaks& leaks) {
  const std::size_t stages = visits.stages.size() - 1;
  std::vector<ReasonCounts> counts(visits.reasons.size());
  for (std::size_t r = 0; r < counts.size(); ++r) counts[r] = {visits.reasons[r], std::vector<std::uint64_t>(stages, 0), 0};
  for (const FunnelVisit& v : visits.visits) {
    if (v.fate != StageFate::kDisqualified || v.stage >= stages) continue;
    ++counts[v.reason].by_stage[v.stage];
    ++counts[v.reason].all;
  }
  leaks.knows_reasons = visits.knows_reasons;
  leaks.no_reason = counts.front();
  leaks.rest_reasons = {"", std::vector<std::uint64_t>(stages, 0), 0};
  counts.erase(counts.begin());
  sort_list(counts, [](const ReasonCounts& a, const ReasonCounts& b) { return a.all != b.all ? a.all > b.all : a.label < b.label; });
  for (ReasonCounts& one : counts) {
    if (one.all == 0) break;
    if (leaks.reasons.size() < kMaxReasons) {
      leaks.reasons.push_back(std::move(one));
      continue;
    }
    ++leaks.rest_reason_count;
    leaks.rest_reasons.all += one.all;
    for (std::size_t s = 0; s < stages; ++s) leaks.rest_reasons.by_stage[s] += one.by_stage[s];
  }
}

}  // namespace

Outcome<double> incidence_quantile(const std::vector<IncidenceStep>& steps, std::uint32_t cause, double share) {
  for (const IncidenceStep& step : steps) {
    if (step.ended[cause - 1].share >= share - kRounding) return step.time;
  }
  return Undefined{"not_reached", {}};
}

Outcome<ShareWithError> incidence_after(const std::vector<IncidenceStep>& steps, std::uint32_t cause, double days) {
  const bool is_watched = !steps.empty() && (steps.back().time >= days || steps.back().open.share <= kRounding);
  if (!is_watched) return Undefined{"not_reached", {}};
  return incidence_at(steps, days).ended[cause - 1];
}

Outcome<FunnelLeaks> funnel_leaks(const FunnelVisits& visits, double stale_days, std::size_t members) {
  if (visits.rows == 0) return Undefined{"missing_input", {"new_leads"}};
  if (visits.stages.size() < 2) return Undefined{"missing_input", {"mqls"}};
  const Columns columns = make_columns(visits, members);
  std::vector<StageVisit> entries;
  for (const FunnelVisit& v : visits.visits) entries.push_back({v.stage, columns.of_member[v.member], v.fate, static_cast<double>(v.idle)});
  const auto width = static_cast<std::uint32_t>(columns.members.size() + 1);
  const Outcome<LeakageMatrix> matrix = leakage_matrix(entries, std::vector<double>(visits.stages.size(), stale_days), width);
  if (!matrix.ok()) return matrix.reason();
  FunnelLeaks leaks;
  leaks.members = columns.members;
  leaks.rest_members = columns.rest;
  count_reasons(visits, leaks);
  for (std::size_t s = 0; s + 1 < visits.stages.size(); ++s) {
    const auto stage = static_cast<std::uint32_t>(s);
    StageLeaks row{visits.stages[s].stage, visits.stages[s + 1].stage, visits.stages[s].is_dated, matrix.value().by_stage[s], {}, stage_times(visits, stage)};
    for (std::uint32_t c = 0; c < width; ++c) row.by_member.push_back(matrix.value().at(stage, c));
    leaks.stages.push_back(std::move(row));
  }
  return leaks;
}

}  // namespace kpi
