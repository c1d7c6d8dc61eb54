#include "core/engine/other_sources.h"

#include <algorithm>
#include <array>

#include "core/base/number_map.h"
#include "core/base/order.h"
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

/// Of a state, each period has its own first or last figures, and so has the window. A figure without a period counts where there is
/// no other.
void OtherSources::add_typed_stock(Accumulator& a, const std::vector<Placed>& placed) {
  const bool is_start = a.measure->stock == Stock::kStart;
  const auto rank = [&](const TypedFigure& f) { return f.first == kNoDay ? kNoDay : is_start ? -f.first : f.last; };  // the highest counts
  Day best = kNoDay;
  std::vector<Day> best_in(slots_.slot_count() + 1, kNoDay);
  for (const Placed& p : placed) {
    best = std::max(best, rank(*p.figure));
    best_in[p.slot] = std::max(best_in[p.slot], rank(*p.figure));
  }
  for (const Placed& p : placed) {
    if (p.slot != no_period() && rank(*p.figure) == best_in[p.slot]) add_figure(a, *p.figure, a.by_slot[p.slot], false);
    if (rank(*p.figure) == best) add_figure(a, *p.figure, a.at_edge, true);
  }
}

void OtherSources::add_figure(Accumulator& a, const TypedFigure& f, Cell& into, bool by_member) {
  Cell cell;
  cell.typed = 1;
  double value = f.value;
  if (a.measure->unit.exponent("money") != 0) {
    cell.currency = currency_of(*f.table, f.table->table.find("value")).at(f.row);
    if (converter_ != nullptr) {
      count_row(*f.table, f.row, cell.currency, f.last);
      value = converter_->convert(value, cell.currency, f.last);
    }
  }
  cell.sum.add(value);
  add_cell(a, *f.table, f.row, cell, into, by_member);
}

/// Customer by customer, over all files: what one file calls an end may be a change in the next. Filters come first: within the
/// products that are asked for, dropping one of them is a loss whatever else the customer has.
void OtherSources::read_subscriptions() {
  if (has_subscriptions_) return;
  has_subscriptions_ = true;
  subscriptions_ = subscriptions(dataset_);
  std::erase_if(subscriptions_, [&](const Subscription& s) { return is_filtered_out(*s.table, s.row); });
  if (converter_ != nullptr) convert_prices();
  changes_ = subscription_changes(subscriptions_);
  edges_ = subscription_edges(subscriptions_);
  sort_list(edges_, [](const SubscriptionEdge& x, const SubscriptionEdge& y) { return x.day < y.day; });
  if (group_ == nullptr) return;
  of_member_.resize(group_->members().size());
  for (const Subscription& s : subscriptions_) {
    if (const DimensionView* view = group_->view(*s.table)) of_member_[view->member(s.row)].push_back(s);
  }
  for (const std::vector<Subscription>& own : of_member_) changes_of_member_.push_back(subscription_changes(own));
}

/// Once, at the rate of the day on which each begins: at the rate of the measuring day a price would seem to expand and contract with the
/// currency, and new + expansion - contraction - churn would no longer be the difference of two days.
void OtherSources::convert_prices() {
  for (Subscription& s : subscriptions_) {
    std::uint8_t currency = currency_of(*s.table, s.table->table.find("mrr")).at(s.row);
    count_row(*s.table, s.row, currency, s.start);
    s.mrr = converter_->convert(s.mrr, currency, s.start);
    s.currency = currencies_.code(currency);
  }
}

void OtherSources::count_row(const FileTable& table, std::size_t row, std::uint8_t currency, Day day) {
  const std::uint64_t key = static_cast<std::uint64_t>(table.file) << 40 | row;
  if (counted_.try_emplace(key, 0).second) converter_->count(currency, day);
}

/// Of a subscription as it was read: in the report's currency where its price was converted.
std::uint8_t OtherSources::price_currency(const Subscription& s) {
  if (converter_ != nullptr && currencies_.number(s.currency) == converter_->target()) return converter_->target();
  return currency_of(*s.table, s.table->table.find("mrr")).at(s.row);
}

void OtherSources::add_subscriptions(Accumulator& a, const MeasureSource& source) {
  read_subscriptions();
  RowsOfFile rows;
  if (source.aggregate == Aggregate::kMovement) {
    add_changes(a, source, rows);
  } else if (source.aggregate == Aggregate::kRetained) {
    add_retained(a, source, rows);
  } else {
    add_active_by_bucket(a, source);
    if (window_.first != kNoDay) add_active_at(a, source, a.measure->stock == Stock::kStart ? window_.first - 1 : window_.last, rows);
  }
  for (const auto& [file, count] : rows) a.files.push_back({file, &source, count});
}

void OtherSources::add_changes(Accumulator& a, const MeasureSource& source, RowsOfFile& rows) {
  const std::vector<std::string>& wanted = source.where.movement;
  const auto slot_of = [&](const SubscriptionChange& change) {
    const bool is_wanted = std::find(wanted.begin(), wanted.end(), movements()[static_cast<std::size_t>(change.movement)]) != wanted.end();
    return is_wanted ? slots_.slot(change.day) : SlotMap::kOutside;
  };
  for (const SubscriptionChange& change : changes_) {
    const std::uint16_t slot = slot_of(change);
    if (slot == SlotMap::kOutside) continue;
    add_price(a, *change.subscription, change.amount, change.is_mixed, &a.by_slot[slot], nullptr);
    ++rows[change.subscription->table->file];
  }
  for (std::uint32_t m = 0; m < changes_of_member_.size(); ++m) {
    for (const SubscriptionChange& change : changes_of_member_[m]) {
      if (slot_of(change) != SlotMap::kOutside) add_price(a, *change.subscription, change.amount, change.is_mixed, nullptr, &m);
    }
    if (!of_member_[m].empty()) a.member_has_rows[m] = true;
  }
}

