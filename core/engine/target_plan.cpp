#include "core/engine/target_plan.h"

#include <algorithm>

#include "core/base/sum.h"

namespace kpi {
namespace {

struct Tile {
  const TargetRow* row;
  Day first, last;
  bool is_cut() const { return first != row->first || last != row->last; }
  double share() const { return static_cast<double>(last - first + 1) / static_cast<double>(row->last - row->first + 1); }
};

Value no_target(std::string_view code) { return Undefined{code, {}}; }

/// The row that holds from `day` on: the longest that lies in what is left of first..last, else the shortest that covers the day.
const TargetRow* row_at(std::span<const TargetRow> rows, Day longest, Day day, Day last) {
  const TargetRow* inside = nullptr;
  const TargetRow* around = nullptr;
  const auto beyond = std::partition_point(rows.begin(), rows.end(), [day](const TargetRow& r) { return r.first <= day; });
  for (auto r = beyond; r != rows.begin();) {
    --r;
    if (r->first == kNoDay || r->first < day - longest) break;
    if (r->last < day) continue;
    const Day length = r->last - r->first;
    if (r->first == day && r->last <= last && (inside == nullptr || length > inside->last - inside->first)) inside = &*r;
    if (around == nullptr || length < around->last - around->first) around = &*r;
  }
  return inside != nullptr ? inside : around;
}

Day longest_of(std::span<const TargetRow> rows) {
  Day longest = 0;
  for (const TargetRow& r : rows) {
    if (r.first != kNoDay) longest = std::max(longest, r.last - r.first);
  }
  return longest;
}

/// Tiles from first to last; `has_gap` where a day has no target.
std::vector<Tile> tiles_of(std::span<const TargetRow> rows, Day first, Day last, bool& has_gap) {
  std::vector<Tile> tiles;
  has_gap = false;
  const Day longest = longest_of(rows);
  for (Day day = first; day <= last;) {
    const TargetRow* row = row_at(rows, longest, day, last);
    if (row == nullptr) {
      has_gap = true;
      const auto next = std::partition_point(rows.begin(), rows.end(), [day](const TargetRow& r) { return r.first <= day; });
      if (next == rows.end() || next->first > last) break;
      day = next->first;
      continue;
    }
    const Day end = std::min(row->last, last);
    tiles.push_back({row, day, end});
    day = end + 1;
  }
  return tiles;
}

bool has_conflict(const std::vector<Tile>& tiles) {
  return std::any_of(tiles.begin(), tiles.end(), [](const Tile& tile) { return tile.row->is_conflict; });
}

/// One currency of all; "mixed" where there are several.
std::string_view currency_of(const std::vector<Tile>& tiles) {
  std::string_view currency;
  for (const Tile& tile : tiles) {
    if (tile.row->currency.empty() || tile.row->currency == currency) continue;
    if (!currency.empty()) return kSeveralCurrencies;
    currency = tile.row->currency;
  }
  return currency;
}

Value sum_of(const std::vector<Tile>& tiles, bool is_whole) {
  Sum sum;
  for (const Tile& tile : tiles) sum.add(tile.row->target * (is_whole ? 1 : tile.share()));
  return Quantity{sum.value(), currency_of(tiles)};
}

std::optional<double> limit_of(const std::vector<Tile>& tiles) {
  Sum sum;
  for (const Tile& tile : tiles) {
    if (!tile.row->limit) return std::nullopt;
    sum.add(*tile.row->limit * tile.share());
  }
  return sum.value();
}

Target one(const TargetRow& row, Day first, Day last) {
  Target target;
  target.value = Quantity{row.target, row.currency};
  if (row.is_conflict) target.value = no_target("target_conflict");
  target.first = first;
  target.last = last;
  target.limit = row.limit;
  target.owner = row.owner;
  return target;
}

Target none(std::string_view code) {
  Target target;
  target.value = no_target(code);
  return target;
}

Target added_up(std::span<const TargetRow> rows, const std::vector<Tile>& tiles, const Stretch& stretch) {
  Target target = one(*tiles.back().row, stretch.known_first, stretch.known_last);
  target.limit = limit_of(tiles);
  bool has_gap = false;
  const std::vector<Tile> all = tiles_of(rows, stretch.first, stretch.last, has_gap);
  if (has_conflict(tiles) || has_conflict(all)) return none("target_conflict");
  target.value = sum_of(tiles, false);
  const bool is_to_date = stretch.known_first != stretch.first || stretch.known_last != stretch.last;
  target.is_by_days = is_to_date || std::any_of(tiles.begin(), tiles.end(), [](const Tile& tile) { return tile.is_cut(); });
  target.whole = has_gap ? no_target("target_gap") : sum_of(all, true);
  return target;
}

Target level(const std::vector<Tile>& tiles, const Stretch& stretch) {
  const TargetRow& last = *tiles.back().row;
  if (has_conflict(tiles)) return none("target_conflict");
  Target target = one(last, stretch.known_first, stretch.known_last);
  for (const Tile& tile : tiles) {
    if (tile.row->target != last.target || tile.row->currency != last.currency) return none("target_differs");
    if (tile.row->limit != last.limit) target.limit.reset();
  }
  return target;
}

Target own_period(std::span<const TargetRow> rows, const Stretch& stretch) {
  for (const TargetRow& row : rows) {
    if (row.first != stretch.first || row.last != stretch.last) continue;
    const bool is_whole = stretch.known_first == stretch.first && stretch.known_last == stretch.last;
    return is_whole ? one(row, row.first, row.last) : none("target_not_for_part");
  }
  return none("target_not_for_part");
}

Target in_its_period(std::span<const TargetRow> rows, OverTime kind, const Stretch& stretch) {
  if (kind == OverTime::kOwnPeriod) return own_period(rows, stretch);
  if (kind == OverTime::kFirst || kind == OverTime::kLast) {
    const Day day = kind == OverTime::kFirst ? stretch.known_first : stretch.known_last;
    const TargetRow* row = row_at(rows, longest_of(rows), day, stretch.last);
    return row == nullptr ? none("target_gap") : one(*row, stretch.known_first, stretch.known_last);
  }
  bool has_gap = false;
  const std::vector<Tile> tiles = tiles_of(rows, stretch.known_first, stretch.known_last, has_gap);
  if (has_gap) return none("target_gap");
  return kind == OverTime::kSum ? added_up(rows, tiles, stretch) : level(tiles, stretch);
}

}  // namespace

Target target_over(std::span<const TargetRow> rows, OverTime kind, const Stretch& stretch) {
  if (rows.empty()) return none("no_target");
  const auto is_dated = [](const TargetRow& r) { return r.first != kNoDay; };
  const bool overlaps = stretch.first != kNoDay && std::any_of(rows.begin(), rows.end(), [&](const TargetRow& r) {
    return is_dated(r) && r.first <= stretch.last && r.last >= stretch.first;
  });
  const std::span<const TargetRow> dated = rows.subspan(static_cast<std::size_t>(std::find_if(rows.begin(), rows.end(), is_dated) - rows.begin()));
  if (overlaps) return in_its_period(dated, kind, stretch);
  const bool stands_always = kind != OverTime::kSum && kind != OverTime::kOwnPeriod;
  const bool is_standing = !is_dated(rows.front()) && (stands_always || stretch.is_everything);  // kNoDay is the least of days
  return is_standing ? one(rows.front(), kNoDay, kNoDay) : none(is_dated(rows.front()) ? "target_gap" : "target_not_for_part");
}

}  // namespace kpi
