// What the cells of a text column mean, by their bytes as they stand in the file.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

namespace kpi {

/// From raw cells, quotes and blanks included, to the codes of a dictionary. Nearly every cell of a text column repeats an earlier
/// one byte for byte, so it needs neither unquoting nor trimming nor a look at its encoding.
class RawCells {
 public:
  /// Longer cells are told apart by their first 16 bytes, their last 8 and their length only: the caller must compare the texts.
  static constexpr std::uint32_t kExactLength = 24;
  static constexpr std::uint32_t kMaxLength = 0xFFFF;
  static constexpr std::uint32_t kUnknown = 0xFFFFFFFFU;

  struct Words {
    std::uint64_t head, middle, tail;  // the first 8 bytes, the next 8 of texts over 16 bytes, the last 8 of texts over 8; 0 otherwise
    std::uint32_t length;
  };
  /// 16 bytes from `text` may be read, whatever its length, which is not 0.
  [[gnu::always_inline]] static Words words(const std::uint8_t* text, std::uint32_t length) {
    if (length <= 8) return {load(text) & (~std::uint64_t{0} >> (64 - 8 * length)), 0, 0, length};
    const std::uint64_t is_long = 0 - static_cast<std::uint64_t>(length > 16);  // no branch: either side of 16 is usual in one column
    return {load(text), load(text + 8) & is_long, load(text + length - 8), length};
  }

  RawCells() : slots_(kFirstSlots) {}

  /// The code of a cell of 1 to kMaxLength bytes, or kUnknown.
  [[gnu::always_inline]] std::uint32_t find(const Words& w) const {
    const Slot* slots = slots_.data();
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hash(w) & mask;; i = (i + 1) & mask) {
      const Slot& slot = slots[i];
      if (((slot.head ^ w.head) | (slot.middle ^ w.middle) | (slot.tail ^ w.tail) | (slot.length ^ w.length)) == 0) return slot.code;
      if (slot.length == 0) return kUnknown;
    }
  }
  /// Remembers a cell that find() does not know; forgets to when there are too many different ones.
  void add(const Words& w, std::uint16_t code);

 private:
  struct alignas(32) Slot {  // two to a cache line
    std::uint64_t head = 0, middle = 0, tail = 0;
    std::uint32_t length = 0;  // 0 = free
    std::uint32_t code = 0;
  };
  static constexpr std::size_t kFirstSlots = 256, kMaxCells = 32768;

  static std::uint64_t load(const std::uint8_t* p) {
    std::uint64_t word;
    std::memcpy(&word, p, sizeof word);
    return word;
  }
  /// The top bits of a product depend on all bits of the factor: names that differ in a digit or two must not crowd together.
  static std::size_t hash(const Words& w) {
    const std::uint64_t mixed = w.head ^ (w.middle << 23 | w.middle >> 41) ^ (w.tail << 47 | w.tail >> 17) ^ w.length;
    return static_cast<std::size_t>(((mixed ^ mixed >> 32) * 0x9E3779B97F4A7C15ULL) >> 40);
  }
  void place(const Slot& slot);

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace kpi
