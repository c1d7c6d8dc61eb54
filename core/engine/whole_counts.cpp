#include "core/engine/whole_counts.h"

#include <algorithm>

namespace kpi {
namespace {

constexpr double kMaxWidth = 8192;
constexpr std::size_t kMaxCounts = std::size_t{1} << 22;

/// The number at `place` of the sorted list that the counts stand for, as steps from the least one.
double at(const std::uint32_t* counts, std::uint64_t place) {
  std::size_t step = 0;
  for (std::uint64_t before = counts[0]; before <= place; before += counts[step]) ++step;
  return static_cast<double>(step);
}

double median(const std::uint32_t* counts, std::size_t width, double least) {
  std::uint64_t n = 0;
  for (std::size_t i = 0; i < width; ++i) n += counts[i];
  if (n == 0) return 0;
  return least + (n % 2 == 1 ? at(counts, n / 2) : (at(counts, n / 2 - 1) + at(counts, n / 2)) / 2);
}

}  // namespace

bool WholeCounts::can_hold(double least, double most, std::size_t cells) {
  if (!(least <= most && most - least < kMaxWidth)) return false;
  return cells <= kMaxCounts / (static_cast<std::size_t>(most - least) + 1);
}

WholeCounts::WholeCounts(double least, double most, std::size_t slots, std::size_t members)
    : least_(least), width_(static_cast<std::size_t>(most - least) + 1), slots_(slots), counts_((slots + members) * width_, 0) {}

ObservedValues WholeCounts::medians() const {
  ObservedValues values;
  std::vector<std::uint32_t> all(width_, 0);
  for (std::size_t cell = 0; cell * width_ < counts_.size(); ++cell) {
    const std::uint32_t* counts = counts_.data() + cell * width_;
    (cell < slots_ ? values.slots : values.members).push_back(median(counts, width_, least_));
    for (std::size_t i = 0; i < width_ && cell < slots_; ++i) all[i] += counts[i];
  }
  values.all = median(all.data(), width_, least_);
  return values;
}

}  // namespace kpi
