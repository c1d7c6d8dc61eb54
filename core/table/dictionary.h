// Distinct texts of a column, numbered in the order of first appearance.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace kpi {

/// Code 0 is "missing" (blank cell); code 65535 stands for every text past the limit ("the rest, together").
class Dictionary {
 public:
  static constexpr std::uint16_t kMissing = 0;
  static constexpr std::uint16_t kRest = 65535;
  Dictionary();
  /// The number of `text` (UTF-8, already trimmed and unquoted), adding it if new. `text` may be empty: kMissing.
  std::uint16_t intern(std::string_view text);
  /// The number of `text`, or kMissing when it is not there.
  std::uint16_t find(std::string_view text) const;
  /// The text of a code; empty for kMissing and kRest.
  std::string_view text(std::uint16_t code) const;
  /// Codes are 0 .. size()-1 (0 included), without kRest.
  std::size_t size() const { return offsets_.size() - 1; }
  bool is_full() const { return full_; }
  std::size_t bytes() const;

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t code = 0;  // 0 = free
  };
  /// The slot of `text`, or the free one where it belongs.
  std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  void rehash();
  std::vector<Slot> slots_;
  std::vector<char> bytes_;
  std::vector<std::uint32_t> offsets_;
  bool full_ = false;
};

}  // namespace kpi
