// Sorting of lists that are sorted once: one sort in the program, for std::sort and std::stable_sort are 2 KB of code for every type.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace kpi {

namespace detail {
using IsBefore = bool (*)(const void* context, std::size_t a, std::size_t b);
std::vector<std::size_t> sorted_order(std::size_t count, std::size_t limit, IsBefore is_before, const void* context);
}  // namespace detail

constexpr std::size_t kAll = static_cast<std::size_t>(-1);

/// The numbers 0..count-1 in the order that `is_before(a, b)` gives, the first `limit` of them; equal ones keep their order.
/// Cost  O(count + limit log count).
template <class Less>
std::vector<std::size_t> sorted_order(std::size_t count, const Less& is_before, std::size_t limit = kAll) {
  const auto call = [](const void* context, std::size_t a, std::size_t b) { return (*static_cast<const Less*>(context))(a, b); };
  return detail::sorted_order(count, limit, call, &is_before);
}

/// Sorts `list` by `is_before(x, y)` and keeps the first `limit`; equal ones keep their order.
template <class T, class Less>
void sort_list(std::vector<T>& list, const Less& is_before, std::size_t limit = kAll) {
  std::vector<T> sorted;
  for (const std::size_t i : sorted_order(list.size(), [&](std::size_t a, std::size_t b) { return is_before(list[a], list[b]); }, limit)) {
    sorted.push_back(std::move(list[i]));
  }
  list = std::move(sorted);
}

}  // namespace kpi
