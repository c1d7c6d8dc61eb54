#include "core/engine/sales_cycles.h"

#include <algorithm>

#include "core/base/order.h"
#include "core/base/sum.h"
#include "core/engine/funnel_leaks.h"
#include "core/engine/row_values.h"
#include "core/models/kaplan_meier.h"
#include "core/models/quantiles.h"

namespace kpi {
namespace {

constexpr std::uint32_t kWon = 1, kLost = 2;

std::vector<CompetingDuration> competing(const std::vector<DealCycle>& cycles) {
  std::vector<CompetingDuration> all;
  for (const DealCycle& c : cycles) all.push_back({c.days, c.cause});
  return all;
}

/// Until `is_event` is told of the cause.
template <class IsEvent>
std::vector<Duration> censored(const std::vector<DealCycle>& cycles, IsEvent is_event) {
  std::vector<Duration> all;
  for (const DealCycle& c : cycles) all.push_back({c.days, is_event(c.cause)});
  return all;
}

bool is_won(std::uint32_t cause) { return cause == kWon; }

Outcome<double> median_of(std::vector<Duration> durations) {
  const Outcome<SurvivalCurve> curve = kaplan_meier(std::move(durations));
  if (!curve.ok()) return curve.reason();
  return survival_quantile(curve.value(), 0.5).time;
}

CycleSummary summary_of(const std::vector<DealCycle>& cycles) {
  CycleSummary summary;
  std::vector<double> won;
  Sum days;
  for (const DealCycle& c : cycles) {
    ++summary.deals;
    ++(c.cause == kWon ? summary.won : c.cause == kLost ? summary.lost : summary.open);
    if (c.cause != kWon) continue;
    won.push_back(c.days);
    days.add(c.days);
  }
  const Outcome<std::vector<IncidenceStep>> steps = aalen_johansen(competing(cycles), kLost);
  for (const double day : kCycleDays) {
    summary.won_by.push_back(steps.ok() ? incidence_after(steps.value(), kWon, day) : Outcome<ShareWithError>(steps.reason()));
  }
  if (steps.ok()) summary.median = incidence_quantile(steps.value(), kWon, 0.5);
  summary.median_censored = median_of(censored(cycles, is_won));
  summary.median_decided = median_of(censored(cycles, [](std::uint32_t cause) { return cause != 0; }));
  if (won.empty()) return summary;
  summary.naive_mean = days.value() / static_cast<double>(won.size());
  const Outcome<std::vector<double>> middle = quantiles(std::move(won), {0.5});
  if (middle.ok()) summary.naive_median = middle.value()[0];
  return summary;
}

std::vector<CyclePoint> points_of(const std::vector<DealCycle>& cycles) {
  std::vector<CyclePoint> points;
  const Outcome<std::vector<IncidenceStep>> steps = aalen_johansen(competing(cycles), kLost);
  const Outcome<SurvivalCurve> curve = kaplan_meier(censored(cycles, is_won));
  if (!steps.ok() || !curve.ok()) return points;
  const std::size_t n = steps.value().size(), every = (n + kMaxCyclePoints - 1) / kMaxCyclePoints;
  for (std::size_t i = 0; i < n; ++i) {
    if (i % every != 0 && i + 1 != n) continue;
    const IncidenceStep& step = steps.value()[i];
    points.push_back({step.time, step.at_risk, step.ended[0].share, step.ended[0].standard_error, step.ended[1].share, step.open.share,
                      1 - survival_at(curve.value(), step.time).survival});
  }
  return points;
}

void read_file(const Dataset& dataset, const FileTable& t, const ReportScope& scope, const Dimension* by, DealCycles& into) {
  const Column* created = t.date("created_at");
  const DaySource won = day_source(dataset, t, "closed_at", "won"), lost = day_source(dataset, t, "closed_at", "lost");
  const Window& window = scope.window;
  into.rows += t.table.row_count;
  into.knows_losses = into.knows_losses && t.knows_losses;
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    if (is_repeated(t, row)) {
      ++into.repeats;
      continue;
    }
    if (is_filtered_out(scope.filters, t, row)) {
      ++into.filtered;
      continue;
    }
    const Day begin = created == nullptr ? kNoDay : created->days[row];
    if (begin == kNoDay) {
      ++into.undated;
      continue;
    }
    if (!window.is_unbounded && (begin < window.first || begin > window.last)) {
      ++into.outside;
      continue;
    }
    const bool has_won = t.deal_status[row] == static_cast<std::uint8_t>(DealStatus::kWon);
    const bool has_lost = t.deal_status[row] == static_cast<std::uint8_t>(DealStatus::kLost);
    const DaySource& closed = has_won ? won : lost;
    const Day end = !has_won && !has_lost ? into.as_of : closed.exists() ? closed.at(row) : kNoDay;
    if (end == kNoDay) {
      ++into.unclosed;
    } else if (end < begin) {
      ++into.out_of_order;
    } else {
      into.cycles.push_back({static_cast<double>(end - begin), has_won ? kWon : has_lost ? kLost : 0, member_of(by, t, row)});
    }
  }
}

}  // namespace

Outcome<DealCycles> deal_cycles(const Dataset& dataset, const ReportScope& scope, const Dimension* by) {
  DealCycles deals;
  deals.as_of = last_day_of_funnel(dataset);
  for (const auto& t : dataset.tables()) {
    const bool tells = t->table.kind == "opportunities" && !t->deal_status.empty() && t->date("created_at") != nullptr;
    if (tells) read_file(dataset, *t, scope, by, deals);
  }
  if (deals.rows == 0) return Undefined{"missing_input", {"opportunities"}};
  return deals;
}

Outcome<SalesCycles> sales_cycles(const DealCycles& deals, std::size_t members) {
  if (deals.cycles.empty()) return Undefined{"no_rows", {}};
  SalesCycles result;
  result.all = summary_of(deals.cycles);
  result.points = points_of(deals.cycles);
  std::vector<std::vector<DealCycle>> by_member(std::max<std::size_t>(members, 1));
  for (const DealCycle& c : deals.cycles) by_member[c.member].push_back(c);
  std::vector<std::uint32_t> order;
  for (std::size_t m = 0; m < by_member.size(); ++m) {
    if (!by_member[m].empty()) order.push_back(static_cast<std::uint32_t>(m));
  }
  sort_list(order, [&](std::uint32_t a, std::uint32_t b) {
    return by_member[a].size() != by_member[b].size() ? by_member[a].size() > by_member[b].size() : a < b;
  });
  if (order.size() > kMaxCycleGroups) {
    result.rest_groups = order.size() - kMaxCycleGroups;
    order.resize(kMaxCycleGroups);
  }
  std::vector<Duration> durations;
  std::vector<std::uint32_t> group_of;
  for (std::size_t g = 0; g < order.size(); ++g) {
    result.groups.push_back({order[g], summary_of(by_member[order[g]])});
    for (const DealCycle& c : by_member[order[g]]) {
      durations.push_back({c.days, is_won(c.cause)});
      group_of.push_back(static_cast<std::uint32_t>(g));
    }
  }
  if (order.size() > 1) result.difference = log_rank(durations, group_of, static_cast<std::uint32_t>(order.size()));
  return result;
}

}  // namespace kpi
