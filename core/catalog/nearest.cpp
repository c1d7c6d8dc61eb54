#include "core/catalog/nearest.h"

#include <algorithm>
#include <utility>

#include "core/base/order.h"

namespace kpi {
namespace {

constexpr std::size_t kMaxLength = 64;  // longer texts are no mistyped ids
constexpr std::size_t kMaxNearest = 3;

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string nearest_ids(std::string_view text, const std::vector<std::string>& known) {
  if (text.size() > kMaxLength) return {};
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& id : known) {
    if (id.size() > kMaxLength) continue;
    const std::size_t distance = edit_distance(text, id);
    if (distance <= std::max<std::size_t>(1, text.size() / 3)) near.emplace_back(distance, id);
  }
  sort_list(near, [](const auto& a, const auto& b) { return a < b; });
  near.erase(std::unique(near.begin(), near.end()), near.end());
  std::string joined;
  for (std::size_t i = 0; i < near.size() && i < kMaxNearest; ++i) {
    if (i != 0) joined += ',';
    joined += near[i].second;
  }
  return joined;
}

}  // namespace kpi
