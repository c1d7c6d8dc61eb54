#include "core/engine/revenue_bridge.h"

#include <algorithm>
#include <cmath>

#include "core/base/sum.h"

namespace kpi {
namespace {

constexpr std::size_t kYear = 12;

std::int32_t month_number(Day day) {
  const CivilDate date = civil_from_day(day);
  return date.year * 12 + date.month - 1;
}

Day month_start(std::int32_t number) { return day_from_civil(number / 12, static_cast<unsigned>(number % 12) + 1, 1); }
Day month_end(Day start) { return next_period_start(start, Grain::kMonth) - 1; }

struct MonthSums {
  Sum gained, reactivation, expansion, contraction, churn;
  std::uint64_t gained_count = 0, reactivated_count = 0, churned_count = 0;

  void add(const SubscriptionChange& change) {
    switch (change.movement) {
      case Movement::kNew: gained.add(change.amount); ++gained_count; break;
      case Movement::kReactivation: reactivation.add(change.amount); ++reactivated_count; break;
      case Movement::kExpansion: expansion.add(change.amount); break;
      case Movement::kContraction: contraction.add(change.amount); break;
      case Movement::kChurn: churn.add(change.amount); ++churned_count; break;
    }
  }
};

Outcome<double> ratio(double part, double whole, const char* name) {
  if (whole == 0) return Undefined{"denominator_zero", {name}};
  const double value = part / whole;
  if (!std::isfinite(value)) return Undefined{"not_finite", {}};
  return value;
}

}  // namespace

std::vector<RevenueMonth> revenue_bridge(std::vector<Subscription> all, Day last_day) {
  if (all.empty()) return {};
  Day first_day = last_day;
  for (Subscription& s : all) {
    if (s.end > last_day) s.end = kNoDay;
    first_day = std::min(first_day, s.start);
  }
  const std::int32_t first = month_number(first_day);
  std::vector<MonthSums> sums(static_cast<std::size_t>(month_number(last_day) - first) + 1);
  for (const SubscriptionChange& change : subscription_changes(all)) sums[static_cast<std::size_t>(month_number(change.day) - first)].add(change);
  std::vector<RevenueMonth> months;
  Sum level;
  std::uint64_t customers = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const MonthSums& s = sums[i];
    const std::int32_t number = first + static_cast<std::int32_t>(i);
    const Day start = month_start(number);
    RevenueMovements m{number, customers == 0 ? 0 : level.value(), s.gained.value(), s.reactivation.value(), s.expansion.value(), s.contraction.value(),
                       s.churn.value(), 0, customers, s.gained_count, s.reactivated_count, s.churned_count, 0};
    for (const Sum* gain : {&s.gained, &s.reactivation, &s.expansion}) level.add(*gain);
    for (const Sum* loss : {&s.contraction, &s.churn}) level.add(-loss->value());
    customers += s.gained_count + s.reactivated_count - s.churned_count;
    if (customers == 0) level = {};  // nothing runs: exactly nothing is paid
    m.closing = level.value();
    m.customers_closing = customers;
    months.push_back({start, month_end(start) > last_day, m});
  }
  return months;
}

MeanMonth mean_month(const std::vector<RevenueMonth>& months, std::size_t count) {
  MeanMonth mean;
  Sum opening, lost, kept;
  double customers = 0, churned = 0;
  for (std::size_t i = months.size(), seen = 0; i-- > 0 && seen < count;) {
    const RevenueMovements& m = months[i].movements;
    if (months[i].is_running) continue;
    ++seen;
    if (m.customers_opening == 0) continue;  // nobody could leave
    ++mean.months;
    mean.first = months[i].start;
    if (mean.last == kNoDay) mean.last = month_end(months[i].start);
    opening.add(m.opening);
    lost.add(m.contraction + m.churn);
    kept.add(m.opening + m.expansion - m.contraction - m.churn);
    customers += static_cast<double>(m.customers_opening);
    churned += static_cast<double>(m.customers_churned);
  }
  if (mean.months == 0) return mean;
  mean.customer_churn = ratio(churned, customers, "customers_start");
  mean.revenue_churn = ratio(lost.value(), opening.value(), "mrr_start");
  mean.net_revenue_retention = ratio(kept.value(), opening.value(), "mrr_start");
  return mean;
}

Outcome<RevenueRetained> retained_over_year(const std::vector<Subscription>& all, const std::vector<RevenueMonth>& months) {
  const std::size_t over = months.size() - (months.empty() || !months.back().is_running ? 0U : 1U);
  if (over <= kYear) return Undefined{"too_few_rows", {"months"}};
  const std::int32_t now = months[over - 1].movements.period, then = now - static_cast<std::int32_t>(kYear);
  std::vector<RevenueSnapshot> snapshots;
  for (const std::int32_t period : {then, now}) {
    const Day day = month_end(month_start(period));
    for (const Subscription& s : all) {
      if (s.is_active(day)) snapshots.push_back({s.customer, period, s.mrr});
    }
  }
  return revenue_retained(std::move(snapshots), then, now);
}

double yearly_loss(double monthly) { return 1 - std::pow(1 - monthly, 12); }

}  // namespace kpi
