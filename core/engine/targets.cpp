#include "core/engine/targets.h"

#include <algorithm>
#include <cmath>

#include "core/engine/target_plan.h"

namespace kpi {
namespace {

constexpr Day kQuietDays = 3;         // data that end this near the end of their month are whole
constexpr double kRounding = 1e-12;   // of the target: sums of tenths are not punished for how they are held

Day month_start(Day day) {
  const Day start = period_start(day, Grain::kMonth);
  return day - start <= kQuietDays ? start : day;
}

Day month_end(Day day) {
  const Day end = next_period_start(day, Grain::kMonth) - 1;
  return end - day <= kQuietDays ? end : day;
}

/// What of first..last the data reach; all of it where they reach nothing.
Stretch reached(Day first, Day last, Day data_first, Day data_last) {
  Stretch stretch{first, last, std::max(first, month_start(data_first)), std::min(last, month_end(data_last)), false};
  if (stretch.known_first > stretch.known_last) {
    stretch.known_first = first;
    stretch.known_last = last;
  }
  return stretch;
}

class Stretches {
 public:
  Stretches(const Report& report, const ReportRequest& request) : report_(report), has_from_(request.from), has_to_(request.to) {}

  Stretch window() const {
    const Window& w = report_.window;
    Stretch stretch;
    if (!w.buckets.empty()) stretch = cut(w.first, w.last);
    stretch.is_everything = w.is_unbounded;
    return stretch;
  }
  Stretch bucket(const Bucket& b) const { return cut(b.first, b.last); }

