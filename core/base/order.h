// Sorting of lists that are sorted once: one sort in the program, for std::sort and std::stable_sort are 2 KB of code for every type.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace kpi {

namespace detail {
using IsBefore = bool (*)(const void* context, std::size_t a, std::size_t b);
std::vector<std::size_t> sorted_order(std::size_t count, IsBefore is_before, const void* context);
}  // namespace detail

/// The numbers 0..count-1 in the order that `is_before(a, b)` gives; equal ones keep their order.
template <class Less>
std::vector<std::size_t> sorted_order(std::size_t count, const Less& is_before) {
  const auto call = [](const void* context, std::size_t a, std::size_t b) { return (*static_cast<const Less*>(context))(a, b); };
  return detail::sorted_order(count, call, &is_before);
}

/// Sorts `list` by `is_before(x, y)`; equal ones keep their order.
template <class T, class Less>
void sort_list(std::vector<T>& list, const Less& is_before) {
  std::vector<T> sorted;
  sorted.reserve(list.size());
  for (const std::size_t i : sorted_order(list.size(), [&](std::size_t a, std::size_t b) { return is_before(list[a], list[b]); })) {
    sorted.push_back(std::move(list[i]));
  }
  list = std::move(sorted);
}

}  // namespace kpi
