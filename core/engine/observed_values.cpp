#include "core/engine/observed_values.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "core/base/number_map.h"
#include "core/models/auc.h"

namespace kpi {
namespace {

/// What was observed in one cell: the bits of numbers, or keys.
using Observed = std::vector<std::uint64_t>;

double median_of(const Observed& bits) {
  if (bits.empty()) return 0;
  std::vector<double> values;
  for (const std::uint64_t one : bits) values.push_back(number_of(one));
  const std::size_t n = values.size();
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(n / 2);
  std::nth_element(values.begin(), middle, values.end());
  const double high = *middle;
  return n % 2 == 1 ? high : (*std::max_element(values.begin(), middle) + high) / 2;
}

double count_different(const Observed& keys) {
  NumberMap seen;
  std::uint64_t count = 0;
  for (const std::uint64_t key : keys) count += seen.try_emplace(key, 0).second ? 1U : 0U;
  return static_cast<double>(count);
}

/// Medians by counting, where all values are whole and near each other.
std::optional<ObservedValues> counted_medians(const Accumulator& a) {
  double least = 0, most = 0;
  bool is_first = true;
  for (const Observation& o : a.observations) {
    const double value = number_of(o.bits);
    if (value != std::floor(value)) return std::nullopt;
    least = is_first ? value : std::min(least, value);
    most = is_first ? value : std::max(most, value);
    is_first = false;
  }
  if (!WholeCounts::can_hold(least, most, a.by_slot.size() + a.by_member.size())) return std::nullopt;
  WholeCounts counts(least, most, a.by_slot.size(), a.by_member.size());
  for (const Observation& o : a.observations) {
    const double value = number_of(o.bits);
    counts.add(o.slot, value);
    if (o.member != kSkip) counts.add_member(o.member, value);
  }
  return counts.medians();
}

/// The scores of one cell, and what became of each.
struct Scored {
  std::vector<double> scores;
  std::vector<std::uint8_t> outcomes;
  void add(const Observation& o) {
    scores.push_back(number_of(o.bits));
    outcomes.push_back(o.is_positive ? 1 : 0);
  }
  double value() const {
    const Outcome<Auc> auc = area_under_curve(scores, outcomes);
    return auc.ok() ? auc.value().value : std::numeric_limits<double>::quiet_NaN();
  }
};

ObservedValues ranked_values(const Accumulator& a) {
  Scored all;
  std::vector<Scored> slots(a.by_slot.size()), members(a.by_member.size());
  for (const Observation& o : a.observations) {
    all.add(o);
    slots[o.slot].add(o);
    if (!members.empty() && o.member != kSkip) members[o.member].add(o);
  }
  ObservedValues values;
  values.all = all.value();
  for (const Scored& one : slots) values.slots.push_back(one.value());
  for (const Scored& one : members) values.members.push_back(one.value());
  return values;
}

}  // namespace

ObservedValues observed_values(const Accumulator& a) {
  if (a.is_auc) return ranked_values(a);
  if (a.days.is_used()) return a.days.medians();
  if (a.is_median) {
    std::optional<ObservedValues> counted = counted_medians(a);
    if (counted) return std::move(*counted);
  }
  Observed all;
  std::vector<Observed> slots(a.by_slot.size()), members(a.by_member.size());
  for (const Observation& o : a.observations) {
    all.push_back(o.bits);
    slots[o.slot].push_back(o.bits);
    if (!members.empty() && o.member != kSkip) members[o.member].push_back(o.bits);
  }
  const auto value_of = [&](const Observed& observed) { return a.is_median ? median_of(observed) : count_different(observed); };
  ObservedValues values;
  values.all = value_of(all);
  for (const Observed& one : slots) values.slots.push_back(value_of(one));
  for (const Observed& one : members) values.members.push_back(value_of(one));
  return values;
}

}  // namespace kpi