 private:
  /// Where the user set no end, the data's own is no cut: a first row on the second of the month begins the month.
  Stretch cut(Day first, Day last) const {
    const Window& w = report_.window;
    if (report_.data_first == kNoDay) return {first, last, first, last, false};
    if (!has_from_ && first == w.first) first = month_start(first);
    if (!has_to_ && last == w.last) last = month_end(last);
    return reached(first, last, report_.data_first, report_.data_last);
  }
  const Report& report_;
  bool has_from_, has_to_;
};

/// The rows of one channel among those of one KPI.
std::span<const TargetRow> of_channel(std::span<const TargetRow> rows, std::string_view channel) {
  const auto first = std::partition_point(rows.begin(), rows.end(), [&](const TargetRow& r) { return r.channel < channel; });
  const auto last = std::partition_point(first, rows.end(), [&](const TargetRow& r) { return r.channel == channel; });
  return rows.subspan(static_cast<std::size_t>(first - rows.begin()), static_cast<std::size_t>(last - first));
}

/// Whose targets a filtered total is measured by: a single channel's, everything's, or nobody's.
struct Scope {
  bool is_known = true;
  std::string channel;
  explicit Scope(const ReportRequest& request) {
    if (request.filters.empty()) return;
    const auto& [dimension, keys] = request.filters.front();
    is_known = request.filters.size() == 1 && dimension == "channel" && keys.size() == 1 && !keys.front().empty();
    if (is_known) channel = keys.front();
  }
};

bool filters_channels_only(const ReportRequest& request) {
  return std::all_of(request.filters.begin(), request.filters.end(), [](const auto& filter) { return filter.first == "channel"; });
}

Target filtered() {
  Target target;
  target.value = Undefined{"target_filtered", {}};
  return target;
}

/// Why no share says anything; empty where one does.
std::string_view no_share(const Kpi& kpi, double value, double target) {
  if (kpi.better == "neutral") return "no_direction";
  if (target <= 0) return target == 0 ? "target_zero" : "target_negative";
  if (kpi.better == "higher" || value > 0) return {};
  return value == 0 ? "value_zero" : "value_negative";
}

TargetStatus status_of(const Kpi& kpi, double value, double target, std::optional<double> limit, double tolerance) {
  const double rounding = kRounding * std::fabs(target);
  // A limit tolerates what is worse than the target; on the better side it is none.
  const bool is_on_worse_side = limit && (kpi.better == "neutral" || (kpi.better == "higher" ? *limit <= target : *limit >= target));
  const double room = is_on_worse_side ? std::fabs(*limit - target) : tolerance * std::fabs(target);
  if (kpi.better == "neutral") return std::fabs(value - target) <= room + rounding ? TargetStatus::kMet : TargetStatus::kMissed;
  const double short_by = kpi.better == "higher" ? target - value : value - target;
  if (short_by <= rounding) return TargetStatus::kMet;
  return short_by <= room + rounding ? TargetStatus::kNear : TargetStatus::kMissed;
}

}  // namespace

std::string_view target_status_name(TargetStatus status) {
  switch (status) {
    case TargetStatus::kMet: return "met";
    case TargetStatus::kNear: return "near";
    case TargetStatus::kMissed: return "missed";
    case TargetStatus::kNoValue: return "no_value";
    case TargetStatus::kNoTarget: return "no_target";
  }
  return "no_target";
}

Judged judge(const Kpi& kpi, const Value& value, Target target, double tolerance) {
  Judged judged;
  const Quantity* now = std::get_if<Quantity>(&value);
  if (const Quantity* aim = std::get_if<Quantity>(&target.value)) {
    const bool has_money = kpi.unit.exponent("money") != 0;
    const bool differs = now != nullptr && !now->currency.empty() && !aim->currency.empty() && now->currency != aim->currency;
    if (has_money && (differs || aim->currency == kSeveralCurrencies)) {
      std::vector<std::string> both{std::string(aim->currency)};
      if (differs) both.emplace_back(now->currency);
      target.value = Undefined{"currency_mixed", std::move(both)};
    }
  }
  judged.target = std::move(target);
  if (const Undefined* undefined = std::get_if<Undefined>(&judged.target.value)) {
    judged.no_attainment = *undefined;
    return judged;
  }
  judged.status = TargetStatus::kNoValue;
  if (now == nullptr) {
    judged.no_attainment = std::get<Undefined>(value);
    return judged;
  }
  const double aim = std::get<Quantity>(judged.target.value).value;
  judged.difference = now->value - aim;
  judged.no_attainment.code = no_share(kpi, now->value, aim);
  if (judged.no_attainment.code.empty()) judged.attainment = kpi.better == "higher" ? now->value / aim : aim / now->value;
  judged.status = status_of(kpi, now->value, aim, judged.target.limit, tolerance);
  return judged;
}

std::vector<KpiTargets> make_targets(const Dataset& dataset, const Report& report, const ReportRequest& request, double tolerance) {
  std::vector<KpiTargets> made;
  if (!dataset.has_kind("targets")) return made;
  const std::vector<TargetRow> all = target_rows(dataset);
  const Stretches stretches(report, request);
  const Stretch window = stretches.window();
  const Scope scope(request);
  const bool by_channel = report.group != nullptr && report.group->id() == "channel";
  for (std::size_t first = 0, next = 0; first < all.size(); first = next) {
    while (next < all.size() && all[next].kpi == all[first].kpi) ++next;
    const std::span<const TargetRow> rows(all.data() + first, next - first);
    const KpiResult& result = report.kpis[rows.front().kpi];
    const OverTime kind = over_time(dataset.catalog(), *result.kpi);
    KpiTargets targets{rows.front().kpi, {}, {}, {}};
    const std::span<const TargetRow> own = of_channel(rows, scope.channel);
    targets.total = judge(*result.kpi, result.value, scope.is_known ? target_over(own, kind, window) : filtered(), tolerance);
    for (std::size_t b = 0; b < report.window.buckets.size(); ++b) {
      const Target target = scope.is_known ? target_over(own, kind, stretches.bucket(report.window.buckets[b])) : filtered();
      const Judged judged = judge(*result.kpi, result.series[b], target, tolerance);
      const bool is_of_another_currency = judged.no_attainment.code == "currency_mixed";
      targets.series.push_back(is_of_another_currency ? Value(judged.no_attainment) : target.value);
    }
    for (std::size_t i = 0; by_channel && i < report.member_order.size(); ++i) {
      const Member& member = report.group->members()[report.member_order[i]];
      const std::span<const TargetRow> of_member = member.key.empty() ? std::span<const TargetRow>() : of_channel(rows, member.key);
      Target target = of_member.empty() || filters_channels_only(request) ? target_over(of_member, kind, window) : filtered();
      targets.by_member.push_back(judge(*result.kpi, result.by_member[i], std::move(target), tolerance));
    }
    made.push_back(std::move(targets));
  }
  return made;
}

}  // namespace kpi
