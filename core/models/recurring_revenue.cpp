#include "core/models/recurring_revenue.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/sum.h"

namespace kpi {
namespace {

constexpr std::int64_t kMostPeriods = 6000;

std::optional<Undefined> fault(const std::vector<RevenueSnapshot>& snapshots) {
  if (snapshots.empty()) return Undefined{"no_rows", {}};
  for (const RevenueSnapshot& s : snapshots) {
    if (!std::isfinite(s.amount)) return Undefined{"not_finite", {}};
    if (s.amount < 0) return Undefined{"out_of_range", {"amount"}};
  }
  return std::nullopt;
}

/// By customer and period, one for each; amounts of 0 are left out.
void merge(std::vector<RevenueSnapshot>& snapshots) {
  std::stable_sort(snapshots.begin(), snapshots.end(), [](const RevenueSnapshot& a, const RevenueSnapshot& b) {
    return a.customer != b.customer ? a.customer < b.customer : a.period < b.period;
  });
  std::size_t kept = 0;
  for (std::size_t i = 0, next; i < snapshots.size(); i = next) {
    RevenueSnapshot one = snapshots[i];
    for (next = i + 1; next < snapshots.size() && snapshots[next].customer == one.customer && snapshots[next].period == one.period; ++next) {
      one.amount += snapshots[next].amount;
    }
    if (one.amount > 0) snapshots[kept++] = one;
  }
  snapshots.resize(kept);
}

struct PeriodSums {
  Sum gained, reactivation, expansion, contraction, churn;
  std::uint64_t gained_count = 0, reactivated_count = 0, churned_count = 0;
};

Outcome<double> ratio(double numerator, double denominator, const char* name) {
  if (denominator == 0) return Undefined{"denominator_zero", {name}};
  const double value = numerator / denominator;
  if (!std::isfinite(value)) return Undefined{"not_finite", {}};
  return value;
}

}  // namespace

Outcome<std::vector<RevenueMovements>> revenue_movements(std::vector<RevenueSnapshot> snapshots) {
  if (const std::optional<Undefined> reason = fault(snapshots)) return *reason;
  const auto [low, high] =
      std::minmax_element(snapshots.begin(), snapshots.end(), [](const RevenueSnapshot& a, const RevenueSnapshot& b) { return a.period < b.period; });
  const std::int64_t first = low->period, count = high->period - first + 1;
  if (count > kMostPeriods) return Undefined{"out_of_range", {"periods"}};
  merge(snapshots);
  std::vector<PeriodSums> sums(static_cast<std::size_t>(count) + 1);
  const auto at = [&](std::int64_t period) -> PeriodSums& { return sums[static_cast<std::size_t>(period - first)]; };
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    const RevenueSnapshot& now = snapshots[i];
    const bool is_known = i > 0 && snapshots[i - 1].customer == now.customer;
    const bool is_next = is_known && snapshots[i - 1].period + std::int64_t{1} == now.period;
    PeriodSums& p = at(now.period);
    if (is_next) {
      const double change = now.amount - snapshots[i - 1].amount;
      (change > 0 ? p.expansion : p.contraction).add(std::fabs(change));
    } else if (is_known) {
      p.reactivation.add(now.amount);
      ++p.reactivated_count;
    } else {
      p.gained.add(now.amount);
      ++p.gained_count;
    }
    const bool stays = i + 1 < snapshots.size() && snapshots[i + 1].customer == now.customer && snapshots[i + 1].period == now.period + std::int64_t{1};
    if (stays) continue;
    PeriodSums& next = at(now.period + std::int64_t{1});  // the one after the last is room for these only
    next.churn.add(now.amount);
    ++next.churned_count;
  }
  std::vector<RevenueMovements> movements;
  Sum level;
  std::uint64_t customers = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const PeriodSums& p = sums[static_cast<std::size_t>(i)];
    RevenueMovements m{static_cast<std::int32_t>(first + i), customers == 0 ? 0 : level.value(), p.gained.value(), p.reactivation.value(), p.expansion.value(),
                       p.contraction.value(), p.churn.value(), 0, customers, p.gained_count, p.reactivated_count, p.churned_count, 0};
    for (const Sum* gain : {&p.gained, &p.reactivation, &p.expansion}) level.add(*gain);
    for (const Sum* loss : {&p.contraction, &p.churn}) level.add(-loss->value());
    customers += p.gained_count + p.reactivated_count - p.churned_count;
    m.customers_closing = customers;
    m.closing = customers == 0 ? 0 : level.value();
    if (!std::isfinite(m.closing)) return Undefined{"not_finite", {}};
    movements.push_back(m);
  }
  return movements;
}

RetentionRates retention_rates(const RevenueMovements& m) {
  const double lost = m.contraction + m.churn;
  return {ratio(m.opening - lost, m.opening, "opening"),
          ratio(m.opening + m.expansion - lost, m.opening, "opening"),
          ratio(m.opening + m.expansion + m.reactivation - lost, m.opening, "opening"),
          ratio(static_cast<double>(m.customers_churned), static_cast<double>(m.customers_opening), "customers_opening"),
          ratio(static_cast<double>(m.customers_churned), static_cast<double>(m.customers_opening + m.customers_gained + m.customers_reactivated),
                "customers_opening"),
          ratio(m.gained + m.reactivation + m.expansion, lost, "contraction + churn"),
          ratio(m.closing, static_cast<double>(m.customers_closing), "customers_closing")};
}

Outcome<RevenueRetained> revenue_retained(std::vector<RevenueSnapshot> snapshots, std::int32_t then, std::int32_t now) {
  if (const std::optional<Undefined> reason = fault(snapshots)) return *reason;
  merge(snapshots);
  Sum before, after, capped;
  double customers = 0, kept = 0;
  for (std::size_t i = 0, next; i < snapshots.size(); i = next) {
    double had = 0, has = 0;
    for (next = i; next < snapshots.size() && snapshots[next].customer == snapshots[i].customer; ++next) {
      if (snapshots[next].period == then) had = snapshots[next].amount;
      if (snapshots[next].period == now) has = snapshots[next].amount;
    }
    if (had == 0) continue;
    before.add(had);
    after.add(has);
    capped.add(std::min(had, has));
    customers += 1;
    kept += has > 0 ? 1 : 0;
  }
  if (customers == 0) return Undefined{"denominator_zero", {"opening"}};
  const RevenueRetained result{after.value() / before.value(), capped.value() / before.value(), kept / customers};
  if (!std::isfinite(result.net) || !std::isfinite(result.gross)) return Undefined{"not_finite", {}};
  return result;
}

}  // namespace kpi
