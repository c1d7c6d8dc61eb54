#include "core/engine/observed_values.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/number_map.h"

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

/// How often each whole number occurs in each cell: days are few, rows are many.
class Histogram {
 public:
  static constexpr double kMaxWidth = 8192;
  static constexpr std::size_t kMaxCounts = std::size_t{1} << 22;
  Histogram(std::size_t cells, double least, std::size_t width) : least_(least), width_(width), counts_(cells * width, 0), totals_(cells, 0) {}
  void add(std::size_t cell, double value) {
    ++counts_[cell * width_ + static_cast<std::size_t>(value - least_)];
    ++totals_[cell];
  }
  double median(std::size_t cell) const {
    const std::uint32_t n = totals_[cell];
    if (n == 0) return 0;
    return n % 2 == 1 ? at(cell, n / 2) : (at(cell, n / 2 - 1) + at(cell, n / 2)) / 2;
  }

 private:
  /// The value at a place of the sorted list.
  double at(std::size_t cell, std::uint32_t place) const {
    const std::uint32_t* counts = counts_.data() + cell * width_;
    std::size_t i = 0;
    for (std::uint32_t before = counts[0]; before <= place; before += counts[i]) ++i;
    return least_ + static_cast<double>(i);
  }
  double least_;
  std::size_t width_;
  std::vector<std::uint32_t> counts_, totals_;
};

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
  const std::size_t cells = 1 + a.by_slot.size() + a.by_member.size();
  if (!(most - least < Histogram::kMaxWidth)) return std::nullopt;
  const std::size_t width = static_cast<std::size_t>(most - least) + 1;
  if (cells > Histogram::kMaxCounts / width) return std::nullopt;
  Histogram counts(cells, least, width);
  const std::size_t first_member = 1 + a.by_slot.size();
  for (const Observation& o : a.observations) {
    const double value = number_of(o.bits);
    counts.add(0, value);
    counts.add(1 + std::size_t{o.slot}, value);
    if (!a.by_member.empty() && o.member != kSkip) counts.add(first_member + o.member, value);
  }
  ObservedValues values;
  values.all = counts.median(0);
  for (std::size_t s = 0; s < a.by_slot.size(); ++s) values.slots.push_back(counts.median(1 + s));
  for (std::size_t m = 0; m < a.by_member.size(); ++m) values.members.push_back(counts.median(first_member + m));
  return values;
}

}  // namespace

ObservedValues observed_values(const Accumulator& a) {
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
