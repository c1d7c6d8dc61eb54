// Finds the keys that stand in more than one row, in two passes over them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kpi {

/// First note() every key, then ask is_repeat() for every key in the same order.
/// Nearly every key of a real file is unique. The first pass therefore only sets one bit per key, and keeps the keys whose bit was
/// set before in a second, nearly empty bitmap; the second pass compares just those exactly. A few bits a key instead of a
/// table of all keys: a tenth of the memory, and it stays in the processor's cache.
class RepeatedKeys {
 public:
  explicit RepeatedKeys(std::size_t expected_keys);

  /// `key` is not 0.
  void note(std::uint64_t key) {
    if (!set(any_, key >> 8)) return;
    set(several_, key >> 36);
    has_suspects_ = true;
  }
  /// False: no key can be a repeat, the second pass would find none.
  bool has_suspects() const { return has_suspects_; }
  /// Whether the same key was asked for before.
  bool is_repeat(std::uint64_t key) { return is_set(several_, key >> 36) && !insert(key); }

 private:
  using Bits = std::vector<std::uint64_t>;
  /// Whether the bit was set already.
  bool set(Bits& bits, std::uint64_t hash) const {
    std::uint64_t& word = bits[word_of(hash)];
    const std::uint64_t bit = std::uint64_t{1} << (hash & 63);
    const bool was_set = (word & bit) != 0;
    word |= bit;
    return was_set;
  }
  bool is_set(const Bits& bits, std::uint64_t hash) const { return (bits[word_of(hash)] >> (hash & 63) & 1) != 0; }
  std::size_t word_of(std::uint64_t hash) const { return static_cast<std::size_t>((hash & mask_) >> 6); }
  /// False when the key is among the asked ones already.
  bool insert(std::uint64_t key);
  std::size_t place(std::uint64_t key) const;

  std::uint64_t mask_;
  Bits any_, several_;
  bool has_suspects_ = false;
  std::vector<std::uint64_t> asked_;  // open addressing, 0 = free
  std::size_t asked_count_ = 0;
};

}  // namespace kpi
