// Random numbers that are the same for the same seed, everywhere.
#pragma once

#include <cstdint>

namespace kpi {

/// Source  Steele, Lea, Flood 2014, Fast Splittable Pseudorandom Number Generators, OOPSLA: SplitMix64. Passes the usual batteries of tests.
class SeededRandom {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }
  /// 0 <= result < bound; bound above 0. No number is likelier than another by more than bound / 2^32.
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32); }
  /// 0 <= result < 1, in steps of 2^-53.
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

}  // namespace kpi
