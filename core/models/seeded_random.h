// Random numbers that are the same on every target, for resampling: from a fixed seed, never from the system.
#pragma once

#include <cstdint>

namespace kpi {

/// splitmix64. Source: Steele, Lea, Flood 2014, Fast splittable pseudorandom number generators, OOPSLA, 453-472.
class SeededRandom {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

  /// 0 <= x < 1, on a grid of 2^-53.
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

  /// 0 <= x < n, n >= 1: the upper half of a product, whose bias of n / 2^32 no resampling shows.
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>((next() >> 32) * n >> 32); }

 private:
  std::uint64_t state_;
};

}  // namespace kpi
