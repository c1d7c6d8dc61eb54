#include "core/ingest/tile.h"

#include <algorithm>
#include <cstring>

namespace kpi {

bool TileScanner::scan(const std::uint8_t* text, std::uint32_t end) {
  if (scanned_ >= end) return false;
  const std::uint32_t stop = std::min(end, scanned_ + kTileBytes);
  const std::size_t needed = 1 + count_ + (stop - scanned_) + 128;
  if (needed > positions_.size()) positions_.resize(needed + needed / 2);
  const ScanResult found = scan_simd(dialect_, text, scanned_, stop, place_, positions_.data() + 1 + count_);
  count_ += found.separators;
  record_ends_ += found.record_ends;
  scanned_ = stop;
  return true;
}

void TileScanner::close(std::uint32_t end) {
  if (record_start() >= end && count_ == 0) return;
  if (positions_.size() < count_ + 2) positions_.resize(count_ + 2);
  positions_[1 + count_++] = end;
  ++record_ends_;
}

void TileScanner::drop(std::size_t count) {
  if (count == 0) return;
  std::memmove(positions_.data(), positions_.data() + count, (count_ - count + 1) * sizeof(std::uint32_t));
  count_ -= count;
  record_ends_ = 0;
}

}  // namespace kpi
