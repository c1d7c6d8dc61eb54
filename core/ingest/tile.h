// Complete records out of a text, a tile at a time.
#pragma once

#include <cstdint>
#include <vector>

#include "core/ingest/csv_reader.h"
#include "core/ingest/scanner.h"

namespace kpi {

/// Scans forward in tiles and keeps the separators of the record that is not complete yet.
class TileScanner {
 public:
  static constexpr std::uint32_t kTileBytes = 128 * 1024;

  explicit TileScanner(const Dialect& dialect) : dialect_(dialect), positions_(kTileBytes + 128) { positions_[0] = 0xFFFFFFFFU; }

  /// Starts at `position` of the text.
  void start(std::uint32_t position) {
    positions_[0] = position - 1;
    scanned_ = position;
  }
  /// The text has moved to the front by `count` bytes.
  void shift(std::uint32_t count) {
    for (std::size_t i = 0; i <= count_; ++i) positions_[i] -= count;
    scanned_ -= count;
  }
  /// Scans the next tile of text[.., end). false: nothing left to scan.
  bool scan(const std::uint8_t* text, std::uint32_t end);
  /// The end of the file closes the last record: text[end] must be a record end (it is behind the text).
  void close(std::uint32_t end);

  /// Separators of complete records and of the one after them; ends()[-1] is the separator before the first record.
  const std::uint32_t* ends() const { return positions_.data() + 1; }
  std::size_t count() const { return count_; }
  std::size_t record_ends() const { return record_ends_; }
  std::uint32_t record_start() const { return positions_[0] + 1; }
  std::uint32_t scanned() const { return scanned_; }
  bool is_in_quotes() const { return place_ == ScanPlace::kQuoted || place_ == ScanPlace::kEscaped; }
  /// Drops the first `count` separators: their records are read.
  void drop(std::size_t count);

 private:
  Dialect dialect_;
  std::vector<std::uint32_t> positions_;
  std::size_t count_ = 0, record_ends_ = 0;
  std::uint32_t scanned_ = 0;
  ScanPlace place_ = ScanPlace::kCellStart;
};

}  // namespace kpi
