// Figures that no row carries by itself: typed totals, and what a customer's subscriptions come to together.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "core/base/number_map.h"
#include "core/engine/aggregate.h"
#include "core/engine/currency_converter.h"
#include "core/engine/currency_numbers.h"
#include "core/engine/row_currency.h"
#include "core/engine/segment_task.h"
#include "core/engine/subscriptions.h"
#include "core/engine/typed_totals.h"

namespace kpi {

class OtherSources {
 public:
  OtherSources(const Dataset& dataset, const Window& window, const SlotMap& slots, const std::vector<Filter>& filters,
               const Dimension* group, const Parameters& parameters, CurrencyNumbers& currencies, CurrencyConverter* converter)
      : dataset_(dataset), window_(window), slots_(slots), filters_(filters), group_(group), parameters_(parameters), currencies_(currencies), converter_(converter) {}

  /// All figures of one measure. One that is for more than the window or a bucket leaves it undefined.
  void add_typed(Accumulator& into, std::span<const TypedFigure> figures);
  /// A measure of kMovement, kActive or kRetained.
  void add_subscriptions(Accumulator& into, const MeasureSource& source);

 private:
  /// A figure and the slot it counts in; no_period() where it belongs to the window but to no single period.
  struct Placed {
    const TypedFigure* figure;
    std::size_t slot;
  };
  std::size_t no_period() const { return slots_.slot_count(); }
  void place(Accumulator& a, const TypedFigure& figure, std::vector<Placed>& placed) const;
  void add_typed_stock(Accumulator& a, const std::vector<Placed>& placed);
  void add_figure(Accumulator& a, const TypedFigure& figure, Cell& into, bool by_member);

  using RowsOfFile = std::map<int, std::uint64_t>;
  void add_changes(Accumulator& a, const MeasureSource& source, RowsOfFile& rows);
  void add_active_by_bucket(Accumulator& a, const MeasureSource& source);
  void add_active_at(Accumulator& a, const MeasureSource& source, Day day, RowsOfFile& rows);
  /// Customers in the period of their first subscription, once their age of cohort_age_months lies within the data.
  void add_retained(Accumulator& a, const MeasureSource& source, RowsOfFile& rows);
  void read_subscriptions();
  void convert_prices();
  void add_price(Accumulator& a, const Subscription& subscription, double amount, bool is_mixed, Cell* into, const std::uint32_t* member);

  bool is_filtered_out(const FileTable& table, std::size_t row) const;
  void add_cell(Accumulator& a, const FileTable& table, std::size_t row, const Cell& cell, Cell& into, bool by_member) const;
  void count_row(const FileTable& table, std::size_t row, std::uint8_t currency, Day day);
  std::uint8_t price_currency(const Subscription& subscription);
  const RowCurrency& currency_of(const FileTable& table, const Column* amounts);

  const Dataset& dataset_;
  const Window& window_;
  const SlotMap& slots_;
  const std::vector<Filter>& filters_;
  const Dimension* group_;
  const Parameters& parameters_;
  CurrencyNumbers& currencies_;
  CurrencyConverter* converter_;  // null: amounts stay as they are
  NumberMap counted_;             // rows whose conversion was counted, by file and row
  std::map<const FileTable*, RowCurrency> row_currencies_;
  std::vector<Subscription> subscriptions_;       // that the filters let through, read once
  std::vector<SubscriptionChange> changes_;
  std::vector<std::vector<Subscription>> of_member_;               // the same, by member: within one, a change is its own
  std::vector<std::vector<SubscriptionChange>> changes_of_member_;
  std::vector<SubscriptionEdge> edges_;           // by day
  bool has_subscriptions_ = false;
};

}  // namespace kpi
