#include "core/mapping/similar_name.h"

#include <algorithm>
#include <array>

namespace kpi {
namespace {

constexpr std::size_t kMinBytes = 5;   // shorter texts are near to everything
constexpr std::size_t kMaxBytes = 60;

std::size_t word_count(std::string_view text) {
  return text.empty() ? 0 : static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
}

/// Does `text` hold the words of `name` as a run, with at most two words more?
bool holds_words(std::string_view text, std::string_view name) {
  if (name.size() < kMinBytes || name.find(' ') == std::string_view::npos || text.size() <= name.size()) return false;
  const std::size_t at = text.find(name);
  if (at == std::string_view::npos) return false;
  const bool starts = at == 0 || text[at - 1] == ' ';
  const bool ends = at + name.size() == text.size() || text[at + name.size()] == ' ';
  return starts && ends && word_count(text) <= word_count(name) + 2;
}

}  // namespace

int edit_distance(std::string_view a, std::string_view b, int limit) {
  if (a.size() > kMaxBytes || b.size() > kMaxBytes) return limit + 1;
  const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > static_cast<std::size_t>(limit)) return limit + 1;
  std::array<std::array<int, kMaxBytes + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::array<int, kMaxBytes + 1>& row = rows[i % 3];
    const std::array<int, kMaxBytes + 1>& above = rows[(i + 2) % 3];
    const std::array<int, kMaxBytes + 1>& two_above = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    int best = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], two_above[j - 2] + 1);
      best = std::min(best, row[j]);
    }
    if (best > limit) return limit + 1;
  }
  return std::min(rows[a.size() % 3][b.size()], limit + 1);
}

const KnownName* find_similar(const NameIndex& index, std::string_view folded, std::string_view table) {
  if (folded.size() < kMinBytes || folded.size() > kMaxBytes) return nullptr;
  const int limit = folded.size() >= 9 ? 2 : 1;
  const KnownName* nearest = nullptr;
  int nearest_distance = limit + 1;
  std::size_t held_bytes = 0;
  const KnownName* held = nullptr;
  for (const KnownName& name : index.names) {
    if (name.kind != NameKind::kField || name.is_guess || index.reports[name.report].table != table) continue;
    const int distance = edit_distance(folded, name.folded, limit);
    if (distance < nearest_distance) {
      nearest_distance = distance;
      nearest = &name;
    }
    if (name.folded.size() > held_bytes && holds_words(folded, name.folded)) {
      held_bytes = name.folded.size();
      held = &name;
    }
  }
  return nearest != nullptr ? nearest : held;
}

}  // namespace kpi
