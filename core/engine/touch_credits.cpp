#include "core/engine/touch_credits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <string_view>
#include <utility>

#include "core/engine/derived_columns.h"
#include "core/engine/row_currency.h"
#include "core/engine/touch_journeys.h"
#include "core/models/attribution/position_models.h"

namespace kpi {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

class Credits {
 public:
  Credits(const Dataset& dataset, const std::vector<FileTable*>& touchpoints)
      : dataset_(dataset), found_(touch_journeys(dataset, 1, [](const FileTable&, std::size_t) { return 0; })) {
    for (const FileTable* t : touchpoints) by_table_[t] = {std::vector<Day>(t->table.row_count, kNoDay), std::vector<std::uint8_t>(t->table.row_count, kNoCurrency)};
    currencies_of_wins();
    credited_touches();
  }

  void derive(FileTable& t) const {
    constexpr std::size_t kModels = 6;
    const std::array<std::pair<const char*, TouchModel>, kModels> models = {{{"credit_first_touch", first_touch_model()},
                                                                             {"credit_last_touch", last_touch_model()},
                                                                             {"credit_linear", linear_model()},
                                                                             {"credit_position_based", position_based_last_touch_model()},
                                                                             {"credit_w_shaped", w_shaped_model()},
                                                                             {"credit_time_decay", time_decay_model()}}};
    const Rows& rows = by_table_.at(&t);
    derive_days(t, "credited_at", [&](std::size_t row) { return rows.days[row]; });
    derive_texts(t, "currency", [&](std::size_t row) { return numbers_.code(rows.currencies[row]); });
    const bool is_mixed = std::find(rows.currencies.begin(), rows.currencies.end(), kMixed) != rows.currencies.end();
    for (const auto& [field, model] : models) {
      const std::vector<double> credits = credits_by(model, t);
      derive_numbers(t, field, [&](std::size_t row) { return credits[row]; });
      if (is_mixed) t.table.columns.back().currency = kSeveralCurrencies;
    }
  }

  void mark_influenced(FileTable& deals) const {
    std::vector<double> influenced(deals.table.row_count, kNoNumber);
    for (const Journey& journey : found_.built.journeys.list) {
      if (journey.conversions == 0 || journey.count == 0) continue;
      const TableRow& place = found_.wins[journey.conversion].place;
      if (place.table == &deals) influenced[place.row] = 1;
    }
    derive_numbers(deals, "influenced", [&](std::size_t row) { return influenced[row]; });
  }

 private:
  struct Rows {
    std::vector<Day> days;
    std::vector<std::uint8_t> currencies;
  };

  void currencies_of_wins() {
    std::map<const FileTable*, RowCurrency> by_table;
    for (const WonDeal& win : found_.wins) {
      const FileTable& t = *win.place.table;
      auto known = by_table.find(&t);
      if (known == by_table.end()) known = by_table.emplace(&t, row_currency(dataset_, numbers_, t, t.table.find("amount"))).first;
      win_currencies_.push_back(known->second.at(win.place.row));
    }
  }

  bool is_credited(const Journey& journey) const { return journey.conversions > 0 && journey.count > 0 && !std::isnan(amount(journey)); }

  /// Of the journey's deal; not a number where it has none, which is not an amount of 0.
  double amount(const Journey& journey) const {
    const TableRow& place = found_.wins[journey.conversion].place;
    const Column* column = place.table->table.find("amount");
    return column == nullptr || column->kind != ColumnKind::kNumber ? kNoNumber : column->numbers[place.row];
  }

  void credited_touches() {
    for (const Journey& journey : found_.built.journeys.list) {
      if (!is_credited(journey)) continue;
      for (const Touch& touch : found_.built.journeys.of(journey)) {
        const TableRow& place = found_.touches[touch.row];
        Rows& rows = by_table_[place.table];
        rows.days[place.row] = found_.wins[journey.conversion].day;
        std::uint8_t& currency = rows.currencies[place.row];
        const std::uint8_t of_win = win_currencies_[journey.conversion];
        currency = currency == kNoCurrency || currency == of_win ? of_win : kMixed;
      }
    }
  }

  std::vector<double> credits_by(const TouchModel& model, const FileTable& t) const {
    std::vector<double> credits(t.table.row_count, kNoNumber), weights;
    const Journeys& journeys = found_.built.journeys;
    for (const Journey& journey : journeys.list) {
      if (!is_credited(journey)) continue;
      weigh_touches(model, journeys, journey, weights);
      for (std::size_t i = 0; i < weights.size(); ++i) {
        const TableRow& place = found_.touches[journeys.of(journey)[i].row];
        if (place.table != &t || weights[i] == 0) continue;
        double& credit = credits[place.row];
        credit = (std::isnan(credit) ? 0 : credit) + journey.value * weights[i];
      }
    }
    return credits;
  }

  const Dataset& dataset_;
  TouchJourneys found_;
  CurrencyNumbers numbers_;
  std::vector<std::uint8_t> win_currencies_;
  std::map<const FileTable*, Rows> by_table_;
};

}  // namespace

void derive_touch_credits(const Dataset& dataset, const std::vector<FileTable*>& touchpoints, const std::vector<FileTable*>& deals) {
  const bool has_dates = std::any_of(touchpoints.begin(), touchpoints.end(), [](const FileTable* t) { return t->date("touched_at") != nullptr; });
  if (!has_dates || deals.empty()) return;
  const Credits credits(dataset, touchpoints);
  for (FileTable* t : touchpoints) credits.derive(*t);
  for (FileTable* t : deals) credits.mark_influenced(*t);
}

}  // namespace kpi
