// How often each whole number occurs in each period and member: medians of days without keeping the days of every row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kpi {

/// Of all rows, of each slot and of each member. Cells without rows hold 0.
struct ObservedValues {
  double all = 0;
  std::vector<double> slots, members;
};

class WholeCounts {
 public:
  /// Whether numbers from `least` to `most` can be counted for so many cells: 4 bytes each, 16 MB at most.
  static bool can_hold(double least, double most, std::size_t cells);

  WholeCounts() = default;
  /// Only when can_hold(least, most, slots + members).
  WholeCounts(double least, double most, std::size_t slots, std::size_t members);
  bool is_used() const { return width_ != 0; }

  /// `value`: whole, from `least` to `most`.
  void add(std::size_t slot, double value) { ++counts_[slot * width_ + static_cast<std::size_t>(value - least_)]; }
  void add_member(std::size_t member, double value) { add(slots_ + member, value); }
  /// Cost  O(cells * (most - least)).
  ObservedValues medians() const;

 private:
  double least_ = 0;
  std::size_t width_ = 0, slots_ = 0;
  std::vector<std::uint32_t> counts_;  // of slots, then of members
};

}  // namespace kpi
