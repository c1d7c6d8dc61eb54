#include "core/base/order.h"

#include <algorithm>
#include <numeric>

namespace kpi::detail {

std::vector<std::size_t> sorted_order(std::size_t count, IsBefore is_before, const void* context) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto comes_first = [=](std::size_t a, std::size_t b) {
    return is_before(context, a, b) || (a < b && !is_before(context, b, a));  // equal ones keep their order
  };
  std::make_heap(order.begin(), order.end(), comes_first);  // a third of std::stable_sort's code
  std::sort_heap(order.begin(), order.end(), comes_first);
  return order;
}

}  // namespace kpi::detail
