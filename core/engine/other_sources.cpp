#include "core/engine/other_sources.h"

#include <algorithm>

#include "core/base/number_map.h"
#include "core/catalog/vocabulary.h"

namespace kpi {

bool OtherSources::is_filtered_out(const FileTable& table, std::size_t row) const {
  return std::any_of(filters_.begin(), filters_.end(), [&](const Filter& f) {
    const DimensionView* view = f.dimension->view(table);
    return view == nullptr || !f.is_allowed[view->member(row)];
  });
}

void OtherSources::add_cell(Accumulator& a, const FileTable& table, std::size_t row, const Cell& cell, Cell& into, bool by_member) const {
  into.add(cell);
  const DimensionView* view = !by_member || group_ == nullptr ? nullptr : group_->view(table);
  if (view == nullptr) return;
  const std::uint32_t member = view->member(row);
  a.by_member[member].add(cell);
  a.member_has_rows[member] = true;
}

const RowCurrency& OtherSources::currency_of(const FileTable& table, const Column* amounts) {
  const auto known = row_currencies_.find(&table);
  if (known != row_currencies_.end()) return known->second;
  return row_currencies_.emplace(&table, row_currency(dataset_, currencies_, table, amounts)).first->second;
}

void OtherSources::place(Accumulator& a, const TypedFigure& f, std::vector<Placed>& placed) const {
  if (f.first == kNoDay) {
    if (slots_.undated() != SlotMap::kOutside) placed.push_back({&f, no_period()});
    return;
  }
  const std::uint16_t first = slots_.slot(f.first), last = slots_.slot(f.last);
  const bool begins = first != SlotMap::kOutside, ends = last != SlotMap::kOutside;
  const bool is_around = !begins && !ends && window_.first != kNoDay && f.first < window_.first && f.last > window_.last;
  if (begins != ends || is_around) a.is_window_spanned = true;
  if (!begins && !ends && !is_around) return;
  if (begins && first == last) {
    placed.push_back({&f, first});
    return;
  }
  const std::size_t from = begins ? first : 0, end = ends ? last + std::size_t{1} : window_.buckets.size();
  for (std::size_t b = from; b < end; ++b) a.by_slot[b].has_spanning = true;
  if (begins && ends) placed.push_back({&f, no_period()});
}

void OtherSources::add_typed(Accumulator& a, std::span<const TypedFigure> figures) {
  std::vector<Placed> placed;
  for (const TypedFigure& f : figures) {
    if (!is_filtered_out(*f.table, f.row)) place(a, f, placed);
  }
  if (a.is_window_spanned) {
    for (Cell& cell : a.by_member) cell.has_spanning = true;
  }
  if (a.measure->stock == Stock::kNone) {
    for (const Placed& p : placed) add_figure(a, *p.figure, a.by_slot[p.slot], true);
  } else {
    add_typed_stock(a, placed);
  }
  for (const Placed& p : placed) {
    const int file = p.figure->table->file;
    if (a.files.empty() || a.files.back().file != file) a.files.push_back({file, &a.measure->typed, 0});
    ++a.files.back().rows;
  }
}

/// Of a state, each period has its own first or last figures, and so has the window.
void OtherSources::add_typed_stock(Accumulator& a, const std::vector<Placed>& placed) {
  const auto is_nearer = [&](const TypedFigure& f, const TypedFigure& other) {
    return a.measure->stock == Stock::kStart ? f.first < other.first : f.last > other.last;
  };
  const auto is_beaten = [&](const Placed& p, bool in_same_slot) {
    return std::any_of(placed.begin(), placed.end(), [&](const Placed& other) {
      return (!in_same_slot || other.slot == p.slot) && is_nearer(*other.figure, *p.figure);
    });
  };
  for (const Placed& p : placed) {
    if (p.slot != no_period() && !is_beaten(p, true)) add_figure(a, *p.figure, a.by_slot[p.slot], false);
    if (!is_beaten(p, false)) add_figure(a, *p.figure, a.at_edge, true);
  }
}

void OtherSources::add_figure(Accumulator& a, const TypedFigure& f, Cell& into, bool by_member) {
  Cell cell;
  cell.typed = 1;
  cell.sum.add(f.value);
  if (a.measure->unit.exponent("money") != 0) cell.currency = currency_of(*f.table, nullptr).at(f.row);
  add_cell(a, *f.table, f.row, cell, into, by_member);
}

/// Customer by customer, over all files: what one file calls an end may be a change in the next.
void OtherSources::add_subscriptions(Accumulator& a, const MeasureSource& source) {
  if (!has_subscriptions_) {
    subscriptions_ = subscriptions(dataset_);
    changes_ = subscription_changes(subscriptions_);
    has_subscriptions_ = true;
  }
  RowsOfFile rows;
  if (source.aggregate == Aggregate::kMovement) {
    add_changes(a, source, rows);
  } else {
    const bool is_start = a.measure->stock == Stock::kStart;
    for (std::size_t b = 0; b < window_.buckets.size(); ++b) {
      add_active(a, source, is_start ? window_.buckets[b].first - 1 : window_.buckets[b].last, a.by_slot[b], nullptr);
    }
    if (window_.first != kNoDay) add_active(a, source, is_start ? window_.first - 1 : window_.last, a.at_edge, &rows);
  }
  for (const auto& [file, count] : rows) a.files.push_back({file, &source, count});
}

void OtherSources::add_changes(Accumulator& a, const MeasureSource& source, RowsOfFile& rows) {
  const std::vector<std::string>& wanted = source.where.movement;
  for (const SubscriptionChange& change : changes_) {
    const Subscription& s = *change.subscription;
    if (std::find(wanted.begin(), wanted.end(), movements()[static_cast<std::size_t>(change.movement)]) == wanted.end()) continue;
    const std::uint16_t slot = slots_.slot(change.day);
    if (slot == SlotMap::kOutside || is_filtered_out(*s.table, s.row)) continue;
    add_price(a, s, change.amount, a.by_slot[slot], true);
    ++rows[s.table->file];
  }
}

/// What runs on a day: its price, or its customers, each once in all and once in each member.
void OtherSources::add_active(Accumulator& a, const MeasureSource& source, Day day, Cell& into, RowsOfFile* rows) {
  const bool by_member = rows != nullptr;
  NumberMap seen;
  std::vector<NumberMap> seen_by_member(by_member && group_ != nullptr ? group_->members().size() : 0);
  for (const Subscription& s : subscriptions_) {
    if (!s.is_active(day) || is_filtered_out(*s.table, s.row)) continue;
    if (by_member) ++(*rows)[s.table->file];
    if (!source.value_field.empty()) {
      add_price(a, s, s.mrr, into, by_member);
      continue;
    }
    if (seen.try_emplace(s.customer, 0).second) ++into.rows;
    const DimensionView* view = seen_by_member.empty() ? nullptr : group_->view(*s.table);
    if (view == nullptr) continue;
    const std::uint32_t member = view->member(s.row);
    a.member_has_rows[member] = true;
    if (seen_by_member[member].try_emplace(s.customer, 0).second) ++a.by_member[member].rows;
  }
}

void OtherSources::add_price(Accumulator& a, const Subscription& s, double amount, Cell& into, bool by_member) {
  Cell cell;
  cell.rows = 1;
  if (!a.is_count) {
    cell.sum.add(amount);
    cell.currency = currency_of(*s.table, s.table->table.find("mrr")).at(s.row);
  }
  add_cell(a, *s.table, s.row, cell, into, by_member);
}

}  // namespace kpi
