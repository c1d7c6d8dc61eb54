// People by score, and bins of as many people each.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace kpi {

enum class ScoreOrder { kRising, kFalling };

/// Indexes of the people by score; equal scores stay in the order given. Scores are finite.
inline std::vector<std::size_t> order_by_score(std::span<const double> scores, ScoreOrder direction) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return direction == ScoreOrder::kRising ? scores[a] < scores[b] : scores[a] > scores[b];
  });
  return order;
}

/// floor(k n / bins), the first rank of bin k from 0, without overflow of a 32-bit size.
inline std::size_t first_of_bin(std::size_t k, std::size_t bins, std::size_t n) {
  return static_cast<std::size_t>(static_cast<std::uint64_t>(k) * n / bins);
}

}  // namespace kpi
