#include "core/base/order.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace kpi::detail {

std::vector<std::size_t> sorted_order(std::size_t count, std::size_t limit, IsBefore is_before, const void* context) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto comes_later = [=](std::size_t a, std::size_t b) {
    return is_before(context, b, a) || (b < a && !is_before(context, a, b));  // equal ones keep their order
  };
  // A heap: a third of std::stable_sort's code, and the first few of many cost little.
  std::make_heap(order.begin(), order.end(), comes_later);
  auto end = order.end();
  for (std::size_t i = 0; i < limit && end != order.begin(); ++i, --end) std::pop_heap(order.begin(), end, comes_later);
  return {order.rbegin(), std::make_reverse_iterator(end)};
}

}  // namespace kpi::detail
