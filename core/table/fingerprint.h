// 64-bit fingerprints of ids, inline for the hot path of ingest.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace kpi {

/// One round: a bijection of the state for a given word, with full avalanche (the finaliser of MurmurHash3, 2 rounds shortened
/// to the multiply-xorshift pairs that matter), so that texts of up to eight bytes and one length never collide.
inline std::uint64_t fingerprint_round(std::uint64_t state, std::uint64_t word) {
  state ^= word;
  state ^= state >> 32;
  state *= 0xFF51AFD7ED558CCDULL;
  state ^= state >> 29;
  state *= 0xC4CEB9FE1A85EC53ULL;
  state ^= state >> 32;
  return state;
}

/// See key_fingerprint. Reads exactly the bytes of `text`.
inline std::uint64_t fingerprint(std::string_view text) {
  const std::size_t length = text.size();
  if (length == 0) return 0;
  std::uint64_t state = 0x9E3779B97F4A7C15ULL * (length + 1);
  const auto load = [&text](std::size_t at, std::size_t count) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, count);
    return word;
  };
  std::size_t at = 0;
  for (; at + 8 < length; at += 8) state = fingerprint_round(state, load(at, 8));
  if (length >= 8) {
    state = fingerprint_round(state, load(length - 8, 8));
  } else {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < length; ++i) word |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
    state = fingerprint_round(state, word);
  }
  return state == 0 ? 1 : state;
}

}  // namespace kpi
