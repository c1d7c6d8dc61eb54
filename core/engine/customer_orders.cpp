#include "core/engine/customer_orders.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/base/number_map.h"
#include "core/engine/row_currency.h"

namespace kpi {
namespace {

const char* const kRevenueId = "order_revenue";

/// One table's columns.
struct OrderTable {
  const FileTable* table;
  const Column *customer, *date, *amount, *cogs;
  std::vector<const DimensionView*> filters;
  const DimensionView* group;
};

bool is_allowed(const OrderTable& t, const std::vector<Filter>& filters, std::size_t row) {
  for (std::size_t f = 0; f < filters.size(); ++f) {
    if (!filters[f].is_allowed[t.filters[f]->member(row)]) return false;
  }
  return true;
}

class OrderReader {
 public:
  explicit OrderReader(const AggregateScope& scope) : scope_(scope) {
    if (!scope.currency.empty() && !scope.dataset.rates().empty()) {
      converter_ = std::make_unique<CurrencyConverter>(scope.dataset.rates(), currencies_, scope.currency);
    }
  }

  Outcome<CustomerOrders> run() {
    const auto margin = scope_.parameters.find("gross_margin");
    has_share_ = margin != scope_.parameters.end();
    share_ = has_share_ ? margin->second : 1;
    if (!(share_ >= 0) || !(share_ <= 1)) return Undefined{"out_of_range", {"gross_margin"}};
    bool is_there = false;
    std::vector<OrderTable> tables;
    for (const auto& t : scope_.dataset.tables()) {
      if (t->table.kind != "orders") continue;
      OrderTable open{t.get(), t->table.find("customer_id"), t->date("date"), t->table.find("amount"), t->table.find("cogs"), {}, nullptr};
      if (open.customer == nullptr || open.customer->kind != ColumnKind::kKey || open.date == nullptr || open.amount == nullptr) continue;
      is_there = true;
      for (const Filter& filter : scope_.filters) open.filters.push_back(filter.dimension->view(*t));
      if (std::find(open.filters.begin(), open.filters.end(), nullptr) != open.filters.end()) continue;
      if (scope_.group != nullptr) open.group = scope_.group->view(*t);
      if (open.date->last_day != kNoDay) out_.last_day = out_.last_day == kNoDay ? open.date->last_day : std::max(out_.last_day, open.date->last_day);
      tables.push_back(std::move(open));
    }
    if (!is_there) return Undefined{"missing_input", {"ordering_customers"}};
    if (tables.empty()) return Undefined{"not_by_dimension", {scope_.filters.front().dimension->id()}};
    if (!scope_.window.is_unbounded && out_.last_day != kNoDay) out_.last_day = std::min(out_.last_day, scope_.window.last);
    for (const OrderTable& t : tables) read(t);
    if (out_.orders.empty()) return Undefined{"no_rows", {}};
    return finish();
  }

 private:
  void read(const OrderTable& t) {
    const RowCurrency of_amount = row_currency(scope_.dataset, currencies_, *t.table, t.amount);
    const RowCurrency of_cost = row_currency(scope_.dataset, currencies_, *t.table, t.cogs == nullptr ? t.amount : t.cogs);
    out_.rows.rows += t.table->table.row_count;
    for (std::size_t row = 0; row < t.table->table.row_count; ++row) {
      if (std::uint64_t* why = left_out(t, row)) {
        ++*why;
        continue;
      }
      const Day day = t.date->days[row];
      const auto [place, is_new] = numbers_.try_emplace(t.customer->keys[row], numbers_.size());
      const std::uint32_t customer = static_cast<std::uint32_t>(place->second);
      if (is_new) out_.last_order.push_back({t.table, row, day});
      else if (day >= out_.last_order[customer].day) out_.last_order[customer] = {t.table, row, day};
      const double amount = converted(t.amount->numbers[row], of_amount.at(row), day);
      const double cost = t.cogs == nullptr ? std::nan("") : t.cogs->numbers[row];
      const bool has_cost = !std::isnan(cost);
      out_.with_costs += has_cost ? 1U : 0U;
      margins_.push_back(has_cost ? amount - converted(cost, of_cost.at(row), day) : amount * share_);
      out_.orders.push_back({customer, day, amount});
      out_.first_day = out_.first_day == kNoDay ? day : std::min(out_.first_day, day);
      if (scope_.group != nullptr) note_member(t, row, customer, is_new, day);
    }
  }

  /// Where the row is counted that is no purchase; null for one that is.
  std::uint64_t* left_out(const OrderTable& t, std::size_t row) {
    OrderRows& rows = out_.rows;
    if (!t.table->is_repeat.empty() && t.table->is_repeat[row] != 0) return &rows.repeated;
    if (!is_allowed(t, scope_.filters, row)) return &rows.filtered;
    if (t.date->days[row] == kNoDay) return &rows.undated;
    if (t.date->days[row] > out_.last_day) return &rows.later;
    if (t.customer->keys[row] == 0) return &rows.without_customer;
    if (!std::isfinite(t.amount->numbers[row])) return &rows.without_amount;
    if (t.amount->numbers[row] <= 0) return &rows.not_positive;
    return nullptr;
  }

  double converted(double amount, std::uint8_t currency, Day day) {
    if (converter_ != nullptr) amount = converter_->convert(amount, currency, day);
    if (currency == kUnknownCurrency) return amount;
    if (currency_ == kNoCurrency) currency_ = currency;
    if (currency != currency_) currency_ = kMixed;
    return amount;
  }

  void note_member(const OrderTable& t, std::size_t row, std::uint32_t customer, bool is_new, Day day) {
    if (is_new) {
      out_.member.push_back(Dimension::kBlank);
      first_.push_back(kNoDay);
    }
    if (first_[customer] != kNoDay && first_[customer] <= day) return;
    first_[customer] = day;
    out_.member[customer] = t.group == nullptr ? Dimension::kBlank : t.group->member(row);
  }

  Outcome<CustomerOrders> finish() {
    if (currency_ == kMixed) return Undefined{"currency_mixed", {kRevenueId}};
    out_.currency = currencies_.code(currency_);
    out_.rows.used = out_.orders.size();
    const bool has_all = out_.with_costs == out_.orders.size();
    if (has_all) out_.basis = OrderBasis::kCosts;
    else if (has_share_) out_.basis = out_.with_costs == 0 ? OrderBasis::kShare : OrderBasis::kCostsAndShare;
    for (std::size_t i = 0; i < out_.orders.size() && out_.basis != OrderBasis::kRevenue; ++i) out_.orders[i].amount = margins_[i];
    return std::move(out_);
  }

  const AggregateScope& scope_;
  CustomerOrders out_;
  CurrencyNumbers currencies_;
  std::unique_ptr<CurrencyConverter> converter_;
  std::uint8_t currency_ = kNoCurrency;
  bool has_share_ = false;
  double share_ = 1;
  NumberMap numbers_;             // by customer's key
  std::vector<double> margins_;   // by order
  std::vector<Day> first_;        // by customer
};

}  // namespace

Outcome<CustomerOrders> customer_orders(const AggregateScope& scope) { return OrderReader(scope).run(); }

}  // namespace kpi
