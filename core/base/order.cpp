#include "core/base/order.h"

#include <algorithm>
#include <numeric>

namespace kpi::detail {

std::vector<std::size_t> sorted_order(std::size_t count, IsBefore is_before, const void* context) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [=](std::size_t a, std::size_t b) { return is_before(context, a, b); });
  return order;
}

}  // namespace kpi::detail