namespace {

struct FirstSubscription {
  const Subscription* subscription;
  bool is_active;  // at the age
};

/// Each customer's first subscription, and whether the customer still has one so many months later.
std::vector<FirstSubscription> first_subscriptions(const std::vector<Subscription>& all, std::int32_t months, Day last_known) {
  NumberMap index;
  std::vector<FirstSubscription> firsts;
  for (const Subscription& s : all) {
    const auto [it, is_new] = index.try_emplace(s.customer, firsts.size());
    if (is_new) {
      firsts.push_back({&s, false});
    } else if (FirstSubscription& first = firsts[static_cast<std::size_t>(it->second)]; s.start < first.subscription->start) {
      first.subscription = &s;
    }
  }
  for (const Subscription& s : all) {
    FirstSubscription& first = firsts[static_cast<std::size_t>(index.find(s.customer)->second)];
    first.is_active = first.is_active || s.is_active(add_months(first.subscription->start, months));
  }
  std::erase_if(firsts, [&](const FirstSubscription& f) { return add_months(f.subscription->start, months) > last_known; });
  return firsts;
}

}  // namespace

void OtherSources::add_retained(Accumulator& a, const MeasureSource& source, RowsOfFile& rows) {
  const auto typed = parameters_.find("cohort_age_months");
  const double months = typed != parameters_.end() ? typed->second : *dataset_.catalog().measure("cohort_age_months")->standard;
  if (!(months >= 0 && months <= 600)) return;
  Day last_known = kNoDay;
  for (const auto& t : dataset_.tables()) last_known = std::max(last_known, t->last_day);
  const auto age = static_cast<std::int32_t>(months);
  for (const FirstSubscription& first : first_subscriptions(subscriptions_, age, last_known)) {
    const std::uint16_t slot = slots_.slot(first.subscription->start);
    if (slot == SlotMap::kOutside || (source.where.active && !first.is_active)) continue;
    ++a.by_slot[slot].rows;
    ++rows[first.subscription->table->file];
  }
  for (std::uint32_t m = 0; m < of_member_.size(); ++m) {
    for (const FirstSubscription& first : first_subscriptions(of_member_[m], age, last_known)) {
      if (slots_.slot(first.subscription->start) != SlotMap::kOutside && (!source.where.active || first.is_active)) ++a.by_member[m].rows;
    }
    if (!of_member_[m].empty()) a.member_has_rows[m] = true;
  }
}

/// From one period to the next: what begins is added, what ends is taken off. When nothing runs the sum is exactly 0 again.
void OtherSources::add_active_by_bucket(Accumulator& a, const MeasureSource& source) {
  const bool is_start = a.measure->stock == Stock::kStart;
  std::size_t next = 0;
  std::uint64_t running = 0, customers = 0;
  Sum sum;
  NumberMap running_of_customer;
  std::array<std::uint64_t, 256> running_in_currency{};
  for (std::size_t b = 0; b < window_.buckets.size(); ++b) {
    const Day day = is_start ? window_.buckets[b].first - 1 : window_.buckets[b].last;
    for (; next < edges_.size() && edges_[next].day <= day; ++next) {
      const Subscription& s = *edges_[next].subscription;
      const std::uint64_t step = edges_[next].is_start ? 1 : static_cast<std::uint64_t>(-1);
      std::uint64_t& of_customer = running_of_customer[s.customer];
      if (of_customer == 0) ++customers;
      of_customer += step;
      if (of_customer == 0) --customers;
      running += step;
      if (!a.is_count) running_in_currency[price_currency(s)] += step;
      sum.add(edges_[next].is_start ? s.mrr : -s.mrr);
      if (running == 0) sum = {};
    }
    Cell cell;
    cell.rows = source.value_field.empty() ? customers : running;
    if (!a.is_count) cell.sum = sum;
    for (std::size_t c = 0; c < running_in_currency.size(); ++c) {
      if (running_in_currency[c] != 0) cell.add_currency(static_cast<std::uint8_t>(c));
    }
    a.by_slot[b].add(cell);
  }
}

/// What runs on one day: its price, or its customers, each once in all and once in each member.
void OtherSources::add_active_at(Accumulator& a, const MeasureSource& source, Day day, RowsOfFile& rows) {
  const bool has_price = !source.value_field.empty();
  NumberMap seen;
  for (const Subscription& s : subscriptions_) {
    if (!s.is_active(day)) continue;
    ++rows[s.table->file];
    if (has_price) {
      add_price(a, s, s.mrr, false, &a.at_edge, nullptr);
    } else if (seen.try_emplace(s.customer, 0).second) {
      ++a.at_edge.rows;
    }
  }
  for (std::uint32_t m = 0; m < of_member_.size(); ++m) {
    NumberMap seen_here;
    for (const Subscription& s : of_member_[m]) {
      if (!s.is_active(day)) continue;
      if (has_price) {
        add_price(a, s, s.mrr, false, nullptr, &m);
      } else if (seen_here.try_emplace(s.customer, 0).second) {
        ++a.by_member[m].rows;
      }
    }
    if (!of_member_[m].empty()) a.member_has_rows[m] = true;
  }
}

void OtherSources::add_price(Accumulator& a, const Subscription& s, double amount, bool is_mixed, Cell* into, const std::uint32_t* member) {
  Cell cell;
  cell.rows = 1;
  if (!a.is_count) {
    cell.sum.add(amount);
    cell.currency = is_mixed ? kMixed : price_currency(s);
  }
  if (into != nullptr) into->add(cell);
  if (member != nullptr) a.by_member[*member].add(cell);
}

}  // namespace kpi
