#include "core/engine/repeated_keys.h"

#include <algorithm>
#include <bit>

namespace kpi {
namespace {

constexpr std::size_t kBitsPerKey = 8;
constexpr std::size_t kFirstSlots = 1024;

}  // namespace

RepeatedKeys::RepeatedKeys(std::size_t expected_keys)
    : mask_(std::bit_ceil(std::max(kFirstSlots, expected_keys * kBitsPerKey)) - 1),
      any_(word_of(mask_) + 1),
      several_(any_.size()),
      asked_(kFirstSlots) {}

/// The slot of the key, or the free one where it belongs.
std::size_t RepeatedKeys::place(std::uint64_t key) const {
  const std::size_t mask = asked_.size() - 1;
  std::size_t i = static_cast<std::size_t>(key >> 17) & mask;
  while (asked_[i] != 0 && asked_[i] != key) i = (i + 1) & mask;
  return i;
}

bool RepeatedKeys::insert(std::uint64_t key) {
  std::size_t slot = place(key);
  if (asked_[slot] == key) return false;
  asked_[slot] = key;
  if (++asked_count_ * 2 > asked_.size()) {
    std::vector<std::uint64_t> old(asked_.size() * 2);
    old.swap(asked_);
    for (const std::uint64_t known : old) {
      if (known != 0) asked_[place(known)] = known;
    }
  }
  return true;
}

}  // namespace kpi
